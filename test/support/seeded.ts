import fc, { type Parameters } from 'fast-check';
import { long, runs } from './long';

const asked = process.env['FC_RUNS'];
const seed = process.env['FC_SEED'];
const atMostMs = Number(process.env['FC_MINUTES'] ?? (long ? 2 : 1)) * 60_000;

/** How long jest is to wait for a property: somewhat longer than fast-check goes on trying. */
export const patienceMs = atMostMs + 20_000;

/**
 * How long a property is tried and from which seed: fifty times as often in the long run. The seed is fixed so that a run can be repeated;
 * FC_SEED takes another (`random` one of its own), FC_RUNS another number of runs, FC_MINUTES more time
 * for them. fast-check prints the seed of a failure, and looks for the shortest history that still
 * fails as long as there is time.
 */
export function seeded<T>(numRuns: number): Parameters<T> {
  return {
    numRuns: asked === undefined ? runs(numRuns) : Number(asked),
    ...(seed === 'random' ? {} : { seed: seed === undefined ? 20_261_121 : Number(seed) }),
    // Short histories are for shrinking; the first tries are as long as the last.
    plugins: [fc.interruptAfterTimeLimit(atMostMs) as never, fc.unbiased() as never],
    // Somebody who only wants to know whether it fails need not wait for the shortest history.
    endOnFailure: process.env['MUTANT'] !== undefined,
  };
}
