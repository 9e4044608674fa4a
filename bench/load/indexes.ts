import type { Client } from 'pg';
import type { Steps } from './steps';
import { tableNames } from './tables';

interface Index {
  name: string;
  definition: string;
}

// Those behind keys stay: what refers to them would have to go, too.
const indexesSql = `
  SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = ANY ($1::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)`;

/** Takes the indexes away while rows are copied; answers what brings them back. */
export async function dropIndexes(client: Client): Promise<Index[]> {
  const { rows } = await client.query<Index>(indexesSql, [tableNames]);
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows;
}

export async function restoreIndexes(
  client: Client,
  indexes: readonly Index[],
  steps: Steps,
): Promise<void> {
  for (const { name, definition } of indexes) {
    await steps.run(`index ${name}`, () => client.query(definition));
  }
}
