import { accounts, Posting, type TransferKind } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { MagnetRow } from './magnet.entity';
import type { MagnetResponseRow } from './magnet-response.entity';
import { returnOf, type Pool } from './pari-mutuel';

/** How many responses one transaction settles at most. */
export const settledAtOnce = 500;

type Pending = Pick<
  MagnetResponseRow,
  'id' | 'magnet_id' | 'customer_id' | 'choice' | 'stake' | 'promised' | 'event_id'
>;

type Settled = Pick<MagnetResponseRow, 'id' | 'outcome' | 'payout'>;

// Where two customers were one person and both had answered, the answer of the one who is gone stays
// with them, and the one who stayed is paid for it.
const pendingSql = `
  SELECT r.id, r.magnet_id, coalesce(c.merged_into, c.id) AS customer_id, r.choice, r.stake, r.promised,
    r.event_id
  FROM magnet_responses r JOIN customers c ON c.id = r.customer_id
  WHERE r.magnet_id = ANY ($1::uuid[]) AND r.outcome = 'PENDING'
  ORDER BY r.magnet_id, r.id LIMIT $2`;

const poolsSql = `
  SELECT m.id, coalesce(sum(c.stake), 0)::bigint AS stakes,
    coalesce(sum(c.stake) FILTER (WHERE c.choice = m.winning_option), 0)::bigint AS "stakesOnRight"
  FROM magnets m LEFT JOIN magnet_counts c ON c.magnet_id = m.id
  WHERE m.id = ANY ($1::uuid[]) GROUP BY m.id`;

const settleSql = `
  UPDATE magnet_responses r SET outcome = t.outcome, payout = t.payout
  FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS t(id, outcome, payout) WHERE r.id = t.id`;

const unfinishedSql = `
  SELECT m.id FROM magnets m WHERE m.id = ANY ($1::uuid[]) AND EXISTS (
    SELECT FROM magnet_responses r WHERE r.magnet_id = m.id AND r.outcome = 'PENDING')`;

const returnedSql = `
  SELECT r.magnet_id AS id, sum(r.payout)::bigint AS returned FROM magnet_responses r
  WHERE r.magnet_id = ANY ($1::uuid[]) AND r.stake > 0 GROUP BY r.magnet_id`;

const finishSql = `
  UPDATE magnets m SET settled_at = $3, remainder = t.remainder
  FROM unnest($1::uuid[], $2::bigint[]) AS t(id, remainder) WHERE m.id = t.id`;

/**
 * Settles responses of predictions that are resolved or void, which the caller has locked: as many as
 * one transaction takes, and the rest another time. When the last one is settled, what is left of the
 * magnet's reserve goes to the budget, and its rows say so.
 */
export async function settle(
  tx: CommandTransaction,
  magnets: readonly MagnetRow[],
  atMost = settledAtOnce,
): Promise<void> {
  const ids = magnets.map(({ id }) => id);
  if (ids.length === 0) return;
  const byId = new Map(magnets.map((magnet) => [magnet.id, magnet]));
  const pending = await tx.query<Pending>(pendingSql, [ids, atMost]);
  const pools = await readPools(tx, ids);
  const refs = magnets.flatMap(({ brand_id: brandId, id }) => [
    accounts.reserve(brandId, id),
    accounts.budget(brandId),
  ]);
  const owed = pending.filter(({ stake, promised }) => stake > 0 || promised > 0);
  const pairs = owed.map(({ magnet_id: id, customer_id: customerId }) => {
    return { brandId: (byId.get(id) as MagnetRow).brand_id, customerId };
  });
  const wallets = owed.map(({ customer_id: customerId }) => accounts.wallet(customerId));
  const posting = await Posting.open(tx, [...refs, ...wallets], pairs);
  const settled = pending.map((response) => {
    const magnet = byId.get(response.magnet_id) as MagnetRow;
    return settleOne(posting, magnet, response, pools.get(magnet.id) as Pool);
  });
  await tx.query(settleSql, [
    settled.map(({ id }) => id),
    settled.map(({ outcome }) => outcome),
    settled.map(({ payout }) => payout),
  ]);
  await finish(tx, posting, magnets, pools);
  await posting.flush();
}

async function readPools(
  tx: CommandTransaction,
  ids: readonly string[],
): Promise<Map<string, Pool>> {
  const rows = await tx.query<Pool & { id: string }>(poolsSql, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

function settleOne(posting: Posting, magnet: MagnetRow, response: Pending, pool: Pool): Settled {
  const { id, stake, promised } = response;
  if (magnet.state === 'VOID') {
    const payout = pay(posting, magnet, response, 'STAKE_RETURN', stake);
    return { id, outcome: 'VOID', payout };
  }
  const right = response.choice === magnet.winning_option;
  const payout =
    stake > 0
      ? pay(posting, magnet, response, 'STAKE_RETURN', returnOf(stake, right, pool))
      : pay(posting, magnet, response, 'GRANT', right ? promised : 0);
  return { id, outcome: right ? 'RIGHT' : 'WRONG', payout };
}

/** Pays out of the magnet's reserve and answers what was paid: nothing to a wallet that takes nothing. */
function pay(
  posting: Posting,
  magnet: MagnetRow,
  { customer_id: customerId, event_id: eventId }: Pending,
  kind: Extract<TransferKind, 'GRANT' | 'STAKE_RETURN'>,
  amount: number,
): number {
  if (amount === 0) return 0;
  const done = kind === 'GRANT' ? 'Right prediction' : 'Stake of a prediction';
  const posted = posting.transfer({
    kind,
    debit: accounts.reserve(magnet.brand_id, magnet.id),
    credit: accounts.wallet(customerId),
    amount,
    reason: `${done}: ${magnet.title}`,
    brandId: magnet.brand_id,
    customerId,
    eventId,
  });
  if (posted === 'TOO_LITTLE') throw new Error('the reserve of a magnet lacks Mu');
  return typeof posted === 'string' ? 0 : amount;
}

/** Gives back what is left of the reserves of those that have nothing pending any more. */
async function finish(
  tx: CommandTransaction,
  posting: Posting,
  magnets: readonly MagnetRow[],
  pools: ReadonlyMap<string, Pool>,
): Promise<void> {
  const ids = magnets.map(({ id }) => id);
  const unfinished = await tx.query<{ id: string }>(unfinishedSql, [ids]);
  const left = new Set(unfinished.map(({ id }) => id));
  const done = magnets.filter(({ id }) => !left.has(id));
  if (done.length === 0) return;
  const rows = await tx.query<{ id: string; returned: number }>(returnedSql, [
    done.map(({ id }) => id),
  ]);
  const returned = new Map(rows.map((row) => [row.id, row.returned]));
  for (const magnet of done) {
    const { stakes } = pools.get(magnet.id) as Pool;
    magnet.remainder = stakes - (returned.get(magnet.id) ?? 0);
    magnet.settled_at = tx.now;
    release(posting, magnet);
  }
  const remainders = done.map(({ remainder }) => remainder);
  await tx.query(finishSql, [done.map(({ id }) => id), remainders, tx.now]);
}

function release(posting: Posting, { id, brand_id: brandId, title }: MagnetRow): void {
  const reserve = accounts.reserve(brandId, id);
  const amount = posting.balanceOf(reserve);
  if (amount > 0) {
    const posted = posting.transfer({
      kind: 'RESERVE_RELEASE',
      debit: reserve,
      credit: accounts.budget(brandId),
      amount,
      reason: `Unused rest of a prediction: ${title}`,
      brandId,
    });
    if (typeof posted === 'string') throw new Error('a reserve could not be released');
  }
  posting.close(reserve);
}
