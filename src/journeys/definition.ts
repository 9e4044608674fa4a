import type { AttentionAction, AttentionBandName, DormancyStateName } from '../attention';

/** What lets a customer in; exactly one is set. */
export interface Trigger {
  dormancy?: readonly DormancyStateName[] | null;
  event?: AttentionAction | null;
  byHand?: boolean | null;
}

/** What a branch asks of a customer; all that is set must hold. */
export interface Condition {
  dormancy?: readonly DormancyStateName[] | null;
  attentionBand?: readonly AttentionBandName[] | null;
  streakAtLeast?: number | null;
}

/** What ends a journey before its last step. */
export type ExitName = 'ATTENDED' | 'CLICKED' | 'ORDERED' | 'REACTIVATED';

/** One step; besides its key, exactly one is set. Ids are UUIDs, times in hours. */
export interface Step {
  key: string;
  waitHours?: number | null;
  /** The message that the stack is asked to send. */
  messageId?: string | null;
  branch?: { when: Condition; then: string; otherwise: string } | null;
}

/** What a version of a journey does; it never changes. */
export interface Definition {
  trigger: Trigger;
  exits: readonly ExitName[];
  steps: readonly Step[];
}

/** Where a branch leads that ends the journey. */
export const end = 'END';

/** The kind and the values of a trigger as the table of journeys has them. */
export function triggerColumns({ dormancy, event }: Trigger): [kind: string, values: string[]] {
  if (dormancy != null) return ['DORMANCY', [...dormancy]];
  return event != null ? ['EVENT', [event]] : ['HAND', []];
}
