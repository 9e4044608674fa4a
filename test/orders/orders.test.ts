import { graphql } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf, tokenOf } from '../customers/people';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

const recordOrderOperation = operation('record-order');
const customerOrdersOperation = operation('customer-orders');

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let asha: string;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('tripkart');
  other = await t.createBrand('dailypaper');
  asha = await idOf(t, brand, { externalId: 'asha', email: 'asha@example.in' });
  await idOf(t, other, { externalId: 'reader-7', email: 'asha@example.in' });
});

afterAll(() => t.close());

let made = 0;

async function order(changes: Record<string, unknown> = {}, by = brand): Promise<Data> {
  made += 1;
  const input = {
    customer: { email: 'asha@example.in' },
    externalId: `order-${made}`,
    orderedAt: '1997-01-18T00:00:00.000Z',
    items: 2,
    amount: '29.73',
    currency: 'USD',
    idempotencyKey: newKey(),
    ...changes,
  };
  const { data, errors } = await t.run(recordOrderOperation, { input }, by.apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data['recordOrder'])) as Data;
}

async function ordersOf(variables: Record<string, unknown>, bearer: string): Promise<Data> {
  const { data, errors } = await t.run(customerOrdersOperation, variables, bearer);
  expect(errors).toBeUndefined();
  return data['customer'].orders as Data;
}

function idsOf({ nodes }: Data): string[] {
  return nodes.map((node: Data) => node['externalId'] as string);
}

