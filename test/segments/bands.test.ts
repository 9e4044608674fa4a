import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { tokenOf } from '../customers/people';
import { divideAll, judgeAll, mark, segmentOf, told } from './desk';
import { send } from './population';

const dayMs = 86_400_000;
let t: TestService;
let brand: TestBrand;
let made = 0;
const ids: string[] = [];

beforeAll(async () => {
  t = await startTestService({ limits: { segmentSweep: 4 } });
});

/** Ten who ordered for 100, 200, … 1,000, the last two of them twice, and two who never did. */
beforeEach(async () => {
  t.clock.offsetMs = 0;
  brand = await t.createBrand(`kaapi-${(made += 1)}`);
  ids.length = 0;
  for (let at = 0; at < 12; at += 1) {
    const input = { externalId: `c${at}`, traits: {} };
    const { customer } = await send(t, brand.apiKey, 'identifyCustomer', input, 'customer { id }');
    ids.push(customer.id as string);
    if (at < 10) await order(at, (at + 1) * 100);
  }
  await worth(ids.map((_, at) => (at < 10 ? (at + 1) * 10_000 : 0)));
});

afterAll(() => t.close());

async function order(at: number, amount: number, daysAgo = 3): Promise<void> {
  await send(t, brand.apiKey, 'recordPurchase', {
    customer: { id: ids[at] },
    externalId: `o${at}-${Math.random()}`,
    purchasedAt: new Date(Date.now() - daysAgo * dayMs).toISOString(),
    items: 1,
    amount: `${amount}.00`,
    currency: 'INR',
  });
}

/** So many who order for the first time. */
async function newcomers(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const input = { externalId: `c${ids.length}`, traits: {} };
    const { customer } = await send(t, brand.apiKey, 'identifyCustomer', input, 'customer { id }');
    await order(ids.push(customer.id as string) - 1, 100);
  }
}

/** Sets what customers are worth, as a model of the brand's own would. */
async function worth(minors: readonly number[]): Promise<void> {
  for (const [at, minor] of minors.entries()) {
    await t.database.query(
      `INSERT INTO customer_worth AS w (brand_id, customer_id, clv_minor, source, model_version, computed_at)
       SELECT r.brand_id, r.customer_id, $3, 'INGESTED', 'test', now() FROM relationships r
       JOIN brands b ON b.id = r.brand_id WHERE b.slug = $1 AND r.external_id = $2
       ON CONFLICT (brand_id, customer_id) DO UPDATE SET clv_minor = excluded.clv_minor`,
      [brand.slug, `c${at}`, minor],
    );
  }
}

async function silence(at: number, dormancy: string): Promise<void> {
  await t.database.query(
    `INSERT INTO attention_states (brand_id, customer_id, first_contact_at, delivered_since, ema,
       dormancy, dormancy_since, band, band_since)
     SELECT r.brand_id, r.customer_id, now(), 0, 0, $3, now(), 'SILENT', now() FROM relationships r
     JOIN brands b ON b.id = r.brand_id WHERE b.slug = $1 AND r.external_id = $2
     ON CONFLICT (brand_id, customer_id) DO UPDATE SET dormancy = excluded.dormancy`,
    [brand.slug, `c${at}`, dormancy],
  );
}

const bandFields = `model modelVersion asOf window { from until } comparedWith
  bands { band customers share revenue { amount currencyCode } revenueShare
    lifetimeValue { amount } netMovement }`;

async function divided(model: string, bearer = brand.apiKey): Promise<Data | null> {
  const document = `query ($model: SegmentationModel!) { brand { segmentation(model: $model) { ${bandFields} } } }`;
  const { data, errors } = await t.run(document, { model }, bearer);
  if (errors !== undefined) throw new Error(errors[0]?.message);
  return data['brand'].segmentation as Data | null;
}

async function bandOf(at: number, model: string, bearer = brand.apiKey): Promise<Data | null> {
  const document = `query ($by: CustomerBy!, $model: SegmentationModel!) {
    customer(by: $by) { relationship { band(model: $model) { model band progress attentiveness modelVersion } } } }`;
  const { data } = await t.run(document, { by: { id: ids[at] }, model }, bearer);
  return data['customer'].relationship.band as Data | null;
}

async function again(): Promise<void> {
  t.clock.offsetMs += 60_000;
  await send(t, brand.apiKey, 'recomputeSegmentation', {});
  await divideAll(t);
}

