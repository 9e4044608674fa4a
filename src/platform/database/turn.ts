import type { Clock } from '../clock';
import type { CommandTransaction } from './command';
import type { Database } from './database';

/** What a job's turn needs of its context. */
interface Turns {
  database: Database;
  clock: Clock;
}

// The lock ends with the transaction, also when its process dies.
const turnSql = `SELECT pg_try_advisory_xact_lock($1) AS mine`;

/**
 * Runs a job's work in one transaction, in one process at a time; `lock` is the job's own number. Answers
 * how much was done, 0 while another process has the turn.
 */
export function inTurn(
  { database, clock }: Turns,
  lock: number,
  work: (tx: CommandTransaction) => Promise<number>,
): Promise<number> {
  return database.transact(clock, async (tx) => {
    const [turn] = await tx.query<{ mine: boolean }>(turnSql, [lock]);
    return turn?.mine === true ? work(tx) : 0;
  });
}

/** Lets the statements of a job that reads the whole base of a brand take their time; no request waits for them. */
export async function takeTime(tx: CommandTransaction): Promise<void> {
  await tx.query(`SET LOCAL statement_timeout = ${tx.limits.jobStatementMs}`);
}
