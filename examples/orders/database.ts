import { readFile } from 'node:fs/promises';
import { Pool } from 'pg';
import { OrderNumbers, readPurchase } from '../../src/cli/cdnow-line';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded';

/** The shop's own database. */
export interface ShopDatabase {
  pool: Pool;
  close(): Promise<void>;
}

const tables = `
  CREATE SCHEMA IF NOT EXISTS shop;
  CREATE TABLE IF NOT EXISTS shop.orders (
    number text PRIMARY KEY,
    customer text NOT NULL,
    placed_at timestamptz NOT NULL,
    status text NOT NULL,
    idempotency_key text UNIQUE
  );
  CREATE INDEX IF NOT EXISTS orders_of_customer ON shop.orders (customer, placed_at, number);
  CREATE TABLE IF NOT EXISTS shop.order_lines (
    order_number text NOT NULL REFERENCES shop.orders,
    place integer NOT NULL,
    title text NOT NULL,
    quantity integer NOT NULL,
    price_cents bigint NOT NULL,
    cost_cents bigint NOT NULL,
    PRIMARY KEY (order_number, place)
  );
`;

/** What the shop is taken to have paid for its goods; the purchases do not tell. */
export const costShare = 0.6;

/**
 * Opens the database at `url`, or an embedded one below `dataDir`, and makes its tables. Purchases of the
 * CDNOW file that are not there yet become orders of one line each.
 */
export async function openShopDatabase(options: {
  url?: string;
  dataDir: string;
  purchases: string;
}): Promise<ShopDatabase> {
  const { url, dataDir } = options;
  const embedded =
    url === undefined ? await startEmbeddedPostgres({ dataDir, log: () => undefined }) : null;
  const pool = new Pool({ connectionString: url ?? embedded?.url, max: 10 });
  pool.on('error', () => undefined);
  const close = async () => {
    await pool.end();
    await embedded?.stop();
  };
  try {
    await pool.query(tables);
    await load(pool, await readFile(options.purchases, 'utf8'));
    return { pool, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function load(pool: Pool, text: string): Promise<void> {
  const numbers = new OrderNumbers();
  const purchases = text
    .split(/\r?\n/)
    .map(readPurchase)
    .filter((purchase) => purchase !== null)
    .map((purchase) => ({ ...purchase, number: numbers.next(purchase) }));
  const cents = purchases.map(({ amount }) => Math.round(Number(amount) * 100));
  await pool.query(
    `WITH known AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::date[], $4::int[], $5::bigint[], $6::bigint[])
         AS purchase (number, customer, day, quantity, price, cost)
     ), placed AS (
       INSERT INTO shop.orders (number, customer, placed_at, status)
       SELECT number, customer, day::timestamp AT TIME ZONE 'UTC', 'DELIVERED' FROM known
       ON CONFLICT DO NOTHING RETURNING number
     )
     INSERT INTO shop.order_lines (order_number, place, title, quantity, price_cents, cost_cents)
     SELECT number, 1, 'Compact discs', quantity, price, cost FROM known JOIN placed USING (number)`,
    [
      purchases.map(({ number }) => number),
      purchases.map(({ customer }) => `cdnow-${customer}`),
      purchases.map(({ day }) => day),
      purchases.map(({ items }) => items),
      cents,
      cents.map((price) => Math.round(price * costShare)),
    ],
  );
}