describe('recording an order', () => {
  test('keeps what was bought, when, and for how much', async () => {
    expect(await order({ externalId: ' order-asha ' })).toEqual({
      order: {
        id: expect.stringMatching(/^ord_[0-9a-z]{26}$/),
        externalId: 'order-asha',
        orderedAt: '1997-01-18T00:00:00.000Z',
        items: 2,
        total: { amount: '29.73', currencyCode: 'USD' },
      },
      replayed: false,
      userErrors: [],
    });
  });

  test('pays nothing', async () => {
    await order();
    expect(await t.database.query('SELECT FROM transfers')).toHaveLength(0);
  });

  test('answers a repeated key with the first answer and records one order', async () => {
    const input = { externalId: 'order-twice', idempotencyKey: newKey() };
    const first = await order(input);
    expect(await order(input)).toEqual({ ...first, replayed: true });
    const rows = await t.database.query(`SELECT FROM orders WHERE external_id = 'order-twice'`);
    expect(rows).toHaveLength(1);
    expect(await order({ ...input, items: 3 })).toMatchObject({
      order: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });

  test('refuses an external id the brand has used, also in the same transaction', async () => {
    const answers = await Promise.all([
      order({ externalId: 'order-taken', amount: '1.00' }),
      order({ externalId: 'order-taken', amount: '2.00' }),
      order({ externalId: 'order-free' }),
    ]);
    expect(answers.map(({ userErrors }) => userErrors[0]?.code)).toEqual([
      undefined,
      'ALREADY_EXISTS',
      undefined,
    ]);
    expect(answers[0]['order'].total.amount).toBe('1.00');
    expect(await order({ externalId: 'order-taken' })).toMatchObject({
      order: null,
      userErrors: [{ code: 'ALREADY_EXISTS', field: ['externalId'] }],
    });
    expect((await order({ externalId: 'order-taken' }, other))['order']).not.toBeNull();
  });

  test.each([
    ['a customer nobody knows', { customer: { externalId: 'nobody' } }, 'NOT_FOUND', 'customer'],
    ["another brand's customer", { customer: { externalId: 'reader-7' } }, 'NOT_FOUND', 'customer'],
    ['no items', { items: 0 }, 'INVALID_VALUE', 'items'],
    ['an amount below zero', { amount: '-1.00' }, 'INVALID_VALUE', 'amount'],
    ['more decimals than money has', { amount: '1.005' }, 'INVALID_VALUE', 'amount'],
    ['an amount beyond the limit', { amount: '90071992547409.92' }, 'AMOUNT_TOO_LARGE', 'amount'],
    ['a currency that is none', { currency: 'ABC' }, 'INVALID_VALUE', 'currency'],
    ['an empty external id', { externalId: ' ' }, 'INVALID_TEXT', 'externalId'],
    ['a long external id', { externalId: 'x'.repeat(2001) }, 'INVALID_TEXT', 'externalId'],
    ['a time ahead', { orderedAt: inSeconds(400) }, 'OCCURRED_AT_IN_FUTURE', 'orderedAt'],
  ])('refuses %s and records nothing', async (_, changes, code, field) => {
    const before = await t.database.query('SELECT id FROM orders ORDER BY id');
    expect(await order(changes)).toMatchObject({
      order: null,
      userErrors: [{ code, field: [field] }],
    });
    expect(await t.database.query('SELECT id FROM orders ORDER BY id')).toEqual(before);
  });

  test('takes the largest amount and a time a little ahead', async () => {
    const answer = await order({ amount: '90071992547409.91', orderedAt: inSeconds(200) });
    expect(answer['order'].total.amount).toBe('90071992547409.91');
  });

  test('is for keys that may identify customers', async () => {
    const token = await tokenOf(t, brand, { id: asha });
    for (const bearer of [token, t.platformKey]) {
      await expect(t.run(recordOrderOperation, { input: {} }, bearer)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
  });
});

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

describe("a customer's orders", () => {
  let ravi: string;

  beforeAll(async () => {
    ravi = await idOf(t, brand, { externalId: 'ravi', email: 'ravi@example.in' });
    await idOf(t, other, { externalId: 'reader-8', email: 'ravi@example.in' });
    const customer = { email: 'ravi@example.in' };
    for (const [day, externalId] of [
      ['01', 'r1'],
      ['02', 'r2'],
      ['02', 'r3'],
      ['04', 'r4'],
    ]) {
      await order({ customer, externalId, orderedAt: `1998-05-${day}T00:00:00Z` });
    }
    const theirs = { customer, externalId: 'theirs', orderedAt: '1998-05-03T00:00:00Z' };
    await order(theirs, other);
  });

  test('are those of the brand that asks, newest first, page by page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await ordersOf({ by: { id: ravi }, first: 2, after }, brand.apiKey);
      seen.push(...idsOf(page));
      after = page['pageInfo'].hasNextPage ? page['pageInfo'].endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['r4', 'r3', 'r2', 'r1']);
    const theirs = await ordersOf({ by: { externalId: 'reader-8' } }, other.apiKey);
    expect(idsOf(theirs)).toEqual(['theirs']);
  });

  test('are those of all brands for the customer', async () => {
    const token = await tokenOf(t, brand, { id: ravi });
    const { data } = await t.run('{ me { orders { nodes { externalId } } } }', {}, token);
    expect(idsOf(data['me'].orders)).toEqual(['r4', 'theirs', 'r3', 'r2', 'r1']);
  });

  test('are fetched for a router by id, in order, null for those of others', async () => {
    const mine = (await order())['order'].id as string;
    const theirs = (await order({ customer: { externalId: 'reader-7' } }, other))['order']
      .id as string;
    const representations = [theirs, mine, 'ord_x'].map((id) => ({ __typename: 'Order', id }));
    const { data, errors } = await t.runSubgraph(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Order { id items } } }`,
      { representations },
      brand.apiKey,
    );
    expect(errors).toBeUndefined();
    expect(data['_entities']).toEqual([null, { id: mine, items: 2 }, null]);
  });

  test('are asked for in one statement for a page of customers', async () => {
    const caller = await t.service.authenticate({ authorization: `Bearer ${brand.apiKey}` });
    const statements = async (selection: string) => {
      const context = t.service.contextFor(caller, 'count', t.service.log);
      await graphql({
        schema: t.service.publicSchema,
        source: `{ customers { nodes { id ${selection} } } }`,
        contextValue: context,
      });
      await context.reads.close();
      return context.reads.statements;
    };
    const more = (await statements('orders { nodes { id } }')) - (await statements(''));
    expect(more).toBe(1);
  });
});
