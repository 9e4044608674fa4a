import { enumOf } from '../platform/graphql/described-enum';

/** Which definitions made a figure of attention. */
export const attentionModel = 'attention-1';

/** An old point is worth half after so many days. */
const halfLifeDays = 14;
const mostPointsADay = 10;
const mostOfAverage = 90;
const mostOfStreak = 10;
const mostIndex = 100;

/** What one day's points move the average by. */
export const dailyShare = 1 - 2 ** (-1 / halfLifeDays);

/** Points of a day as they count, from twice the points: ten at most. */
export function countedPoints(pointsX2: number): number {
  return Math.min(mostPointsADay, pointsX2 / 2);
}

/** How much of the average is left after so many days without a point. */
export function fadeOver(days: number): number {
  return 2 ** (-days / halfLifeDays);
}

/** Whole days from one local day to another, as `2026-11-21`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The day so many days after another, as `2026-11-21`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The average of daily points, and the latest day that moved it. */
export interface Average {
  ema: number;
  day: string | null;
}

/**
 * Moves an average by what a day's counted points grew. The average is a sum of days, each fading on its
 * own, so a day in the past moves it by what would be left of it now: the order of days does not matter.
 */
export function moveAverage({ ema, day }: Average, ofDay: string, grown: number): Average {
  if (day === null || ofDay >= day) {
    const faded = day === null ? 0 : ema * fadeOver(daysBetween(day, ofDay));
    return { ema: faded + dailyShare * grown, day: ofDay };
  }
  return { ema: ema + dailyShare * grown * fadeOver(daysBetween(ofDay, day)), day };
}

/** The average on a day, which is never before the last that moved it. */
export function averageOn({ ema, day }: Average, today: string): number {
  return day === null ? 0 : ema * fadeOver(Math.max(0, daysBetween(day, today)));
}

function exactIndex(ema: number, streak: number): number {
  return Math.min(
    mostIndex,
    mostOfAverage * (1 - 2 ** -ema) + Math.min(mostOfStreak, Math.max(0, streak)),
  );
}

/** 0 to 100: up to 90 for the average of daily points, up to 10 for the streak of days; halves up. */
export function indexOf(ema: number, streak: number): number {
  return Math.floor(exactIndex(ema, streak) + 0.5);
}

export const attentionBands = {
  HOOKED: 'An index of 60 or more.',
  ENGAGED: 'An index from 35 to 59.',
  DRIFTING: 'An index from 10 to 34.',
  FADING: 'An index from 1 to 9.',
  SILENT: 'An index of 0.',
} as const;

export type AttentionBandName = keyof typeof attentionBands;

/** The bands as a GraphQL enum; values equal names. */
export const AttentionBand = enumOf(
  'AttentionBand',
  'How attentive a customer is, in five steps.',
  attentionBands,
);

const floors: readonly (readonly [AttentionBandName, number])[] = [
  ['HOOKED', 60],
  ['ENGAGED', 35],
  ['DRIFTING', 10],
  ['FADING', 1],
  ['SILENT', 0],
];

/** The band of an index. */
export function bandOf(index: number): AttentionBandName {
  return (floors.find(([, floor]) => index >= floor) as (typeof floors)[number])[0];
}

/**
 * After how many whole days of silence the index falls out of its band, with the streak as it is; null
 * when it never does.
 */
export function daysInBand(ema: number, streak: number): number | null {
  const floor = (
    floors.find(([, least]) => indexOf(ema, streak) >= least) as (typeof floors)[number]
  )[1];
  const needed = floor - 0.5 - Math.min(mostOfStreak, Math.max(0, streak));
  if (floor === 0 || needed <= 0) return null;
  const leastEma = -Math.log2(1 - needed / mostOfAverage);
  let days = Math.max(1, Math.floor(halfLifeDays * Math.log2(ema / leastEma)));
  while (indexOf(ema * fadeOver(days), streak) >= floor) days += 1;
  return days;
}
