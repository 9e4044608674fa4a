import type { TestDatabase } from '../support/test-database';

/**
 * History of merges, and what is of the moment it was worked out: both tell of a merge that was undone,
 * as they should.
 */
const untold = ['identity_history', 'segment_members', 'customer_worth', 'decay_notices'];
const ofTheMoment = ['dormancy_since', 'dormancy_due_at', 'band_since', 'check_at', 'woken_from'];

/** Every row of every table that names a customer, and what each wallet and share holds. */
export async function customersAsTold(
  database: Pick<TestDatabase, 'query'>,
): Promise<Record<string, string[]>> {
  const tables = await database.query<{ name: string }>(
    'SELECT DISTINCT tab::text AS name FROM merge_places() ORDER BY 1',
  );
  const told: Record<string, string[]> = {};
  const read = async (name: string, sql: string, values: unknown[] = []) => {
    const rows = await database.query<{ row: object }>(sql, values);
    told[name] = rows.map(({ row }) => JSON.stringify(row)).sort();
  };
  for (const { name } of tables.filter((table) => !untold.includes(table.name))) {
    await read(name, `SELECT to_jsonb(x) - $1::text[] AS row FROM ${name} x`, [ofTheMoment]);
  }
  await read('customers', 'SELECT to_jsonb(c) AS row FROM customers c');
  await read(
    'wallets',
    `SELECT jsonb_build_array(kind, owner, balance, owed, held, earned, redeemed, grants) AS row
     FROM accounts WHERE customer_id IS NOT NULL AND (balance, owed, held, earned) <> (0, 0, 0, 0)`,
  );
  await read(
    'shares',
    `SELECT to_jsonb(s) - 'entries' AS row FROM wallet_shares s
     WHERE (balance, held, earned, redeemed) <> (0, 0, 0, 0)`,
  );
  return told;
}
