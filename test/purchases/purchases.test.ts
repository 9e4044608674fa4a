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

const recordPurchaseOperation = operation('record-purchase');
const customerPurchasesOperation = operation('customer-purchases');

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

async function purchase(changes: Record<string, unknown> = {}, by = brand): Promise<Data> {
  made += 1;
  const input = {
    customer: { email: 'asha@example.in' },
    externalId: `purchase-${made}`,
    purchasedAt: '1997-01-18T00:00:00.000Z',
    items: 2,
    amount: '29.73',
    currency: 'USD',
    idempotencyKey: newKey(),
    ...changes,
  };
  const { data, errors } = await t.run(recordPurchaseOperation, { input }, by.apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data['recordPurchase'])) as Data;
}

async function purchasesOf(variables: Record<string, unknown>, bearer: string): Promise<Data> {
  const { data, errors } = await t.run(customerPurchasesOperation, variables, bearer);
  expect(errors).toBeUndefined();
  return data['customer'].purchases as Data;
}

function idsOf({ nodes }: Data): string[] {
  return nodes.map((node: Data) => node['externalId'] as string);
}

describe('recording a purchase', () => {
  test('keeps what was bought, when, and for how much', async () => {
    expect(await purchase({ externalId: ' purchase-asha ' })).toEqual({
      purchase: {
        id: expect.stringMatching(/^pur_[0-9a-z]{26}$/),
        externalId: 'purchase-asha',
        purchasedAt: '1997-01-18T00:00:00.000Z',
        items: 2,
        total: { amount: '29.73', currencyCode: 'USD' },
      },
      replayed: false,
      userErrors: [],
    });
  });

  test('pays nothing', async () => {
    await purchase();
    expect(await t.database.query('SELECT FROM transfers')).toHaveLength(0);
  });

  test('answers a repeated key with the first answer and records one purchase', async () => {
    const input = { externalId: 'purchase-twice', idempotencyKey: newKey() };
    const first = await purchase(input);
    expect(await purchase(input)).toEqual({ ...first, replayed: true });
    const rows = await t.database.query(
      `SELECT FROM purchases WHERE external_id = 'purchase-twice'`,
    );
    expect(rows).toHaveLength(1);
    expect(await purchase({ ...input, items: 3 })).toMatchObject({
      purchase: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });

  test('refuses an external id the brand has used, also in the same transaction', async () => {
    const answers = await Promise.all([
      purchase({ externalId: 'purchase-taken', amount: '1.00' }),
      purchase({ externalId: 'purchase-taken', amount: '2.00' }),
      purchase({ externalId: 'order-free' }),
    ]);
    expect(answers.map(({ userErrors }) => userErrors[0]?.code)).toEqual([
      undefined,
      'ALREADY_EXISTS',
      undefined,
    ]);
    expect(answers[0]['purchase'].total.amount).toBe('1.00');
    expect(await purchase({ externalId: 'purchase-taken' })).toMatchObject({
      purchase: null,
      userErrors: [{ code: 'ALREADY_EXISTS', field: ['externalId'] }],
    });
    expect((await purchase({ externalId: 'purchase-taken' }, other))['purchase']).not.toBeNull();
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
    ['a time ahead', { purchasedAt: inSeconds(400) }, 'OCCURRED_AT_IN_FUTURE', 'purchasedAt'],
  ])('refuses %s and records nothing', async (_, changes, code, field) => {
    const before = await t.database.query('SELECT id FROM purchases ORDER BY id');
    expect(await purchase(changes)).toMatchObject({
      purchase: null,
      userErrors: [{ code, field: [field] }],
    });
    expect(await t.database.query('SELECT id FROM purchases ORDER BY id')).toEqual(before);
  });

  test('takes the largest amount and a time a little ahead', async () => {
    const answer = await purchase({ amount: '90071992547409.91', purchasedAt: inSeconds(200) });
    expect(answer['purchase'].total.amount).toBe('90071992547409.91');
  });

  test('is for keys that may identify customers', async () => {
    const token = await tokenOf(t, brand, { id: asha });
    for (const bearer of [token, t.platformKey]) {
      await expect(t.run(recordPurchaseOperation, { input: {} }, bearer)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
  });
});

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

describe("a customer's purchases", () => {
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
      await purchase({ customer, externalId, purchasedAt: `1998-05-${day}T00:00:00Z` });
    }
    const theirs = { customer, externalId: 'theirs', purchasedAt: '1998-05-03T00:00:00Z' };
    await purchase(theirs, other);
  });

  test('are those of the brand that asks, newest first, page by page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await purchasesOf({ by: { id: ravi }, first: 2, after }, brand.apiKey);
      seen.push(...idsOf(page));
      after = page['pageInfo'].hasNextPage ? page['pageInfo'].endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['r4', 'r3', 'r2', 'r1']);
    const theirs = await purchasesOf({ by: { externalId: 'reader-8' } }, other.apiKey);
    expect(idsOf(theirs)).toEqual(['theirs']);
  });

  test('are those of all brands for the customer', async () => {
    const token = await tokenOf(t, brand, { id: ravi });
    const { data } = await t.run('{ me { purchases { nodes { externalId } } } }', {}, token);
    expect(idsOf(data['me'].purchases)).toEqual(['r4', 'theirs', 'r3', 'r2', 'r1']);
  });

  test('are fetched for a router by id, in order, null for those of others', async () => {
    const mine = (await purchase())['purchase'].id as string;
    const theirs = (await purchase({ customer: { externalId: 'reader-7' } }, other))['purchase']
      .id as string;
    const representations = [theirs, mine, 'pur_x'].map((id) => ({ __typename: 'Purchase', id }));
    const { data, errors } = await t.runSubgraph(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Purchase { id items } } }`,
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
    const more = (await statements('purchases { nodes { id } }')) - (await statements(''));
    expect(more).toBe(1);
  });
});
