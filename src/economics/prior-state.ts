import { enumOf } from '../platform/graphql/described-enum';

const dayMs = 86_400_000;
/** What happened within a visit before somebody came belongs to their coming; half an hour. */
export const visitMs = 30 * 60_000;

export const priorStates = {
  ACTIVE: 'Heard of lately: in the 30 days before, unless the brand has set other days.',
  DRIFTING: 'Somewhat silent: last heard of 31 to 60 days before.',
  INACTIVE: 'Silent: last heard of 61 to 90 days before.',
  DORMANT: 'Long silent: last heard of 91 to 365 days before.',
  LOST: 'Last heard of longer ago than that.',
  NEVER: 'Known for more than those 30 days and never heard of.',
} as const;

export type PriorStateName = keyof typeof priorStates;

export const PriorState = enumOf(
  'PriorState',
  'How long a customer had been silent before they were paid for: without attention that counts, and without an order.',
  priorStates,
);

/** After how many days of silence each state ends; the last one never does. */
export interface Silences {
  active: number;
  drifting: number;
  inactive: number;
  dormant: number;
}

/** What a brand had with a customer before the visit in which they came. */
export interface History {
  knownSince: Date;
  consented: boolean;
  lastOrder: Date | null;
  lastAttended: Date | null;
}

/** Where a customer stood before they came; null when the brand had nothing with them before. */
export function priorState(history: History, at: Date, silences: Silences): PriorStateName | null {
  const signs = [history.lastOrder, history.lastAttended]
    .filter((sign) => sign !== null)
    .map((sign) => sign.getTime());
  if (signs.length === 0) {
    const known = (at.getTime() - history.knownSince.getTime()) / dayMs;
    return known > silences.active ? 'NEVER' : null;
  }
  const days = Math.floor((at.getTime() - Math.max(...signs)) / dayMs);
  if (days <= silences.active) return 'ACTIVE';
  if (days <= silences.drifting) return 'DRIFTING';
  if (days <= silences.inactive) return 'INACTIVE';
  return days <= silences.dormant ? 'DORMANT' : 'LOST';
}

/** Who was a customer, by an order or their consent, and had gone silent, is bought back. */
export function isBoughtBack(history: History, prior: PriorStateName | null): boolean {
  const wasCustomer = history.lastOrder !== null || history.consented;
  return wasCustomer && (prior === 'INACTIVE' || prior === 'DORMANT' || prior === 'LOST');
}

/** Whether somebody was there already and awake, so that paying for them brought nobody. */
export function wasAwake(prior: PriorStateName | null): boolean {
  return prior === 'ACTIVE' || prior === 'DRIFTING';
}
