import fc, { type IAsyncProperty, type RunDetails } from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { long } from './long';
import { seeded } from './seeded';

/** A failure that a run of a property once met: the test, and where fast-check finds it again. */
export interface KnownFailure {
  test: string;
  seed: number;
  path: string;
}

/** Failures of the past, which every run tries first. */
export const knownFailures = join(__dirname, '../promises/seeds.json');

export function readFailures(file = knownFailures): KnownFailure[] {
  return JSON.parse(readFileSync(file, 'utf8')) as KnownFailure[];
}

/**
 * Holds a property as `fc.assert` does, after what it failed at before. The long run takes another seed
 * each time, which it prints, and writes down where it failed, for every run after it.
 */
export async function hold<T>(
  property: IAsyncProperty<T>,
  numRuns: number,
  file = knownFailures,
): Promise<void> {
  const test = expect.getState().currentTestName ?? '';
  for (const { seed, path } of readFailures(file).filter((known) => known.test === test)) {
    await fc.assert(property, { ...seeded<T>(numRuns), seed, path, endOnFailure: true });
  }
  const parameters = seeded<T>(numRuns);
  if (long && process.env['FC_SEED'] === undefined) {
    parameters.seed = Math.floor(Math.random() * 2 ** 31);
    process.stderr.write(`FC_SEED=${parameters.seed} for "${test}"\n`);
  }
  const details = await fc.check(property, parameters);
  if (details.failed && long) remember(test, details, file);
  const message = await fc.asyncDefaultReportMessage(details);
  if (message !== undefined) throw new Error(message, { cause: details.errorInstance });
}

function remember<T>(
  test: string,
  { seed, counterexamplePath }: RunDetails<T>,
  file: string,
): void {
  const failure = { test, seed, path: counterexamplePath ?? '' };
  writeFileSync(file, `${JSON.stringify([...readFailures(file), failure], null, 2)}\n`);
}
