import fc from 'fast-check';
import { spread } from '../../src/economics/spread';
import { codesOf, send } from '../referrals/friends';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { dayBefore, spend } from './ledger-desk';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService({ limits: { spendMinor: 1_000_000, spendDays: 31 } });
  brand = await t.createBrand('velora');
  other = await t.createBrand('tripkart');
});

afterAll(() => t.close());

interface Day {
  day: string;
  purpose: string;
  minor: number;
  records: number;
  others: number;
}

const daysOf = (slug: string) =>
  t.database.query<Day>(
    `SELECT d.local_day::text AS day, d.purpose, d.amount_minor::int AS minor, d.records,
       d.other_currency AS others
     FROM brand_spend_days d JOIN brands b ON b.id = d.brand_id WHERE b.slug = $1 ORDER BY 1, 2`,
    [slug],
  );

test('an amount is spread over its days to the last coin', () => {
  const amounts = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 366 }), (amount, parts) => {
      const days = spread(amount, parts);
      expect(days).toHaveLength(parts);
      expect(days.reduce((sum, part) => sum + part, 0)).toBe(amount);
      expect(Math.max(...days) - Math.min(...days)).toBeLessThanOrEqual(1);
    }),
  );
});

test('spend is kept by day, and a credit takes off what was too much', async () => {
  const velvet = await t.createBrand('velvet');
  const week = { firstDay: '2026-03-01', lastDay: '2026-03-03' };
  await spend(t, velvet, '1.00', week);
  await spend(t, velvet, '0.40', { firstDay: '2026-03-02', credit: true });
  await spend(t, velvet, '5.00', { firstDay: '2026-03-02', currency: 'USD' });
  const purpose = 'ACQUISITION';
  expect(await daysOf('velvet')).toEqual([
    { day: '2026-03-01', purpose, minor: 33, records: 1, others: 0 },
    { day: '2026-03-02', purpose, minor: 33 - 40, records: 1, others: 1 },
    { day: '2026-03-03', purpose, minor: 34, records: 0, others: 0 },
  ]);
  const list = '{ brand { spend { nodes { amount { amount currencyCode } lastDay } } } }';
  const { data } = await t.run(list, {}, velvet.apiKey);
  expect(data['brand'].spend.nodes).toEqual([
    { amount: { amount: '1.00', currencyCode: 'INR' }, lastDay: '2026-03-03' },
    { amount: { amount: '5.00', currencyCode: 'USD' }, lastDay: '2026-03-02' },
    { amount: { amount: '-0.40', currencyCode: 'INR' }, lastDay: '2026-03-02' },
  ]);
});

test('a list of spend is walked page by page without a gap', async () => {
  const walked = await t.createBrand('walked');
  for (let day = 0; day < 5; day += 1)
    await spend(t, walked, `${day}.00`, { firstDay: dayBefore(day) });
  const document = `query ($after: String) { brand { spend(first: 2, after: $after) {
    nodes { amount { amount } } pageInfo { hasNextPage endCursor } } } }`;
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { data } = await t.run(document, { after }, walked.apiKey);
    const { nodes, pageInfo } = data['brand'].spend;
    seen.push(...nodes.map(({ amount }: { amount: { amount: string } }) => amount.amount));
    after = pageInfo.endCursor as string;
    more = pageInfo.hasNextPage as boolean;
  }
  expect(seen).toEqual(['0.00', '1.00', '2.00', '3.00', '4.00']);
});

