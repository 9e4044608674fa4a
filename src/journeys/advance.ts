import type { AttentionBandName, DormancyStateName } from '../attention';
import type { Band } from '../segments';
import { end, type Condition, type Definition, type ExitName, type Step } from './definition';

/** Where a customer is on a journey. */
export interface Place {
  /** The step that comes next, counted from 0. */
  next: number;
  dueAt: Date;
  enteredAt: Date;
  /** How silent they were when they came in; null where nobody knew. */
  dormancy: DormancyStateName | null;
}

/** What is known of a customer now. */
export interface Standing {
  dormancy: DormancyStateName | null;
  band: AttentionBandName | null;
  streak: number;
  /** UUIDs of those saved segments asked for that they are in. */
  segments: readonly string[];
  /** The band each model has put them into. */
  bands: Readonly<Record<string, Band>>;
  attendedAt: Date | null;
  clickedAt: Date | null;
  /** When they came back by a verified event that no advertisement was paid for. */
  reactivatedAt: Date | null;
  orderedAt: Date | null;
  /** Why they may not go on: they want none of it, or are not there any more. */
  cancelledBy: CancelName | null;
}

export type CancelName = 'OPTED_OUT' | 'CONSENT_WITHDRAWN' | 'GONE' | 'STOPPED';
export type RunStateName = 'ACTIVE' | 'COMPLETED' | 'EXITED' | 'CANCELLED';

/** A step that was done. */
export interface Done {
  key: string;
  kind: 'WAIT' | 'REWARD' | 'BRANCH';
  /** `WAITING`, `ANNOUNCED`, or where a branch led. */
  outcome: string;
  messageId: string | null;
}

/** What became of a run. */
export interface Advance {
  state: RunStateName;
  endedBy: ExitName | CancelName | null;
  next: number;
  dueAt: Date;
  done: Done[];
}

const hour = 3_600_000;

/**
 * Leads a customer on as far as they can go now: ended by what forbids it or by an exit before any step,
 * then step after step until one waits. Pure, so that what happens is decided by what it is handed.
 */
export function advance(
  { exits, steps }: Definition,
  place: Place,
  standing: Standing,
  now: Date,
): Advance {
  const done: Done[] = [];
  let { next, dueAt } = place;
  const as = (state: RunStateName, endedBy: Advance['endedBy'] = null): Advance => ({
    state,
    endedBy,
    next,
    dueAt,
    done,
  });
  if (standing.cancelledBy !== null) return as('CANCELLED', standing.cancelledBy);
  const exit = exits.find((one) => hasLeft[one](place, standing));
  if (exit !== undefined) return as('EXITED', exit);
  while (dueAt <= now) {
    const step = steps[next];
    if (step === undefined) return as('COMPLETED');
    done.push(doneBy(step, standing));
    next = afterStep(steps, next, step, standing);
    if (step.waitHours != null) dueAt = new Date(now.getTime() + step.waitHours * hour);
  }
  return as('ACTIVE');
}

/** What each exit asks: something since they came in. */
const hasLeft: Record<ExitName, (place: Place, standing: Standing) => boolean> = {
  ATTENDED: ({ enteredAt }, { attendedAt }) => since(attendedAt, enteredAt),
  CLICKED: ({ enteredAt }, { clickedAt }) => since(clickedAt, enteredAt),
  ORDERED: ({ enteredAt }, { orderedAt }) => since(orderedAt, enteredAt),
  REACTIVATED: ({ enteredAt, dormancy }, { reactivatedAt }) =>
    (dormancy === 'DORMANT' || dormancy === 'LOST') && since(reactivatedAt, enteredAt),
};

function since(moment: Date | null, start: Date): boolean {
  return moment !== null && moment >= start;
}

function doneBy({ key, messageId, branch }: Step, standing: Standing): Done {
  if (messageId != null) return { key, kind: 'REWARD', outcome: 'ANNOUNCED', messageId };
  if (branch == null) return { key, kind: 'WAIT', outcome: 'WAITING', messageId: null };
  const outcome = holds(branch.when, standing) ? branch.then : branch.otherwise;
  return { key, kind: 'BRANCH', outcome, messageId: null };
}

function afterStep(
  steps: readonly Step[],
  at: number,
  { branch }: Step,
  standing: Standing,
): number {
  if (branch == null) return at + 1;
  const target = holds(branch.when, standing) ? branch.then : branch.otherwise;
  return target === end ? steps.length : steps.findIndex(({ key }) => key === target);
}

/** Whether all that is asked holds; what is not known does not. */
export function holds(
  { dormancy, attentionBand, streakAtLeast, segment, band }: Condition,
  standing: Standing,
): boolean {
  if (segment != null && !standing.segments.includes(segment)) return false;
  if (band != null) {
    const own = standing.bands[band.model];
    if (own === undefined || !band.in.includes(own)) return false;
  }
  if (dormancy != null && (standing.dormancy === null || !dormancy.includes(standing.dormancy))) {
    return false;
  }
  if (attentionBand != null && (standing.band === null || !attentionBand.includes(standing.band))) {
    return false;
  }
  return streakAtLeast == null || standing.streak >= streakAtLeast;
}
