import { figureOf, type FigureKey } from './figures';
import type { Machine } from './machine';
import type { Measured } from './part';
import { spreadOf } from './rounds';

/** What `--json` prints. */
export interface Report {
  /** The median of each figure; times are in milliseconds. */
  ratios: Partial<Record<FigureKey, number>>;
  /** The least and the most of its rounds. */
  spread: Partial<Record<FigureKey, [number, number]>>;
  machine: Machine;
}

/** Three digits are more than such a figure can hold. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** The medians of what was measured. */
export function reportOf(measured: readonly Measured[], machine: Machine): Report {
  const report: Report = { ratios: {}, spread: {}, machine };
  for (const { key, rounds } of measured) {
    const { least, middle, most } = spreadOf(rounds);
    report.ratios[key] = rounded(middle);
    report.spread[key] = [rounded(least), rounded(most)];
  }
  return report;
}

/** Whether a figure is what was asked, or better: what was hoped for. */
export function verdictOn(key: FigureKey, value: number): string {
  const { ask, stretch, falling } = figureOf(key);
  if (ask === null || stretch === null) return 'told';
  const reaches = (goal: number): boolean => (falling === true ? value <= goal : value >= goal);
  if (reaches(stretch)) return 'better than asked';
  return reaches(ask) ? 'as asked' : 'less than asked';
}

/** One line a figure. */
export function reportText({ ratios, spread }: Report): string {
  const lines = Object.entries(ratios).map(([name, value]) => {
    const key = name as FigureKey;
    const { ask, stretch } = figureOf(key);
    const [least, most] = spread[key] as [number, number];
    const goals = ask === null ? '' : `, asked ${ask}, hoped for ${stretch}`;
    return (
      `${name.padEnd(28)}${String(value).padStart(8)}  (${least} to ${most})` +
      `${goals}: ${verdictOn(key, value)}\n`
    );
  });
  return lines.join('');
}
