import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Job, JobContext } from '../../src/platform/feature';
import { newKey, type Data, type TestService } from '../support/test-service';

const operation = (name: string): string =>
  readFileSync(join(__dirname, `../../schema/operations/${name}.graphql`), 'utf8');
const asking = operation('export-brand-data');
const looking = operation('export-job');

/** A row of a file. */
export type Line = Record<string, unknown>;

/** Asks for an export; answers the payload. */
export async function askExport(
  t: TestService,
  apiKey: string,
  input: Record<string, unknown> = {},
): Promise<Data> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(asking, variables, apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['exportBrandData'] as Data;
}

/** The export as its brand sees it; null when it does not. */
export async function lookAt(t: TestService, apiKey: string, id: string): Promise<Data | null> {
  const { data, errors } = await t.run(looking, { id }, apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['exportJob'] as Data | null;
}

/** A job of this feature, and what it needs to run in a service. */
export function jobOf(t: TestService, name: string): { job: Job; context: JobContext } {
  const { database, clock, log, config, features } = t.service;
  const job = features.flatMap((feature) => feature.jobs).find((one) => one.name === name);
  if (job === undefined) throw new Error(`no job ${name}`);
  return { job, context: { database, clock, log, config, limits: config.limits } };
}

/** Runs a job until it has nothing to do; answers how many turns it took. */
export async function runOut(t: TestService, name: string): Promise<number> {
  const { job, context } = jobOf(t, name);
  let turns = 0;
  while ((await job.run(context)) > 0) turns += 1;
  return turns;
}

/** Asks for an export, has it written and answers it as its brand sees it. */
export async function exported(
  t: TestService,
  apiKey: string,
  input: Record<string, unknown> = {},
): Promise<Data> {
  const { exportJob, userErrors } = await askExport(t, apiKey, input);
  if (exportJob === null) throw new Error(JSON.stringify(userErrors));
  await runOut(t, 'write-exports');
  return (await lookAt(t, apiKey, exportJob.id)) as Data;
}

/** The bytes that are kept of an export, by file. */
export async function keptBytes(t: TestService): Promise<Map<string, Buffer>> {
  const chunks = await t.database.query<{ name: string; bytes: Buffer }>(
    'SELECT name, bytes FROM export_chunks ORDER BY export_id, name, position',
  );
  const files = new Map<string, Buffer>();
  for (const { name, bytes } of chunks) {
    files.set(name, Buffer.concat([files.get(name) ?? Buffer.alloc(0), bytes]));
  }
  return files;
}

/** The lines of a file as it is fetched. */
export function linesOf(bytes: Buffer): Line[] {
  const text = gunzipSync(bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** All lines that are kept, by file. */
export async function keptLines(t: TestService): Promise<Record<string, Line[]>> {
  const files = await keptBytes(t);
  return Object.fromEntries([...files].map(([name, bytes]) => [name, linesOf(bytes)]));
}
