import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';

// Each goes through every table there is.
const atOnce = 5;
const againMs = 60_000;

const dueSql = `
  SELECT e.id, e.customer_id, e.brand_id FROM erasures e WHERE e.check_at <= $1
  ORDER BY e.check_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`;

const eraseSql = `
  UPDATE erasures e SET check_at = CASE WHEN t.found > 0 THEN $4::timestamptz END
  FROM (SELECT u.id, erase_rows(u.customer_id, u.brand_id, $5) AS found
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS u(id, customer_id, brand_id)) t
  WHERE e.id = t.id`;

interface Due {
  id: string;
  customer_id: string;
  brand_id: string | null;
}

/** Erases what was on its way when somebody was erased, a minute later, until a minute brought nothing. */
export const followErasures: Job = {
  name: 'follow-erasures',
  run: ({ database, clock }) => database.transact(clock, follow),
};

async function follow(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<Due>(dueSql, [tx.now, atOnce]);
  if (due.length === 0) return 0;
  await tx.query(eraseSql, [
    due.map(({ id }) => id),
    due.map((one) => one.customer_id),
    due.map((one) => one.brand_id),
    new Date(tx.now.getTime() + againMs),
    tx.now,
  ]);
  return due.length;
}