test('by worth the best are two of ten and bring what they bring, and who never ordered is next', async () => {
  expect(await divided('VALUE_2021')).toBeNull();
  await divideAll(t);
  const found = await divided('VALUE_2021');
  expect(found).toMatchObject({
    model: 'VALUE_2021',
    modelVersion: 'value-2021-1',
    comparedWith: null,
  });
  expect(found?.['bands']).toMatchObject([
    { band: 'BEST', customers: 2, revenue: { amount: '1900.00', currencyCode: 'INR' } },
    { band: 'REST', customers: 3, revenue: { amount: '2100.00' } },
    { band: 'TEST', customers: 5, revenue: { amount: '1500.00' } },
    { band: 'NEXT', customers: 2, revenue: { amount: '0.00' }, netMovement: null },
  ]);
  const shares = (found?.['bands'] as Data[]).map((one) => one['share'] as number);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  expect(found?.['bands'][0].revenueShare).toBeCloseTo(1900 / 5500);
  expect(found?.['bands'][0].lifetimeValue).toEqual({ amount: '1900.00' });
  const { from, until } = found?.['window'] as { from: string; until: string };
  expect(Date.parse(until) - Date.parse(from)).toBe(365 * dayMs);
  expect(await bandOf(9, 'VALUE_2021')).toMatchObject({ model: 'VALUE_2021', band: 'BEST' });
  expect(await bandOf(11, 'VALUE_2021')).toMatchObject({ band: 'NEXT', progress: 'NO_ORDER' });
});

test('by attention the best must also be active, and the gone are test', async () => {
  await silence(9, 'ACTIVE');
  await silence(8, 'DRIFTING');
  await silence(7, 'DORMANT');
  await silence(0, 'LOST');
  await silence(11, 'ACTIVE');
  await divideAll(t);
  expect((await divided('ATTENTION_2025'))?.['bands']).toMatchObject([
    { band: 'BEST', customers: 1 },
    { band: 'REST', customers: 7 },
    { band: 'TEST', customers: 2 },
    { band: 'NEXT', customers: 2 },
  ]);
});

test('the table has twelve cells, with what is at risk and who moved since the division before', async () => {
  for (const at of [0, 1, 9]) await silence(at, 'ACTIVE');
  await silence(7, 'DORMANT');
  await divideAll(t);
  const document = `{ brand { transactionAttentionTable { model modelVersion comparedWith cells {
    progress attentiveness band customers revenue { amount } revenueAtRisk { amount } netMovement } } } }`;
  const table = async () => {
    const { data } = await t.run(document, {}, brand.apiKey);
    return data['brand'].transactionAttentionTable as Data;
  };
  const cellOf = ({ cells }: Data, progress: string, attentiveness: string) =>
    (cells as Data[]).find(
      (cell) => cell['progress'] === progress && cell['attentiveness'] === attentiveness,
    );
  const first = await table();
  expect(first).toMatchObject({
    model: 'TAT_2026',
    modelVersion: 'tat-2026-1',
    comparedWith: null,
  });
  expect(first['cells']).toHaveLength(12);
  expect(cellOf(first, 'FIRST', 'ATTENTIVE')).toMatchObject({
    band: 'TEST',
    customers: 2,
    revenue: { amount: '300.00' },
    revenueAtRisk: { amount: '0.00' },
    netMovement: null,
  });
  expect(cellOf(first, 'LOYAL', 'ATTENTIVE')).toMatchObject({ band: 'BEST', customers: 1 });
  expect(cellOf(first, 'FIRST', 'GONE')).toMatchObject({
    band: 'REST',
    customers: 1,
    revenueAtRisk: { amount: '800.00' },
  });
  await order(0, 50);
  await silence(1, 'DORMANT');
  await again();
  const second = await table();
  expect(second['comparedWith']).not.toBeNull();
  expect(cellOf(second, 'FIRST', 'ATTENTIVE')).toMatchObject({ customers: 0, netMovement: -2 });
  expect(cellOf(second, 'REPEAT', 'ATTENTIVE')).toMatchObject({ customers: 1, netMovement: 1 });
  expect(cellOf(second, 'FIRST', 'GONE')).toMatchObject({ customers: 2, netMovement: 1 });
  const moved = (second['cells'] as Data[]).map((cell) => cell['netMovement'] as number);
  expect(moved.reduce((sum, one) => sum + one, 0)).toBe(0);
});

