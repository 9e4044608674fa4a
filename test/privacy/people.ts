import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, type Data, type TestService } from '../support/test-service';

const operation = (name: string): string =>
  readFileSync(join(__dirname, `../../schema/operations/${name}.graphql`), 'utf8');
const erasing = operation('erase-customer');
const exporting = operation('export-customer');

/** Erases a customer as the bearer of a key or token. */
export async function eraseAs(
  t: TestService,
  bearer: string,
  customer: object | null,
  idempotencyKey = newKey(),
): Promise<Data> {
  const { data, errors } = await t.run(erasing, { input: { customer, idempotencyKey } }, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['eraseCustomer'] as Data;
}

/** A row of an export. */
export interface Exported {
  table: string;
  row: Record<string, unknown>;
}

/** Everything kept about a customer, page by page; null when the bearer does not know them. */
export async function exportAs(
  t: TestService,
  bearer: string,
  customer: object | null,
  first = 3,
): Promise<Exported[] | null> {
  const rows: Exported[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await t.run(exporting, { customer, first, after }, bearer);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const page = data['exportCustomer'] as Data | null;
    if (page === null) return null;
    rows.push(...(page['nodes'] as Exported[]));
    if (page['pageInfo'].hasNextPage !== true) return rows;
    after = page['pageInfo'].endCursor as string;
  }
}

/** Tables of which some row, read as text, holds one of the words, with the row. */
export async function tablesWith(
  t: TestService,
  words: readonly string[],
): Promise<Record<string, string>> {
  const tables = await t.database.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname`);
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await t.database.query<{ text: string }>(
      `SELECT x::text AS text FROM ${name} x
       WHERE EXISTS (SELECT FROM unnest($1::text[]) w WHERE strpos(lower(x::text), lower(w)) > 0) LIMIT 1`,
      [words],
    );
    if (rows[0] !== undefined) found[name] = rows[0].text;
  }
  return found;
}

/** Runs the job that erases what was on its way. */
export async function followUp(t: TestService): Promise<void> {
  const { database, clock, log, config, features } = t.service;
  for (const job of features.flatMap((feature) => feature.jobs)) {
    if (job.name !== 'follow-erasures') continue;
    while ((await job.run({ database, clock, log, config, limits: config.limits })) > 0);
  }
}
