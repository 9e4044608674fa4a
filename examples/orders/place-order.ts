import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { badInput } from '../partner/subgraph';
import { costShare } from './database';
import type { OrderRow } from './orders';

/** What `placeOrder` takes. */
export interface PlaceOrderInput {
  customer: string;
  lines: { title: string; quantity: number; unitPrice: string }[];
  idempotencyKey: string;
}

/** Takes an order in one statement; the same key finds the order of the first call. */
export async function placeOrder(
  pool: Pool,
  input: PlaceOrderInput,
): Promise<{ row: OrderRow; replayed: boolean }> {
  const prices = check(input);
  const { customer, lines, idempotencyKey } = input;
  const { rows } = await pool.query<OrderRow>(
    `WITH placed AS (
       INSERT INTO shop.orders (number, customer, placed_at, status, idempotency_key)
       VALUES ($1, $2, date_trunc('milliseconds', now()), 'PLACED', $3)
       ON CONFLICT (idempotency_key) DO NOTHING
       RETURNING number, customer, placed_at, status
     ), lines AS (
       INSERT INTO shop.order_lines (order_number, place, title, quantity, price_cents, cost_cents)
       SELECT placed.number, line.place, line.title, line.quantity, line.price, line.cost
       FROM placed, unnest($4::text[], $5::int[], $6::bigint[], $7::bigint[])
         WITH ORDINALITY AS line (title, quantity, price, cost, place)
     )
     SELECT * FROM placed`,
    [
      `shop-${randomUUID()}`,
      customer,
      idempotencyKey,
      lines.map(({ title }) => title),
      lines.map(({ quantity }) => quantity),
      prices,
      prices.map((price) => Math.round(price * costShare)),
    ],
  );
  const [row] = rows;
  return row === undefined ? replay(pool, idempotencyKey) : { row, replayed: false };
}

async function replay(pool: Pool, key: string): Promise<{ row: OrderRow; replayed: boolean }> {
  const { rows } = await pool.query<OrderRow>(
    'SELECT number, customer, placed_at, status FROM shop.orders WHERE idempotency_key = $1',
    [key],
  );
  return { row: rows[0] as OrderRow, replayed: true };
}

/** What each line costs, in cents. */
function check({ customer, lines, idempotencyKey }: PlaceOrderInput): number[] {
  if (!/^[\x20-\x7e]{8,200}$/.test(idempotencyKey)) {
    throw badInput('idempotencyKey: 8–200 printable characters');
  }
  if (!/^[^\0]{1,200}$/.test(customer)) throw badInput('customer: 1–200 characters');
  if (lines.length < 1 || lines.length > 50) throw badInput('lines: from 1 to 50');
  return lines.map(({ title, quantity, unitPrice }) => {
    if (!/^[^\0]{1,200}$/.test(title)) throw badInput('title: 1–200 characters');
    if (quantity < 1 || quantity > 1000) throw badInput('quantity: from 1 to 1,000');
    if (!/^\d{1,7}(\.\d{1,2})?$/.test(unitPrice)) throw badInput('unitPrice: such as 14.50');
    return quantity * Math.round(Number(unitPrice) * 100);
  });
}
