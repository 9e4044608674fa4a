import type { TestDatabase } from './test-database';

/** Every row of a database as text, sorted, by table. */
export type Dump = Record<string, string[]>;

const tablesSql = `
  SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname`;

/** All that a database holds, so that two moments of it can be compared. */
export async function dump(database: Pick<TestDatabase, 'query'>): Promise<Dump> {
  const tables = await database.query<{ name: string }>(tablesSql);
  const rowsSql = tables
    .map(({ name }) => `SELECT '${name}' AS name, to_jsonb(x)::text AS row FROM ${name} x`)
    .join(' UNION ALL ');
  const rows = await database.query<{ name: string; row: string }>(`${rowsSql} ORDER BY 1, 2`);
  const found: Dump = Object.fromEntries(tables.map(({ name }) => [name, []]));
  for (const { name, row } of rows) found[name]?.push(row);
  return found;
}
