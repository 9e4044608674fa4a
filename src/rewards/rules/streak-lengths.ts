import type { StreakPolicy } from './streak-policy';

/** A day or message that qualified, in the order of the streak. Instants in milliseconds. */
export interface QualifiedUnit {
  /** When the first event that qualifies it happened. */
  at: number;
  /** The units between the one before and this that did not qualify: when each could no longer. */
  missed: readonly number[];
}

type Counting = Pick<StreakPolicy, 'startAt' | 'resetTo' | 'graceUnits'>;

/** A length, and whether a break lies between the first unit and the one it is the length of. */
interface Run {
  length: number;
  broken: boolean;
}

/** Whether units missed for good by that moment break a streak. */
function breaks(policy: Counting, missed: readonly number[], asOf: number): boolean {
  return missed.filter((over) => over < asOf).length > policy.graceUnits;
}

/**
 * The length at a unit as it was to be told at a moment: units that could still qualify then are
 * neither counted nor held against the customer. `first` is the length of the first unit of the list.
 */
function runUpTo(
  policy: Counting,
  units: readonly QualifiedUnit[],
  last: number,
  asOf: number,
  first: number,
): Run {
  const run: Run = { length: first, broken: false };
  for (const unit of units.slice(1, last + 1)) {
    const broken = breaks(policy, unit.missed, asOf);
    run.length = broken ? policy.resetTo : run.length + 1;
    run.broken ||= broken;
  }
  return run;
}

/**
 * The length of the first unit of a list that begins in the middle of a streak, told from the length
 * one of its later units is known to have; where a break lies between them, from its own.
 */
export function firstLength(
  policy: Counting,
  units: readonly QualifiedUnit[],
  known: { index: number; length: number; firstLength: number },
): number {
  const unit = units[known.index];
  if (unit === undefined) return policy.startAt;
  const { length, broken } = runUpTo(policy, units, known.index, unit.at, 0);
  return broken ? known.firstLength : known.length - length;
}

/**
 * The length of every unit at the moment its own event happened. It depends on what happened and when,
 * and not on when it was told.
 */
export function lengthsOf(
  policy: Counting,
  units: readonly QualifiedUnit[],
  first: number = policy.startAt,
): number[] {
  return units.map((unit, index) => runUpTo(policy, units, index, unit.at, first).length);
}

/** Where a streak stands at a moment; `missed` are the unqualified units after the last qualified. */
export function standing(
  policy: Counting,
  units: readonly QualifiedUnit[],
  missed: readonly number[],
  asOf: number,
  first: number = policy.startAt,
): { current: number; broken: boolean } {
  if (units.length === 0 || breaks(policy, missed, asOf)) return { current: 0, broken: true };
  const { length } = runUpTo(policy, units, units.length - 1, asOf, first);
  return { current: length, broken: false };
}

/** Whether the unit goes on with the streak of the one before, as it was to be told when it qualified. */
export function continues(policy: Counting, unit: QualifiedUnit): boolean {
  return !breaks(policy, unit.missed, unit.at);
}
