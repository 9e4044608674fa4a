import { accounts, Posting } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { experimentId } from '../holdouts';
import type { ExperimentRow } from './experiment.entity';

const endSql = `
  UPDATE experiments e SET ended_at = $3, ends_at = CASE WHEN e.starts_at < $3 THEN least(e.ends_at, $3) ELSE e.ends_at END, released_mu = t.released
  FROM unnest($1::uuid[], $2::bigint[]) AS t(id, released)
  WHERE e.id = t.id AND e.ended_at IS NULL`;

/**
 * Ends experiments whose rows are locked: the exact rest of each reserve goes back to its budget and the
 * reserve is closed. Answers them as they are then.
 */
export async function endExperiments(
  tx: CommandTransaction,
  rows: readonly ExperimentRow[],
): Promise<ExperimentRow[]> {
  if (rows.length === 0) return [];
  const funded = rows.filter((row) => row.reserve_mu > 0);
  const refs = funded.flatMap(({ id, brand_id: brand }) => [
    accounts.reserve(brand, id),
    accounts.budget(brand),
  ]);
  const posting = await Posting.open(tx, refs, []);
  const ended = rows.map((row): ExperimentRow => {
    const released = row.reserve_mu > 0 ? release(posting, row) : 0;
    const early = row.starts_at < tx.now && tx.now < row.ends_at;
    return {
      ...row,
      ended_at: tx.now,
      ends_at: early ? tx.now : row.ends_at,
      released_mu: released,
    };
  });
  await posting.flush();
  await tx.query(endSql, [
    ended.map(({ id }) => id),
    ended.map(({ released_mu: released }) => released),
    tx.now,
  ]);
  for (const row of ended) {
    tx.announce({
      topic: 'experiment.ended',
      brandId: row.brand_id,
      customerId: null,
      payload: { experimentId: experimentId.encode(row.id), released: row.released_mu },
    });
  }
  return ended;
}

function release(posting: Posting, { id, brand_id: brand, external_id }: ExperimentRow): number {
  const reserve = accounts.reserve(brand, id);
  const amount = posting.balanceOf(reserve);
  if (amount > 0) {
    const posted = posting.transfer({
      kind: 'RESERVE_RELEASE',
      debit: reserve,
      credit: accounts.budget(brand),
      amount,
      reason: `Unused rest of experiment ${external_id}`,
      brandId: brand,
    });
    if (typeof posted === 'string') throw new Error('a reserve could not be released');
  }
  posting.close(reserve);
  return amount;
}
