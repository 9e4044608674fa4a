import type { CommandTransaction } from '../platform/database/command';
import type { Gone } from './move-mu';

const noteSql = `
  INSERT INTO merge_transfers (merge_id, transfer_id)
  SELECT t.merge_id, t.transfer_id FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY
    AS t(merge_id, transfer_id, place) ORDER BY t.place`;

/** Notes which transfers a merge made, in their order, so that it can be undone exactly. */
export async function noteTransfers(
  tx: CommandTransaction,
  merges: readonly { id: string; transfers: readonly string[] }[],
): Promise<void> {
  const lines = merges.flatMap(({ id, transfers }) => transfers.map((one) => ({ id, one })));
  if (lines.length === 0) return;
  await tx.query(noteSql, [lines.map(({ id }) => id), lines.map(({ one }) => one)]);
}

// Somebody merged into a customer who was merged in turn: the merge that leads to the last of them.
const betweenSql = `
  WITH RECURSIVE way AS (
    SELECT t.gone, t.survivor, m.id, m.into_id FROM unnest($1::uuid[], $2::uuid[]) AS t(gone, survivor)
    JOIN customer_merges m ON m.from_id = t.gone AND m.undone_at IS NULL
    UNION ALL
    SELECT w.gone, w.survivor, m.id, m.into_id FROM way w
    JOIN customer_merges m ON m.from_id = w.into_id AND m.undone_at IS NULL
    WHERE w.into_id <> w.survivor)
  SELECT w.gone, w.id FROM way w WHERE w.into_id = w.survivor`;

/** The standing merge by which the Mu of somebody who is gone becomes the survivor's, by who is gone. */
export async function mergesBetween(
  tx: CommandTransaction,
  pairs: readonly Gone[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ gone: string; id: string }>(betweenSql, [
    pairs.map(({ gone }) => gone),
    pairs.map(({ survivor }) => survivor),
  ]);
  return new Map(rows.map((row) => [row.gone, row.id]));
}
