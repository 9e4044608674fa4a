import type { TestDatabase } from './test-database';

/** How many rows each table has, and a digest of them all. */
export type Dump = Record<string, { rows: number; digest: string }>;

const tablesSql = `
  SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname`;

/** What a database holds, told so that two moments of it can be compared. */
export async function dump(database: Pick<TestDatabase, 'query'>): Promise<Dump> {
  const tables = await database.query<{ name: string }>(tablesSql);
  const digests = tables.map(
    ({ name }) => `SELECT '${name}' AS name, count(*)::integer AS rows,
      coalesce(md5(string_agg(x::text, '\n' ORDER BY x::text)), '') AS digest FROM ${name} x`,
  );
  const found = await database.query<{ name: string; rows: number; digest: string }>(
    digests.join(' UNION ALL '),
  );
  return Object.fromEntries(found.map(({ name, rows, digest }) => [name, { rows, digest }]));
}
