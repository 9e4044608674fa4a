import type { CommandTransaction } from '../platform/database/command';
import { takeTime } from '../platform/database/turn';
import type { Job, JobContext } from '../platform/feature';

const dayMs = 86_400_000;

const dueSql = `
  SELECT pg_try_advisory_xact_lock(hashtext('prove-ledger')) AND NOT EXISTS (
    SELECT FROM ledger_proofs p WHERE p.checked_at > $1) AS due`;

const proveSql = `
  INSERT INTO ledger_proofs AS p (only_row, checked_at, accounts, balance_sum)
  SELECT true, $1, count(*), coalesce(sum(a.balance), 0)::bigint FROM accounts a
  ON CONFLICT (only_row) DO UPDATE SET checked_at = excluded.checked_at,
    accounts = excluded.accounts, balance_sum = excluded.balance_sum
  RETURNING p.balance_sum AS sum, p.accounts`;

/** Proves once a day that all accounts together hold nothing: what people have is what the mint lacks. */
export const proveLedger: Job = {
  name: 'prove-ledger',
  leisurely: true,
  run: (context) => context.database.transact(context.clock, (tx) => prove(tx, context)),
};

async function prove(tx: CommandTransaction, { log, report }: JobContext): Promise<number> {
  const [due] = await tx.query<{ due: boolean }>(dueSql, [new Date(tx.now.getTime() - dayMs)]);
  if (due?.due !== true) return 0;
  await takeTime(tx);
  const [proof] = await tx.query<{ sum: number; accounts: number }>(proveSql, [tx.now]);
  const balanced = proof?.sum === 0;
  if (!balanced) log.error({ ...proof }, 'the accounts of the ledger do not sum to zero');
  report?.({ job: 'prove-ledger', outcomes: { [balanced ? 'balanced' : 'unbalanced']: 1 } });
  // Nothing was done that asks for another turn.
  return 0;
}
