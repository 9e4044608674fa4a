import fc from 'fast-check';
import { identify, tokenOf } from '../customers/people';
import { grant, pending, send } from '../shop/shop';
import { runs } from '../support/long';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { happen, kinds, timelineOf, type Happening, type Kind } from './history';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService({ inventsBooks: true });
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  other = await t.createBrand('tripkart', { budget: 1_000_000 });
});

afterAll(() => t.close());

let made = 0;

/** A new customer whom both brands know. */
async function sharedCustomer(): Promise<string> {
  made += 1;
  const email = `shared-${made}@example.in`;
  const { customer } = await identify(t, brand, { externalId: `a-${made}`, email });
  await identify(t, other, { externalId: `b-${made}`, email });
  return (customer as { id: string }).id;
}

const idOfItem = `
  __typename
  ... on MessageDelivery { id }
  ... on AttentionEvent { id }
  ... on LedgerEntry { id }
  ... on Redemption { id }
  ... on Purchase { id }`;

const pageOperation = `query ($by: CustomerBy!, $first: Int, $after: String) {
  customer(by: $by) { timeline(first: $first, after: $after) {
    nodes { ${idOfItem} } edges { cursor node { ${idOfItem} } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

/** One page; throws unless it is sound in itself. */
async function page(
  bearer: string,
  customer: string,
  first: number,
  after: string | null,
): Promise<{ ids: string[]; pageInfo: Data }> {
  const variables = { by: { id: customer }, first, after };
  const { data, errors } = await t.run(pageOperation, variables, bearer);
  expect(errors).toBeUndefined();
  const { nodes, edges, pageInfo } = data['customer'].timeline as Data;
  expect(edges.map((edge: Data) => edge['node'] as Data)).toEqual(nodes);
  expect(pageInfo).toMatchObject({
    hasPreviousPage: after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  });
  return { ids: nodes.map((node: Data) => node['id'] as string), pageInfo };
}

/** All ids of a timeline, read in pages of these sizes, one after the other and around again. */
async function read(bearer: string, customer: string, sizes: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (let turn = 0; ; turn += 1) {
    const size = sizes[turn % sizes.length] as number;
    const { ids: found, pageInfo } = await page(bearer, customer, size, after);
    ids.push(...found);
    if (pageInfo['hasNextPage'] !== true) return ids;
    expect(found).toHaveLength(size);
    after = pageInfo['endCursor'] as string;
  }
}

describe('a timeline', () => {
  const kind = fc.constantFrom(...(Object.keys(kinds) as Kind[]));
  // Few moments, so that many things happen in the same millisecond.
  const event = fc.record({ kind, ofBrand: fc.boolean(), ofFirst: fc.boolean(), at: fc.nat(2) });
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });

  test('is everything the caller may see, newest first, however it is paged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 40, size: 'max' }),
        sizes,
        async (events, pageSizes) => {
          const customers = [await sharedCustomer(), await sharedCustomer()] as const;
          const history: Happening[] = [];
          for (const { kind: what, ofBrand, ofFirst, at } of events) {
            const whose = customers[ofFirst ? 0 : 1];
            const moment = new Date(Date.UTC(2026, 0, 1) + at);
            history.push(await happen(t, what, ofBrand ? brand : other, whose, moment));
          }
          for (const customer of customers) {
            const token = await tokenOf(t, brand, { id: customer });
            const callers = [
              [brand.apiKey, brand],
              [other.apiKey, other],
              [token, null],
              [t.platformKey, null],
            ] as const;
            for (const [bearer, sees] of callers) {
              const expected = timelineOf(history, customer, sees);
              expect(await read(bearer, customer, pageSizes)).toEqual(expected);
            }
          }
        },
      ),
      { numRuns: runs(8), seed: 20_261_121 },
    );
  });

  test('is read for a page of customers at once, each getting their own', async () => {
    const fresh = await t.createBrand('manycustomers');
    const expected = new Map<string, string[]>();
    for (let i = 0; i < 3; i += 1) {
      const { customer } = await identify(t, fresh, { externalId: `c-${i}` });
      const { id } = customer as { id: string };
      const history: Happening[] = [];
      for (const what of (Object.keys(kinds) as Kind[]).slice(i)) {
        history.push(await happen(t, what, fresh, id, new Date(Date.UTC(2026, 0, 1 + i))));
      }
      expected.set(id, timelineOf(history, id, fresh));
    }
    const document = `{ customers { nodes { id timeline { nodes { ${idOfItem} } } } } }`;
    const { data, errors, statements } = await t.run(document, {}, fresh.apiKey);
    expect(errors).toBeUndefined();
    const shown = data['customers'].nodes.map(({ id, timeline }: Data) => [
      id as string,
      timeline.nodes.map((node: Data) => node['id'] as string),
    ]);
    expect(new Map(shown as [string, string[]][])).toEqual(expected);
    expect(statements).toBe(2);
  });

  test('tells all of an item without a second statement', async () => {
    const customer = await sharedCustomer();
    for (const what of Object.keys(kinds) as Kind[]) {
      await happen(t, what, brand, customer, new Date(Date.UTC(2026, 0, 1)));
    }
    const document = `query ($by: CustomerBy!) { customer(by: $by) { timeline { nodes {
      ... on MessageDelivery { id deliveredAt delivered: message { id externalId channel kind createdAt } }
      ... on AttentionEvent { id action confidence machineOpen duplicate properties occurredAt recordedAt }
      ... on LedgerEntry { id number amount balanceAfter kind reason postedAt }
      ... on Redemption { id amount state description createdAt expiresAt resolvedAt }
      ... on Purchase { id externalId purchasedAt items total { amount currencyCode } }
    } } } }`;
    const { data, errors, statements } = await t.run(
      document,
      { by: { id: customer } },
      brand.apiKey,
    );
    expect(errors).toBeUndefined();
    expect(statements).toBe(2);
    const at = '2026-01-01T00:00:00.000Z';
    expect(data['customer'].timeline.nodes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          deliveredAt: at,
          delivered: expect.objectContaining({ channel: 'EMAIL', kind: 'MICRON', createdAt: at }),
        }),
        expect.objectContaining({ confidence: 0.5, properties: { via: 'test' }, recordedAt: at }),
        expect.objectContaining({ amount: 1, kind: 'GRANT', reason: 'Opened', postedAt: at }),
        expect.objectContaining({ state: 'PENDING', description: 'Coffee', resolvedAt: null }),
        expect.objectContaining({ items: 1, total: { amount: '1.00', currencyCode: 'INR' } }),
      ]),
    );
  });

  test.each(['', 'x', '1W10', 'WyJhIl0'])('refuses %j as a cursor', async (after) => {
    const customer = await sharedCustomer();
    const { errors } = await t.run(
      pageOperation,
      { by: { id: customer }, first: 1, after },
      brand.apiKey,
    );
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('the lines of the wallet on a timeline', () => {
  const document = `query ($by: CustomerBy!) { customer(by: $by) {
    timeline { nodes { ... on LedgerEntry { ...line } } }
    wallet { statement { nodes { ...line } } } } }
    fragment line on LedgerEntry { id number amount balanceAfter kind reason postedAt }`;

  async function lines(
    bearer: string,
    customer: string,
  ): Promise<{ timeline: Data[]; statement: Data[] }> {
    const { data, errors } = await t.run(document, { by: { id: customer } }, bearer);
    expect(errors).toBeUndefined();
    const { timeline, wallet } = data['customer'] as Data;
    const byNumber = (a: Data, b: Data) => Number(b['number']) - Number(a['number']);
    const shown = (timeline.nodes as Data[]).filter((node) => 'number' in node).sort(byNumber);
    return { timeline: shown, statement: wallet.statement.nodes as Data[] };
  }

  test('are those of the statement, for each caller with the numbers that caller may know', async () => {
    const customer = await sharedCustomer();
    await grant(t, other, customer, 500);
    await grant(t, brand, customer, 10);
    const { redemption } = await pending(t, brand, customer, 3);
    await send(t, brand.apiKey, 'cancelRedemption', { id: redemption.id });
    const token = await tokenOf(t, other, { id: customer });
    const balances = ({ timeline }: { timeline: Data[] }) =>
      timeline.map((line) => line['balanceAfter'] as number);

    const forBrand = await lines(brand.apiKey, customer);
    expect(forBrand.timeline).toEqual(forBrand.statement);
    expect(balances(forBrand)).toEqual([10, 7, 10]);
    const forOther = await lines(other.apiKey, customer);
    expect(balances(forOther)).toEqual([500]);
    const forOwner = await lines(token, customer);
    expect(forOwner.timeline).toEqual(forOwner.statement);
    expect(balances(forOwner)).toEqual([510, 507, 510, 500]);

    const consents = [{ purpose: 'BALANCE_VISIBLE', granted: true }];
    await identify(t, brand, { externalId: `a-${made}`, consents });
    const seeing = await lines(brand.apiKey, customer);
    expect(seeing.timeline).toEqual(seeing.statement);
    expect(balances(seeing)).toEqual([510, 507, 510]);
  });
});
