import type { Pool } from 'pg';
import type { Caller } from '../partner/caller';
import { isTenant } from '../partner/caller';
import { badInput, type Reference } from '../partner/subgraph';
import { Topic } from '../partner/topic';
import { OrderReads, type LineRow, type OrderRow, type PageKey } from './orders';
import { placeOrder, type PlaceOrderInput } from './place-order';

/** What the fields of one request share. */
export type ShopContext = {
  caller: Caller;
  /** Whether the orders here are the caller's brand's. */
  tenant: boolean;
  reads: OrderReads;
};

const currency = 'USD';
const discounts: Record<string, number> = { STANDARD: 0, SILVER: 5, GOLD: 10 };

function money(cents: number) {
  return { amount: (cents / 100).toFixed(2), currency };
}

class Order {
  readonly __typename = 'Order';
  readonly number: string;
  readonly status: string;
  readonly placedAt: string;

  constructor(private readonly row: OrderRow) {
    this.number = row.number;
    this.status = row.status;
    this.placedAt = row.placed_at.toISOString();
  }

  customer() {
    return new Customer({ externalId: this.row.customer });
  }

  async lines(_args: object, { reads }: ShopContext) {
    const rows = await reads.lines.load(this.number);
    return rows.map(({ title, quantity, price, cost }) => ({
      title,
      quantity,
      price: money(price),
      costPrice: money(cost),
    }));
  }

  async total(_args: object, { reads }: ShopContext) {
    const rows: LineRow[] = await reads.lines.load(this.number);
    return money(rows.reduce((sum, { price }) => sum + price, 0));
  }
}

/** Of what a router sends, the key says who it is; the rest is what `@requires` asked for. */
class Customer {
  readonly __typename = 'Customer';

  constructor(private readonly sent: { externalId: string; name?: unknown; tier?: unknown }) {}

  get externalId() {
    return this.sent.externalId;
  }

  async orders({ first, after }: { first: number; after?: string }, context: ShopContext) {
    if (first < 1 || first > 100) throw badInput('first: from 1 to 100');
    const key: PageKey = { customer: this.externalId, first, after: readCursor(after) };
    const rows = context.tenant ? await context.reads.page.load(key) : [];
    const edges = rows
      .slice(0, first)
      .map((row) => ({ cursor: cursorOf(row), node: new Order(row) }));
    return {
      edges,
      pageInfo: {
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
        hasNextPage: rows.length > first,
        hasPreviousPage: after != null,
      },
    };
  }

  async lifetimeValue(_args: object, { tenant, reads }: ShopContext) {
    return money(tenant ? await reads.spent.load(this.externalId) : 0);
  }

  greeting() {
    const { name } = this.sent;
    return typeof name === 'string' ? `Welcome back, ${name}` : 'Welcome back';
  }

  discountPercent() {
    return discounts[String(this.sent.tier)] ?? null;
  }
}

/** How a router's representations become entities of the shop. */
export const references: Record<string, Reference<ShopContext>> = {
  Customer: ({ externalId, name, tier }) =>
    typeof externalId === 'string' ? new Customer({ externalId, name, tier }) : null,
  Order: async ({ number }, context) =>
    typeof number === 'string' ? findOrder(number, context) : null,
  Brand: ({ id }, { caller, tenant, reads }) => {
    if (caller.kind !== 'brand' || !tenant || id !== caller.brandId) return null;
    return { __typename: 'Brand', id, revenue: async () => money(await reads.revenue()) };
  },
};

/** The root fields, on the shop's database. */
export function shopFields(pool: Pool) {
  const placed = new Topic<Order>();
  return {
    order: ({ number }: { number: string }, context: ShopContext) =>
      context.caller.kind === 'brand' ? findOrder(number, context) : null,
    placeOrder: async ({ input }: { input: PlaceOrderInput }, context: ShopContext) => {
      const { caller, tenant } = context;
      if (caller.kind !== 'brand' || !tenant) throw badInput('only the shop’s brand places orders');
      const { row, replayed } = await placeOrder(pool, input);
      const order = new Order(row);
      if (!replayed) placed.tell(order);
      return { order, replayed };
    },
    orderPlaced: (_args: object, { caller, tenant }: ShopContext) => {
      if (caller.kind !== 'brand' || !tenant) throw badInput('only the shop’s brand may listen');
      return placed.listen('orderPlaced');
    },
  };
}

/** What the fields of a request share. */
export function shopContext(caller: Caller, pool: Pool, brand: string | undefined): ShopContext {
  return { caller, tenant: isTenant(caller, brand), reads: new OrderReads(pool) };
}

async function findOrder(number: string, { tenant, reads }: ShopContext): Promise<Order | null> {
  const row = tenant ? await reads.order.load(number) : null;
  return row === null ? null : new Order(row);
}

function cursorOf({ placed_at, number }: OrderRow): string {
  return Buffer.from(`${placed_at.toISOString()} ${number}`).toString('base64url');
}

function readCursor(cursor: string | null | undefined): PageKey['after'] {
  if (cursor == null) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, placedAt, number] =
    /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) ([\x20-\x7e]{1,200})$/.exec(text) ?? [];
  if (placedAt === undefined || number === undefined || Number.isNaN(Date.parse(placedAt))) {
    throw badInput('after: no cursor of this list');
  }
  return { placedAt, number };
}
