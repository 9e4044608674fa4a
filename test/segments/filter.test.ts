import fc from 'fast-check';
import type { CustomerCondition } from '../../src/segments';
import type { RequestError } from '../../src/platform/errors';
import { runs } from '../support/long';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { anyCondition, nasty } from './conditions';
import { meets, type Person } from './naive';
import { send, settle } from './population';

let t: TestService;
let brand: TestBrand;
let people: Person[];
let now: Date;

const document = `query ($first: Int, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;

beforeAll(async () => {
  t = await startTestService();
  now = new Date();
  brand = await t.createBrand('tripkart', { budget: 10_000 });
  people = await settle(t, brand, { people: 60, seed: 7, now });
  const other = await t.createBrand('dailypaper', { budget: 10_000 });
  await settle(t, other, { people: 20, seed: 7, now });
});

afterAll(() => t.close());

async function page(
  where: CustomerCondition,
  first: number,
  after: string | null,
): Promise<{ ids: string[]; next: string | null }> {
  const variables = { first, after, filter: { where } };
  const { data, errors } = await t.run(document, variables, brand.apiKey);
  if (errors !== undefined) throw new Error(errors[0]?.message);
  const { nodes, pageInfo } = data['customers'];
  const next = pageInfo.hasNextPage ? (pageInfo.endCursor as string) : null;
  return { ids: nodes.map((node: { id: string }) => node.id), next };
}

async function list(where: CustomerCondition, first = 100): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const one = await page(where, first, after);
    ids.push(...one.ids);
    if (one.next === null) return ids;
    after = one.next;
  }
}

async function refusalOf(where: unknown): Promise<string> {
  const { errors } = await t.run(document, { filter: { where } }, brand.apiKey);
  const [error] = errors ?? [];
  if (error === undefined) return 'none';
  return `${(error.originalError as RequestError).code} ${error.message}`;
}

test('any condition lists those, and only those, who meet it one by one (P24, d7)', async () => {
  let met = 0;
  await fc.assert(
    fc.asyncProperty(anyCondition(now), fc.integer({ min: 1, max: 100 }), async (where, first) => {
      const expected = people.filter((one) => meets(one, where, now)).map(({ id }) => id);
      met += expected.length;
      const found = await list(where, Math.max(first, 7));
      expect(found.length).toBe(new Set(found).size);
      expect([...found].sort()).toEqual(expected.sort());
    }),
    { numRuns: runs(150), seed: 11 },
  );
  expect(met).toBeGreaterThan(500);
});

test('a walk through the pages of a condition loses nobody and tells nobody twice while others come (P24, d7)', async () => {
  const where: CustomerCondition = { trait: { name: 'walker', equals: 'yes' } };
  const join = async (name: string) => {
    const input = { externalId: name, traits: { walker: 'yes' } };
    const { customer } = await send(t, brand.apiKey, 'identifyCustomer', input, 'customer { id }');
    return customer.id as string;
  };
  const before = await Promise.all(Array.from({ length: 9 }, (_, at) => join(`walker-${at}`)));
  const seen: string[] = [];
  let after: string | null = null;
  for (let round = 0; ; round += 1) {
    const one = await page(where, 2, after);
    seen.push(...one.ids);
    await join(`late-${round}`);
    if (one.next === null) break;
    after = one.next;
  }
  expect(seen.length).toBe(new Set(seen).size);
  expect(before.filter((id) => !seen.includes(id))).toEqual([]);
});

test.each(nasty)('the text %j is looked for letter by letter (V14)', async (text) => {
  const named = (name: string, about: string) =>
    send(t, brand.apiKey, 'identifyCustomer', {
      externalId: `${name} ${text}`,
      traits: { about },
    });
  await named('with', `before ${text} after`);
  await named('without', 'before  after');
  const with_ = await list({ trait: { name: 'about', contains: text } });
  const model = await t.database.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM relationships r JOIN brands b ON b.id = r.brand_id
     WHERE b.slug = $1 AND strpos(r.traits ->> 'about', $2) > 0`,
    [brand.slug, text],
  );
  expect(with_).toHaveLength(model[0]?.n as number);
  expect(with_.length).toBeGreaterThan(0);
  expect(await list({ trait: { name: text, equals: text } })).toEqual([]);
  expect(await list({ streak: { current: { atLeast: 1 }, rule: text } })).toEqual([]);
  const [table] = await t.database.query<{ there: boolean }>(
    `SELECT to_regclass('segments') IS NOT NULL AS there`,
  );
  expect(table?.there).toBe(true);
});

