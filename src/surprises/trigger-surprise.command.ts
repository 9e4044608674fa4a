import { resolveCustomers, type CustomerBy } from '../customers';
import { accounts, Posting } from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { windowAt, wins } from './draw';
import { poolsByIds } from './pool.service';
import type { SurpriseDrawRow } from './surprise-draw.entity';
import type { SurprisePoolRow } from './surprise-pool.entity';
import { surpriseDrawId, surprisePoolId } from './surprise.id';

/** Who draws, and from which pool. */
export interface TriggerSurprise {
  poolId: string;
  customer: CustomerBy;
}

/** The draw, and whether this call made it. */
export interface TriggerSurpriseAnswer extends Answer {
  draw?: SurpriseDrawRow;
  first?: boolean;
}

interface Ticket {
  pool: SurprisePoolRow;
  customerId: string;
  window: number;
  won: boolean;
}

/**
 * Draws for customers. Whether a ticket wins is fixed by the seed, the customer and the window, so no
 * other key and no repetition draws anew; all draws of a pool take turns at its reserve.
 */
export const triggerSurprise: CommandHandler<TriggerSurprise, TriggerSurpriseAnswer> = {
  kind: 'triggerSurprise',
  async execute(tx, commands) {
    const read = await readTickets(tx, commands);
    const tickets = read.filter((one): one is Ticket => 'pool' in one);
    const winners = tickets.filter(({ won }) => won);
    const posting = await Posting.open(
      tx,
      [
        ...tickets.map(({ pool }) => accounts.reserve(pool.brand_id, pool.id)),
        ...winners.map(({ customerId }) => accounts.wallet(customerId)),
      ],
      winners.map(({ pool, customerId }) => ({ brandId: pool.brand_id, customerId })),
    );
    const drawn = await earlierDraws(tx, tickets);
    const rows: SurpriseDrawRow[] = [];
    const answers = read.map((one): TriggerSurpriseAnswer => {
      if (!('pool' in one)) return refused(one);
      const earlier = drawn.get(nameOf(one.pool.id, one.customerId, one.window));
      if (earlier !== undefined) return { draw: earlier, first: false, userErrors: [] };
      const row = drawOne(tx, posting, one);
      if ('code' in row) return refused(row);
      rows.push(row);
      drawn.set(nameOf(row.pool_id, row.customer_id, row.window_number), row);
      return { draw: row, first: true, userErrors: [] };
    });
    if (rows.length > 0) await tx.query(storeSql, [JSON.stringify(rows)]);
    await posting.flush();
    return answers;
  },
};

const storeSql = `
  INSERT INTO surprise_draws
  SELECT * FROM jsonb_populate_recordset(NULL::surprise_draws, $1::jsonb)`;

const earlierSql = `
  SELECT d.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[])
    AS t(brand_id, pool_id, customer_id, window_number)
  JOIN surprise_draws d ON d.brand_id = t.brand_id AND d.pool_id = t.pool_id
    AND d.customer_id = t.customer_id AND d.window_number = t.window_number`;

function nameOf(poolId: string, customerId: string, window: number): string {
  return `${poolId} ${customerId} ${window}`;
}

async function earlierDraws(
  tx: CommandTransaction,
  tickets: readonly Ticket[],
): Promise<Map<string, SurpriseDrawRow>> {
  if (tickets.length === 0) return new Map();
  const rows = await tx.query<SurpriseDrawRow>(earlierSql, [
    tickets.map(({ pool }) => pool.brand_id),
    tickets.map(({ pool }) => pool.id),
    tickets.map(({ customerId }) => customerId),
    tickets.map(({ window }) => window),
  ]);
  return new Map(rows.map((row) => [nameOf(row.pool_id, row.customer_id, row.window_number), row]));
}

/** Resolves what commands name and draws their tickets, which pays nobody yet. */
async function readTickets(
  tx: CommandTransaction,
  commands: readonly Command<TriggerSurprise>[],
): Promise<(Ticket | UserErrorShape)[]> {
  const ids = commands.map(({ input }) => surprisePoolId.decode(input.poolId));
  const pools = await poolsByIds(tx, commands, ids);
  const customers = await resolveCustomers(
    tx,
    commands.map(({ input, tenant }) => ({ brandId: tenant as string, by: input.customer })),
  );
  return commands.map((_, at) => {
    const pool = pools[at] ?? null;
    const customerId = customers[at] ?? null;
    if (pool === null) return userError('NOT_FOUND', ['poolId']);
    if (customerId === null) return userError('NOT_FOUND', ['customer']);
    if (tx.now < pool.starts_at || tx.now >= pool.ends_at)
      return userError('POOL_CLOSED', ['poolId']);
    const window = windowAt(tx.now, pool.starts_at, pool.window_hours);
    const ticket = { poolUuid: pool.id, ticketUuid: customerId, window };
    return { pool, customerId, window, won: wins(pool.seed, ticket, pool.odds_one_in) };
  });
}

/** Nobody draws from a pool that could not pay, so a win is always paid. */
function drawOne(
  tx: CommandTransaction,
  posting: Posting,
  { pool, customerId, window, won }: Ticket,
): SurpriseDrawRow | UserErrorShape {
  const reserve = accounts.reserve(pool.brand_id, pool.id);
  if (posting.isClosed(reserve)) return userError('POOL_CLOSED', ['poolId']);
  if (posting.balanceOf(reserve) < pool.prize_mu) return userError('BUDGET_EXHAUSTED', ['poolId']);
  const row = {
    id: surpriseDrawId.create(),
    brand_id: pool.brand_id,
    pool_id: pool.id,
    customer_id: customerId,
    ticket: customerId,
    window_number: window,
    drawn_at: tx.now,
  };
  if (!won) return { ...row, won, amount: 0, transfer_id: null };
  const posted = posting.transfer({
    kind: 'GRANT',
    debit: reserve,
    credit: accounts.wallet(customerId),
    amount: pool.prize_mu,
    reason: 'A surprise',
    brandId: pool.brand_id,
    customerId,
  });
  if (typeof posted === 'string') return userError('AMOUNT_TOO_LARGE', ['customer']);
  tx.announce({
    topic: 'surprise.received',
    brandId: pool.brand_id,
    customerId,
    payload: {
      poolId: surprisePoolId.encode(pool.id),
      drawId: surpriseDrawId.encode(row.id),
      amount: pool.prize_mu,
    },
  });
  return { ...row, won, amount: pool.prize_mu, transfer_id: posted.transfer.id };
}
