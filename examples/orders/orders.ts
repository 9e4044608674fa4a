import DataLoader from 'dataloader';
import type { Pool } from 'pg';

/** A row of `shop.orders`. */
export interface OrderRow {
  number: string;
  customer: string;
  placed_at: Date;
  status: string;
}

/** A row of `shop.order_lines`; cents fit a number. */
export interface LineRow {
  title: string;
  quantity: number;
  price: number;
  cost: number;
}

/** A page of one customer's orders: at most one row more than was asked for. */
export interface PageKey {
  customer: string;
  first: number;
  after?: { placedAt: string; number: string };
}

const orderColumns = 'number, customer, placed_at, status';

/**
 * What the fields of one request read of the shop. Each loader takes all the keys that were asked for in
 * one turn to one statement, however many customers a router sends.
 */
export class OrderReads {
  constructor(private readonly pool: Pool) {}

  readonly order = new DataLoader<string, OrderRow | null>(async (numbers) => {
    const { rows } = await this.pool.query<OrderRow>(
      `SELECT ${orderColumns} FROM shop.orders WHERE number = ANY ($1)`,
      [numbers],
    );
    const found = new Map(rows.map((row) => [row.number, row]));
    return numbers.map((number) => found.get(number) ?? null);
  });

  readonly lines = new DataLoader<string, LineRow[]>(async (numbers) => {
    const { rows } = await this.pool.query<LineRow & { number: string }>(
      `SELECT order_number AS number, title, quantity,
         price_cents::float8 AS price, cost_cents::float8 AS cost
       FROM shop.order_lines WHERE order_number = ANY ($1) ORDER BY order_number, place`,
      [numbers],
    );
    const found = grouped(rows, ({ number }) => number);
    return numbers.map((number) => found.get(number) ?? []);
  });

  readonly page = new DataLoader<PageKey, OrderRow[], string>(
    async (keys) => {
      const { rows } = await this.pool.query<OrderRow & { asked: number }>(
        `SELECT asked.place::int AS asked, page.*
         FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::text[])
           WITH ORDINALITY AS asked (customer, rows, before, number, place)
         CROSS JOIN LATERAL (
           SELECT ${orderColumns} FROM shop.orders
           WHERE customer = asked.customer
             AND (asked.before IS NULL OR (placed_at, orders.number) < (asked.before, asked.number))
           ORDER BY placed_at DESC, orders.number DESC LIMIT asked.rows + 1
         ) AS page
         ORDER BY asked.place, placed_at DESC, page.number DESC`,
        [
          keys.map(({ customer }) => customer),
          keys.map(({ first }) => first),
          keys.map(({ after }) => after?.placedAt ?? null),
          keys.map(({ after }) => after?.number ?? null),
        ],
      );
      const found = grouped(rows, ({ asked }) => asked);
      return keys.map((_key, at) => found.get(at + 1) ?? []);
    },
    { cacheKeyFn: (key) => JSON.stringify(key) },
  );

  /** In cents. */
  readonly spent = new DataLoader<string, number>(async (customers) => {
    const { rows } = await this.pool.query<{ customer: string; cents: number }>(
      `SELECT customer, sum(price_cents)::float8 AS cents
       FROM shop.orders JOIN shop.order_lines ON order_number = number
       WHERE customer = ANY ($1) GROUP BY customer`,
      [customers],
    );
    const found = new Map(rows.map(({ customer, cents }) => [customer, cents]));
    return customers.map((customer) => found.get(customer) ?? 0);
  });

  /** What was sold so far, in cents. */
  async revenue(): Promise<number> {
    const { rows } = await this.pool.query<{ cents: number }>(
      'SELECT coalesce(sum(price_cents), 0)::float8 AS cents FROM shop.order_lines',
    );
    return rows[0]?.cents ?? 0;
  }
}

function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