test('the index a condition asks for is the one the average and the streak make today', async () => {
  const by = await t.createBrand('indexed');
  const { customer } = await send(
    t,
    by.apiKey,
    'identifyCustomer',
    { externalId: 'c' },
    'customer { id }',
  );
  await send(t, by.apiKey, 'recordAttention', { customer: { id: customer.id }, action: 'SCAN' });
  const meeting = async (index: object) => {
    const variables = { filter: { where: { attention: { index } } } };
    const { data } = await t.run(document, variables, by.apiKey);
    return (data['customers'].nodes as unknown[]).length;
  };
  const setTo = (ema: number, daysAgo: number, streak: number) =>
    t.database.query(
      `UPDATE attention_states s SET ema = $1, ema_day = (now() AT TIME ZONE 'UTC')::date - $2::integer,
         streak = $3 FROM brands b WHERE b.id = s.brand_id AND b.slug = 'indexed'`,
      [ema, daysAgo, streak],
    );
  for (const [ema, daysAgo, streak, index] of [
    [1, 0, 0, 45],
    [1, 0, 10, 55],
    [1, 14, 0, 26],
    [1, 30, 0, 13],
    [1, 60, 0, 3],
    [1, 90, 0, 1],
    [0, 0, 0, 0],
    [50, 0, 40, 100],
  ] as const) {
    await setTo(ema, daysAgo, streak);
    expect([index, await meeting({ atLeast: index, atMost: index })]).toEqual([index, 1]);
    expect([index, await meeting({ atLeast: index + 1 })]).toEqual([index, 0]);
  }
});

describe('a condition is refused', () => {
  test.each<[string, unknown, string]>([
    ['without a trait’s value', { trait: { name: 'tier' } }, 'filter.where.trait'],
    ['with an empty list', { and: [] }, 'filter.where.and'],
    ['with no value to be one of', { trait: { name: 'tier', in: [] } }, 'filter.where.trait'],
    ['that wants what is not there', { trait: { name: 'a', exists: false, equals: 'b' } }, 'trait'],
    ['with a range the wrong way round', { mu: { balance: { atLeast: 2, atMost: 1 } } }, 'balance'],
    ['with a range of nothing', { orders: { count: {} } }, 'filter.where.orders.count'],
    ['without saying what of the orders', { orders: {} }, 'filter.where.orders'],
    ['with an amount that is none', { orders: { value: { atLeast: '1,5' } } }, 'orders.value'],
    ['with days before the calendar', { createdAt: { withinDays: 36_501 } }, 'createdAt'],
    ['with a text that cannot be', { trait: { name: 'a', equals: '\u0000' } }, 'trait'],
    ['inside another one', { not: { or: [{ mu: { balance: {} } }] } }, 'not.or.mu.balance'],
  ])('%s', async (_, where, field) => {
    const refusal = await refusalOf(where);
    expect(refusal).toContain('BAD_USER_INPUT');
    expect(refusal).toContain(field);
  });

  test('when it names two things at once', async () => {
    const where = { mu: { balance: { atLeast: 1 } }, trait: { name: 'a', exists: true } };
    const { errors } = await t.run(document, { filter: { where } }, brand.apiKey);
    expect(errors?.[0]?.message).toMatch(/exactly one/i);
  });

  test('when it is deeper than the limit, and not at the limit', async () => {
    const deep = (levels: number): unknown =>
      levels === 1 ? { trait: { name: 'tier', exists: true } } : { not: deep(levels - 1) };
    const { filterDepth } = t.service.config.limits;
    expect(await refusalOf(deep(filterDepth + 1))).toContain('too deeply');
    expect(await refusalOf(deep(filterDepth))).toBe('none');
  });

  test('when it has more parts than the limit, and not at the limit', async () => {
    const wide = (values: number) => ({
      trait: { name: 'tier', in: Array.from({ length: values }, (_, at) => `v${at}`) },
    });
    const { filterParts } = t.service.config.limits;
    expect(await refusalOf(wide(filterParts))).toContain('BAD_USER_INPUT');
    expect(await refusalOf(wide(filterParts - 1))).toBe('none');
  });
});