test('who comes into another band is told once by each model, and moves in and out of segments', async () => {
  const condition = { band: { model: 'VALUE_2021', in: ['BEST'] } };
  const saved = { name: 'best', condition };
  const { segment } = await send(t, brand.apiKey, 'upsertSegment', saved, 'segment { id }');
  await divideAll(t);
  await judgeAll(t);
  const members = async () => (await segmentOf(t, brand.apiKey, segment.id as string)).members;
  expect([...(await members())].sort()).toEqual([ids[8], ids[9]].sort());
  const since = await mark(t);
  await worth([2_000_000]);
  await again();
  await again();
  await judgeAll(t);
  const changes = await told(t, 'band.changed', since);
  const byValue = changes.filter((change) => change['model'] === 'VALUE_2021');
  expect(byValue).toContainEqual({
    customerId: ids[0],
    model: 'VALUE_2021',
    band: 'BEST',
    before: 'TEST',
  });
  expect(byValue).toContainEqual({
    customerId: ids[8],
    model: 'VALUE_2021',
    band: 'REST',
    before: 'BEST',
  });
  expect(new Set(byValue.map((one) => one['customerId'])).size).toBe(byValue.length);
  expect([...(await members())].sort()).toEqual([ids[0], ids[9]].sort());
  const entered = await told(t, 'segment.changed', since);
  expect(entered).toHaveLength(2);
  expect(entered).toContainEqual(
    expect.objectContaining({ customerId: ids[0], change: 'ENTERED' }),
  );
  expect(entered).toContainEqual(expect.objectContaining({ customerId: ids[8], change: 'LEFT' }));
});

test('bands are found anew when their days are over, and not before', async () => {
  await divideAll(t);
  const asOf = async () => (await divided('VALUE_2021'))?.['asOf'] as string;
  const first = await asOf();
  t.clock.offsetMs += 29 * dayMs;
  await divideAll(t);
  expect(await asOf()).toBe(first);
  t.clock.offsetMs += 2 * dayMs;
  await divideAll(t);
  expect(Date.parse(await asOf())).toBeGreaterThan(Date.parse(first) + 29 * dayMs);
  expect((await divided('VALUE_2021'))?.['comparedWith']).toBe(first);
});

test('a base that has more than doubled since is divided anew, but not at once', async () => {
  const asOf = async () => (await divided('VALUE_2021'))?.['asOf'] as string;
  await divideAll(t);
  const first = await asOf();
  await newcomers(10);
  t.clock.offsetMs += 11 * 60_000;
  await divideAll(t);
  expect(await asOf()).toBe(first);
  await newcomers(1);
  await divideAll(t);
  const second = await asOf();
  expect(Date.parse(second)).toBeGreaterThan(Date.parse(first));
  await newcomers(30);
  await divideAll(t);
  expect(await asOf()).toBe(second);
});

test('only the trailing days count as revenue', async () => {
  await order(10, 700, 20);
  await send(t, brand.apiKey, 'recomputeSegmentation', { trailingDays: 10 });
  await divideAll(t);
  const total = ((await divided('VALUE_2021'))?.['bands'] as Data[])
    .map((band) => Number(band['revenue'].amount))
    .reduce((sum, amount) => sum + amount, 0);
  expect(total).toBe(5500);
});

test('trailing days out of range are refused', async () => {
  await expect(send(t, brand.apiKey, 'recomputeSegmentation', { trailingDays: 0 })).rejects.toThrow(
    'INVALID_VALUE',
  );
  await expect(
    send(t, brand.apiKey, 'recomputeSegmentation', { trailingDays: 3651 }),
  ).rejects.toThrow('INVALID_VALUE');
  await send(t, brand.apiKey, 'recomputeSegmentation', { trailingDays: 3650 });
});

test('a brand’s division is its own, and a customer sees their own band by a token of the brand', async () => {
  await divideAll(t);
  const token = await tokenOf(t, brand, { id: ids[9] });
  expect(await divided('VALUE_2021', token)).toBeNull();
  expect(await bandOf(9, 'VALUE_2021', token)).toMatchObject({ band: 'BEST' });
  const other = await t.createBrand(`other-${made}`);
  expect(await divided('VALUE_2021', other.apiKey)).toBeNull();
});
