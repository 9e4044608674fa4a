import { createClient } from 'graphql-sse';
import { Client, Pool } from 'pg';
import { startShop } from '../../examples/orders/server';
import type { Served } from '../../examples/partner/serve';
import type { Data } from '../support/test-service';
import { asBrand, brand, sendTo, strangers, untilHeard } from './partner-client';

const customer = 'cdnow-00111';

describe('The shop’s subgraph', () => {
  let shop: Served;
  let admin: Client;
  let databaseUrl: string;

  beforeAll(async () => {
    const server = process.env['TEST_SERVER_URL'] as string;
    const name = `shop_${process.pid}_${Date.now()}`;
    admin = new Client({ connectionString: server });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    databaseUrl = url.href;
    shop = await open();
  });

  afterAll(async () => {
    await shop.close();
    await admin.query(`DROP DATABASE ${new URL(databaseUrl).pathname.slice(1)}`);
    await admin.end();
  });

  function open() {
    return startShop({
      port: 0,
      secret: 'the-secret',
      databaseUrl,
      dataDir: '.data/never-made',
      purchases: 'examples/data/cdnow-sample.txt',
      brand,
    });
  }

  const send = (query: string, variables: Data = {}, headers = asBrand) =>
    sendTo(shop.url, { 'x-shop-secret': 'the-secret', ...headers }, query, variables);

  const entities = `query Entities($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Customer {
        externalId greeting discountPercent lifetimeValue { amount }
        orders(first: 2) { edges { node { number total { amount currency } } } pageInfo { hasNextPage endCursor } }
      }
      ... on Order { number customer { externalId } }
      ... on Brand { revenue { amount } }
    }
  }`;

  it('says its own SDL', async () => {
    const { data } = await send('{ _service { sdl } }');
    expect(data._service.sdl).toContain('type Order @key(fields: "number")');
  });

  it('answers nobody who does not know the secret', async () => {
    const { status } = await send('{ _service { sdl } }', {}, { 'x-shop-secret': 'another' });
    expect(status).toBe(401);
  });

  it('resolves entities in their order, by one statement for each of their fields', async () => {
    const statements = jest.spyOn(Pool.prototype, 'query');
    const numbers = ['00111', '00004', '99999', '00021'];
    const representations = [
      ...numbers.map((number) => ({ __typename: 'Customer', externalId: `cdnow-${number}` })),
      { __typename: 'Customer', externalId: null },
      { __typename: 'Nothing', id: '1' },
    ];
    const { data } = await send(entities, { representations });
    const asked = statements.mock.calls.length;
    statements.mockRestore();
    expect(data._entities.map((one: Data | null) => one?.lifetimeValue.amount ?? null)).toEqual([
      '1107.04',
      '100.50',
      '0.00',
      '75.11',
      null,
      null,
    ]);
    expect(data._entities[1].orders).toEqual({
      edges: [
        {
          node: {
            number: 'cdnow-00004-1997-12-12-2-26.48-1',
            total: { amount: '26.48', currency: 'USD' },
          },
        },
        {
          node: {
            number: 'cdnow-00004-1997-08-02-1-14.96-1',
            total: { amount: '14.96', currency: 'USD' },
          },
        },
      ],
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
    });
    // Pages of orders, what was spent, and the lines of all orders.
    expect(asked).toBe(3);
  });

  it('pages through all orders of a customer', async () => {
    const page = `query Page($representations: [_Any!]!, $after: String) {
      _entities(representations: $representations) { ... on Customer {
        orders(first: 7, after: $after) { edges { node { number } } pageInfo { hasNextPage endCursor } } } } }`;
    const seen: string[] = [];
    let after: unknown = null;
    do {
      const representations = [{ __typename: 'Customer', externalId: customer }];
      const { data } = await send(page, { representations, after });
      const { edges, pageInfo } = data._entities[0].orders;
      seen.push(...edges.map((edge: Data) => edge.node.number));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(16);
    expect(new Set(seen).size).toBe(16);
  });

  it('computes from what @requires brought along', async () => {
    const representations = [
      { __typename: 'Customer', externalId: customer, name: 'Rosa', tier: 'GOLD' },
      { __typename: 'Customer', externalId: customer, name: null, tier: null },
    ];
    const { data } = await send(entities, { representations });
    expect(data._entities[0]).toMatchObject({
      greeting: 'Welcome back, Rosa',
      discountPercent: 10,
    });
    expect(data._entities[1]).toMatchObject({ greeting: 'Welcome back', discountPercent: null });
  });

  it.each(strangers)('shows %s no order', async (_who, headers) => {
    const representations = [
      { __typename: 'Customer', externalId: customer },
      { __typename: 'Order', number: 'cdnow-00004-1997-08-02-1-14.96-1' },
      { __typename: 'Brand', id: brand },
    ];
    const { data } = await send(entities, { representations }, headers);
    expect(data._entities[0].orders.edges).toEqual([]);
    expect(data._entities[0].lifetimeValue.amount).toBe('0.00');
    expect(data._entities.slice(1)).toEqual([null, null]);
  });

  it('lets a customer see orders through themselves and not by number', async () => {
    const headers = { 'x-caller': 'customer', 'x-brand-id': brand };
    const representations = [{ __typename: 'Customer', externalId: customer }];
    const { data } = await send(entities, { representations }, headers);
    expect(data._entities[0].orders.edges).toHaveLength(2);
    const query = '{ order(number: "cdnow-00004-1997-08-02-1-14.96-1") { number } }';
    expect((await send(query)).data.order).not.toBeNull();
    expect((await send(query, {}, headers)).data.order).toBeNull();
  });

  it('refuses a page of none, and one of more than a hundred', async () => {
    const query = (first: number) => `query Q($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Customer { orders(first: ${first}) { edges { cursor } } } } }`;
    const representations = [{ __typename: 'Customer', externalId: customer }];
    for (const first of [0, 101]) {
      const { errors } = await send(query(first), { representations });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect((await send(query(100), { representations })).errors).toBeUndefined();
  });

  const place = `mutation Place($input: PlaceOrderInput!) {
    placeOrder(input: $input) { replayed order { number status total { amount } lines { title costPrice { amount } } } } }`;

  it('takes an order once for a key, and tells who listens', async () => {
    const client = createClient({
      url: shop.url,
      headers: { ...asBrand, 'x-shop-secret': 'the-secret' },
      retryAttempts: 0,
    });
    const events = client.iterate({
      query: 'subscription { orderPlaced { number total { amount } customer { externalId } } }',
    });
    const first = events.next();
    const lines = [{ title: 'Kind of Blue', quantity: 2, unitPrice: '14.50' }];
    const numbers: unknown[] = [];
    const { value } = await untilHeard(first, async () => {
      const input = { customer, lines, idempotencyKey: `order-key-${numbers.length}` };
      const placed = await send(place, { input });
      const again = await send(place, { input });
      expect(placed.data.placeOrder).toMatchObject({
        replayed: false,
        order: {
          status: 'PLACED',
          total: { amount: '29.00' },
          lines: [{ costPrice: { amount: '17.40' } }],
        },
      });
      expect(again.data.placeOrder).toEqual({ ...placed.data.placeOrder, replayed: true });
      numbers.push(placed.data.placeOrder.order.number);
    });
    const { number, ...rest } = (value as Data).data.orderPlaced;
    expect(numbers).toContain(number);
    expect(rest).toEqual({ total: { amount: '29.00' }, customer: { externalId: customer } });
    await events.return?.();
    client.dispose();
  });

  it.each([
    ['no line', { lines: [] }],
    ['a price of three decimals', { lines: [{ title: 'x', quantity: 1, unitPrice: '1.005' }] }],
    ['nothing of an article', { lines: [{ title: 'x', quantity: 0, unitPrice: '1' }] }],
    ['a short key', { idempotencyKey: 'short' }],
  ])('refuses an order with %s', async (_what, wrong) => {
    const lines = [{ title: 'x', quantity: 1, unitPrice: '1' }];
    const input = { customer, lines, idempotencyKey: 'order-key-wrong', ...wrong };
    const { errors } = await send(place, { input });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('loads its purchases once, however often it starts', async () => {
    const again = await open();
    await again.close();
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query(
      `SELECT count(*)::int AS lines, count(DISTINCT number)::int AS orders
       FROM shop.orders JOIN shop.order_lines ON order_number = number WHERE status = 'DELIVERED'`,
    );
    await client.end();
    expect(rows).toEqual([{ lines: 6919, orders: 6919 }]);
  });
});
