import { spreadOf } from './rounds';
import type { Work, WorkMeter } from './work';

/** What a subject did in its turn. */
export interface Turn {
  /** Of what is counted: events, transactions, views. */
  perSecond: number;
  /** Milliseconds; null where nobody waits for an answer over HTTP. */
  p99: number | null;
  /** Microseconds of CPU for one of what is counted; null where it cannot be seen. */
  work: Work | null;
}

/** Takes a turn, and with it what the processes and PostgreSQL worked for each that was done. */
export async function measuredTurn(
  meter: WorkMeter | null,
  pids: readonly number[],
  take: () => Promise<{ perSecond: number; done: number; p99: number | null }>,
): Promise<Turn> {
  const before = meter?.(pids);
  const { perSecond, done, p99 } = await take();
  const after = meter?.(pids);
  if (before === undefined || after === undefined) return { perSecond, p99, work: null };
  const each = (figure: keyof Work): number => (after[figure] - before[figure]) / done;
  return { perSecond, p99, work: { server: each('server'), database: each('database') } };
}

/** A subject's turns in a line. */
export function turnsText(title: string, turns: readonly Turn[]): string {
  const { least, middle, most } = spreadOf(turns.map(({ perSecond }) => perSecond));
  const times = turns.flatMap(({ p99 }) => (p99 === null ? [] : [p99]));
  const work = turns.flatMap((turn) => (turn.work === null ? [] : [turn.work]));
  const cpu = (figure: keyof Work): string =>
    spreadOf(work.map((each) => each[figure]))
      .middle.toFixed(0)
      .padStart(5);
  return (
    `${title.padEnd(64)}${middle.toFixed(0).padStart(7)}/s (${least.toFixed(0)} to ${most.toFixed(0)})` +
    (work.length === 0 ? '' : `  CPU ${cpu('server')} µs server,${cpu('database')} µs PostgreSQL`) +
    (times.length === 0 ? '' : `  p99 ${spreadOf(times).middle} ms`)
  );
}
