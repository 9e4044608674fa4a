import { fitWorthModels } from '../../src/worth/fit-worth-models.job';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { importCdnow, itIs, runJob } from './cdnow-brand';
import { keptOf, refreshOnce, send, worthOf } from './worth';

const who = { externalId: 'cdnow-00071' };
const dayMs = 86_400_000;

let t: TestService;
let brand: TestBrand;
let small: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('modelled');
  small = await t.createBrand('small');
  itIs(t, '1997-09-30');
  await importCdnow(t, brand, { each: 4, until: '1997-09-30' });
  await importCdnow(t, small, { each: 100, until: '1997-09-30' });
  for (const one of [brand, small]) {
    await send(t, one, 'updateWorthSettings', { clvModel: 'BG_NBD', horizonYears: 2 });
  }
});

afterAll(() => t.close());

async function settle(): Promise<void> {
  while ((await refreshOnce(t)) > 0);
}

async function sources(slug: string): Promise<string[]> {
  const rows = await t.database.query<{ said: string }>(
    `SELECT DISTINCT w.source || ' ' || w.model_version AS said FROM customer_worth w
     JOIN brands b ON b.id = w.brand_id WHERE b.slug = $1 ORDER BY 1`,
    [slug],
  );
  return rows.map(({ said }) => said);
}

async function predicted(weeks: number) {
  const document = `query ($by: CustomerBy!, $weeks: Int) { customer(by: $by) { relationship {
    predictedWorth(weeks: $weeks) { pAlive orders value { amount } } } } }`;
  const { data } = await t.run(document, { by: who, weeks }, brand.apiKey);
  return data['customer'].relationship.predictedWorth;
}

test('a brand that chose the model keeps the rule until there is one', async () => {
  await settle();
  expect((await worthOf(t, brand.apiKey, who)).clv).toMatchObject({ source: 'RULE' });
  expect(await sources('modelled')).toEqual(['RULE_6_9 clv-rule-1']);
});

test('all its customers are valued by the model soon after it was fitted', async () => {
  expect(await runJob(t, fitWorthModels)).toBe(2);
  await settle();
  expect(await sources('modelled')).toEqual(['BG_NBD bg-nbd-1/1']);
  const { clv } = await worthOf(t, brand.apiKey, who);
  const foretold = await predicted(104);
  expect(clv).toMatchObject({
    source: 'BG_NBD',
    modelVersion: 'bg-nbd-1/1',
    value: foretold.value,
    pAlive: foretold.pAlive,
  });
  expect((await keptOf(t, who.externalId))!['clv'] / 100).toBeCloseTo(
    Number(foretold.value.amount),
    2,
  );
});

test('a brand with too few orders keeps the rule although it chose the model', async () => {
  expect(await sources('small')).toEqual(['RULE_6_9 clv-rule-1']);
  const { data } = await t.run('{ brand { worthModel { outcome } } }', {}, small.apiKey);
  expect(data['brand'].worthModel).toEqual({ outcome: 'TOO_FEW_CUSTOMERS' });
});

test('an order moves what the model says in its own transaction', async () => {
  const before = (await worthOf(t, brand.apiKey, who)).clv!;
  const document = `mutation ($input: RecordOrderInput!) { recordOrder(input: $input) {
    userErrors { code } } }`;
  const input = {
    customer: who,
    externalId: 'one-more',
    orderedAt: '1997-09-30T06:00:00Z',
    items: 1,
    amount: '20.00',
    currency: 'INR',
    idempotencyKey: newKey(),
  };
  const { data } = await t.run(document, { input }, brand.apiKey);
  expect(data['recordOrder'].userErrors).toEqual([]);
  const after = (await worthOf(t, brand.apiKey, who)).clv!;
  expect(after['source']).toBe('BG_NBD');
  expect(after['expectedOrders']).toBeGreaterThan(before['expectedOrders'] as number);
  expect(after['expectedOrders']).toBeCloseTo((await predicted(52)).orders, 1);
});

test('what the model says grows old in a day, and a new model makes all of it old', async () => {
  expect(await refreshOnce(t)).toBe(0);
  t.clock.offsetMs += 1.5 * dayMs;
  const before = (await keptOf(t, who.externalId))!['computed_at'] as Date;
  await runJob(t, fitWorthModels);
  await settle();
  expect(await sources('modelled')).toEqual(['BG_NBD bg-nbd-1/2']);
  const after = (await keptOf(t, who.externalId))!['computed_at'] as Date;
  expect(new Date(after).getTime()).toBeGreaterThan(new Date(before).getTime());
});

test('what the brand says itself wins over the model, also when that is fitted anew', async () => {
  const scores = [{ customer: who, kind: 'CLV', value: 77 }];
  await send(t, brand, 'ingestScores', { scorer: 'own', version: '1', scores });
  t.clock.offsetMs += 2 * dayMs;
  await runJob(t, fitWorthModels);
  await settle();
  expect((await worthOf(t, brand.apiKey, who)).clv).toMatchObject({
    source: 'INGESTED',
    value: { amount: '77.00' },
  });
  expect(await sources('modelled')).toEqual(['BG_NBD bg-nbd-1/3', 'INGESTED own 1']);
});

test('a brand that chooses the rule again is back at it', async () => {
  await send(t, brand, 'updateWorthSettings', { clvModel: 'RULE' });
  t.clock.offsetMs += 1000;
  await settle();
  expect(await sources('modelled')).toEqual(['INGESTED own 1', 'RULE_6_9 clv-rule-1']);
});
