import type { CommandTransaction } from '../platform/database/command';

const reachSql = `SELECT coalesce(current_setting('app.reach', true), '') AS reach`;
const setSql = `SELECT set_config('app.reach', $1, true)`;

/**
 * Does something with the rows of every brand in sight, as erasing a person everywhere needs it. A fault
 * ends the transaction, and the wider sight with it.
 */
export async function beEverywhere<T>(
  tx: Pick<CommandTransaction, 'query'>,
  work: () => Promise<T>,
): Promise<T> {
  const [before] = await tx.query<{ reach: string }>(reachSql);
  await tx.query(setSql, ['everything']);
  const result = await work();
  await tx.query(setSql, [before?.reach ?? '']);
  return result;
}