test('what cannot be spend is refused, each limit at one more than it allows', async () => {
  const usual = { purpose: 'ACQUISITION', route: 'ADTECH', firstDay: '2026-03-01', amount: '1' };
  const refusals: [Record<string, unknown>, string, string][] = [
    [{ firstDay: '2026-02-30' }, 'INVALID_VALUE', 'firstDay'],
    [{ firstDay: 'yesterday' }, 'INVALID_VALUE', 'firstDay'],
    [{ lastDay: '2026-02-28' }, 'INVALID_VALUE', 'lastDay'],
    [{ lastDay: '2026-04-01' }, 'LIMIT_EXCEEDED', 'lastDay'],
    [{ amount: '10000.01' }, 'AMOUNT_TOO_LARGE', 'amount'],
    [{ amount: '-5' }, 'INVALID_VALUE', 'amount'],
    [{ currency: 'rupees' }, 'INVALID_VALUE', 'currency'],
    [{ campaign: '\u0000' }, 'INVALID_TEXT', 'campaign'],
    [{ externalId: ' ' }, 'INVALID_TEXT', 'externalId'],
  ];
  for (const [input, code, field] of refusals) {
    const payload = await send(t, brand.apiKey, 'record-spend', { ...usual, ...input });
    expect(payload).toMatchObject({ spend: null, userErrors: [{ code, field: [field] }] });
  }
  await spend(t, brand, '10000.00', { firstDay: '2026-03-01', lastDay: '2026-03-31' });
});

test('an external id is taken once, by each brand for itself', async () => {
  await spend(t, brand, '1', { externalId: 'invoice-1' });
  const again = await send(t, brand.apiKey, 'record-spend', {
    purpose: 'BRAND',
    route: 'OFFLINE',
    firstDay: '2026-03-01',
    amount: '1',
    externalId: 'invoice-1',
  });
  expect(codesOf(again)).toEqual(['ALREADY_EXISTS']);
  await spend(t, other, '1', { externalId: 'invoice-1' });
});

test('a batch answers each in its place, and one of 501 is no batch', async () => {
  const one = (n: number) => ({
    purpose: 'RETENTION',
    route: 'CRM',
    firstDay: '2026-03-01',
    amount: n === 1 ? 'much' : '2.00',
    idempotencyKey: `batch-of-spend-${n}`,
  });
  const document = `mutation ($input: RecordSpendBatchInput!) { recordSpendBatch(input: $input) {
    results { spend { amount { amount } } replayed userErrors { code } } userErrors { code } } }`;
  const batch = async (count: number) => {
    const input = { spend: Array.from({ length: count }, (_, n) => one(n)) };
    return (await t.run(document, { input }, other.apiKey)).data['recordSpendBatch'];
  };
  const { results } = await batch(3);
  expect(results).toEqual([
    { spend: { amount: { amount: '2.00' } }, replayed: false, userErrors: [] },
    { spend: null, replayed: false, userErrors: [{ code: 'INVALID_VALUE' }] },
    { spend: { amount: { amount: '2.00' } }, replayed: false, userErrors: [] },
  ]);
  expect((await batch(500)).results).toHaveLength(500);
  expect(await batch(501)).toEqual({ results: [], userErrors: [{ code: 'LIMIT_EXCEEDED' }] });
});

test('neither another brand nor a customer sees what a brand spends', async () => {
  const document = `query ($id: ID!) { node(id: $id) { ... on Brand { spend { nodes { id } } reacquisitions { nodes { id } } } } }`;
  const foreign = await t.run(document, { id: brand.id }, other.apiKey);
  expect(foreign.data['node']).toBeNull();
  const own = await t.run(document, { id: brand.id }, t.platformKey);
  expect(own.data['node'].spend.nodes.length).toBeGreaterThan(0);
});

test.each([
  ['1970-01-01', []],
  ['9998-12-31', []],
  ['1969-12-31', ['INVALID_VALUE']],
  ['9999-01-01', ['INVALID_VALUE']],
])(
  'what was spent on %s is refused where the calendar has no days around it',
  async (day, codes) => {
    const spent = { purpose: 'ACQUISITION', route: 'ADTECH', firstDay: day, amount: '1.00' };
    expect(codesOf(await send(t, brand.apiKey, 'record-spend', spent))).toEqual(codes);
  },
);
