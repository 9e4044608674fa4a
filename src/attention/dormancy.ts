import { enumOf } from '../platform/graphql/described-enum';

/** Which definitions made a dormancy. */
export const dormancyModel = 'dormancy-1';

export const dormancyStates = {
  NEW: 'Nothing heard of them yet, and the first contact is recent.',
  NEVER: 'Never attended, although the first contact is long ago.',
  ACTIVE: 'Attended lately.',
  NOT_TESTED: 'Silent, but too few messages reached them since to tell.',
  DRIFTING: 'Silent for somewhat long.',
  INACTIVE: 'Silent for long.',
  DORMANT: 'Silent for very long.',
  LOST: 'Silent for so long that they are hardly coming back.',
} as const;

export type DormancyStateName = keyof typeof dormancyStates;

/** The states as a GraphQL enum; values equal names. */
export const DormancyState = enumOf(
  'DormancyState',
  'How long a customer has been silent to a brand, by the brand’s own days.',
  dormancyStates,
);

/** After how many whole days of silence each state ends, and how many messages make silence tell. */
export interface DormancyPolicy {
  activeDays: number;
  driftingDays: number;
  inactiveDays: number;
  dormantDays: number;
  minMessages: number;
}

export const defaultDormancyPolicy: DormancyPolicy = {
  activeDays: 30,
  driftingDays: 60,
  inactiveDays: 90,
  dormantDays: 365,
  minMessages: 3,
};

/** What a state is decided by. */
export interface Silence {
  firstContactAt: Date;
  /** The last event of at least confidence 0.5; null when there was none. */
  lastAttendedAt: Date | null;
  /** Messages that reached the customer since. */
  deliveredSince: number;
}

/** A state, the time it began as far as time decides it, and when time alone ends it. */
export interface Standing {
  state: DormancyStateName;
  from: Date;
  until: Date | null;
  /** What it becomes then. */
  next: DormancyStateName | null;
}

const dayMs = 86_400_000;

function after(start: Date, days: number): Date {
  return new Date(start.getTime() + (days + 1) * dayMs);
}

/** Where a customer stands at a moment. A state of so many days ends when the day after them is over. */
export function standingAt(silence: Silence, policy: DormancyPolicy, now: Date): Standing {
  const { firstContactAt, lastAttendedAt, deliveredSince } = silence;
  if (lastAttendedAt === null) {
    const until = after(firstContactAt, policy.activeDays);
    return now < until
      ? { state: 'NEW', from: firstContactAt, until, next: 'NEVER' }
      : { state: 'NEVER', from: until, until: null, next: null };
  }
  const tested = deliveredSince >= policy.minMessages;
  const untilActive = after(lastAttendedAt, policy.activeDays);
  if (now < untilActive) {
    const next = tested ? 'DRIFTING' : 'NOT_TESTED';
    return { state: 'ACTIVE', from: lastAttendedAt, until: untilActive, next };
  }
  if (!tested) return { state: 'NOT_TESTED', from: untilActive, until: null, next: null };
  const steps = [
    ['DRIFTING', policy.driftingDays, 'INACTIVE'],
    ['INACTIVE', policy.inactiveDays, 'DORMANT'],
    ['DORMANT', policy.dormantDays, 'LOST'],
  ] as const;
  let from = untilActive;
  for (const [state, days, next] of steps) {
    const until = after(lastAttendedAt, days);
    if (now < until) return { state, from, until, next };
    from = until;
  }
  return { state: 'LOST', from, until: null, next: null };
}

/** Whether a state is one that only a person's own doing ends. */
export function sleeps(state: DormancyStateName): state is 'DORMANT' | 'LOST' {
  return state === 'DORMANT' || state === 'LOST';
}
