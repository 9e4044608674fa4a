import type { AttentionAction, AttentionBandName, DormancyStateName } from '../attention';
import type { Band, SegmentationModel } from '../segments';

/** What lets a customer in; exactly one is set. */
export interface Trigger {
  dormancy?: readonly DormancyStateName[] | null;
  event?: AttentionAction | null;
  /** UUID of a saved segment. */
  segment?: string | null;
  band?: BandOfModel | null;
  byHand?: boolean | null;
}

/** What a branch asks of a customer; all that is set must hold. */
export interface Condition {
  dormancy?: readonly DormancyStateName[] | null;
  attentionBand?: readonly AttentionBandName[] | null;
  streakAtLeast?: number | null;
  /** UUID of a saved segment. */
  segment?: string | null;
  band?: BandOfModel | null;
}

/** Bands of a model, of which a customer is in one. */
export interface BandOfModel {
  model: SegmentationModel;
  in: readonly Band[];
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
export function triggerColumns(trigger: Trigger): [kind: string, values: string[]] {
  const { dormancy, event, segment, band } = trigger;
  if (dormancy != null) return ['DORMANCY', [...dormancy]];
  if (event != null) return ['EVENT', [event]];
  if (segment != null) return ['SEGMENT', [segment]];
  return band == null ? ['HAND', []] : ['BAND', band.in.map((one) => `${band.model} ${one}`)];
}

/** UUIDs of the saved segments that a definition asks for. */
export function segmentsAsked({ steps }: Pick<Definition, 'steps'>): string[] {
  return steps.flatMap(({ branch }) => branch?.when.segment ?? []);
}

/** The models whose bands a definition asks for. */
export function modelsAsked({ steps }: Pick<Definition, 'steps'>): SegmentationModel[] {
  return steps.flatMap(({ branch }) => branch?.when.band?.model ?? []);
}
