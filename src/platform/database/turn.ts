import type { Clock } from '../clock';
import type { CommandTransaction } from './command';
import type { Database } from './database';

// The lock ends with the transaction, also when its process dies.
const turnSql = `SELECT pg_try_advisory_xact_lock($1) AS mine`;

/**
 * Runs a job's work in one transaction, in one process at a time; `lock` is the job's own number. Answers
 * how much was done, 0 while another process has the turn.
 */
export function inTurn(
  { database, clock }: { database: Database; clock: Clock },
  lock: number,
  work: (tx: CommandTransaction) => Promise<number>,
): Promise<number> {
  return database.transact(clock, async (tx) => {
    const [turn] = await tx.query<{ mine: boolean }>(turnSql, [lock]);
    return turn?.mine === true ? work(tx) : 0;
  });
}
