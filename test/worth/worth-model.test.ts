import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { importCdnow, itIs, runJob } from './cdnow-brand';

const modelQuery = `{ brand { worthModel { outcome triedAt customers repeatCustomers leastCustomers
  version fittedAt asOf window { from until } modelVersion
  buying { r alpha a b logLikelihood } spending { p q v logLikelihood } } } }`;

const predictedQuery = `query ($externalId: String!, $weeks: Int) {
  customer(by: { externalId: $externalId }) { id relationship { predictedWorth(weeks: $weeks) {
    pAlive orders orderValue { amount currencyCode } revenue { amount } value { amount }
    asOf window { from until } modelVersion } } } }`;

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService({ limits: { worthModelHours: 24 } });
  brand = await t.createBrand('cdnow');
  other = await t.createBrand('small');
  await importCdnow(t, brand, { each: 1, until: '1997-09-30' });
  await importCdnow(t, other, { each: 60, until: '1997-09-30' });
  itIs(t, '1997-09-30');
}, 300_000);

afterAll(() => t.close());

async function modelOf(apiKey: string) {
  const { data } = await t.run(modelQuery, {}, apiKey);
  return data['brand']['worthModel'];
}

async function predictedOf(externalId: string, weeks?: number, apiKey = brand.apiKey) {
  const { data, errors } = await t.run(predictedQuery, { externalId, weeks }, apiKey);
  return { errors, predicted: data['customer']?.relationship?.predictedWorth };
}

it('has no model before the first try, and foretells nothing', async () => {
  expect(await modelOf(brand.apiKey)).toBeNull();
  expect((await predictedOf('cdnow-00004')).predicted).toBeNull();
});

it('fits each brand once a turn, and tells one that is too small why it has no model', async () => {
  expect(await runJob(t)).toBe(2);
  expect(await modelOf(other.apiKey)).toMatchObject({
    outcome: 'TOO_FEW_CUSTOMERS',
    customers: 39,
    leastCustomers: 200,
    version: null,
    buying: null,
    modelVersion: 'bg-nbd-1',
  });
  expect(await runJob(t)).toBe(0);
});

it('finds in the orders of the brand the parameters that the paper finds', async () => {
  const model = await modelOf(brand.apiKey);
  expect(model).toMatchObject({ outcome: 'FITTED', customers: 2357, repeatCustomers: 946 });
  expect(model).toMatchObject({ version: 1, modelVersion: 'bg-nbd-1/1', window: { from: null } });
  expect(model.buying.r).toBeCloseTo(0.243, 3);
  expect(model.buying.alpha).toBeCloseTo(4.414, 2);
  expect(model.buying.logLikelihood).toBeCloseTo(-9582.4, 1);
  expect(model.spending.p).toBeCloseTo(6.25, 2);
  expect(model.fittedAt).toBe(model.triedAt);
});

it('foretells of a customer what the paper’s worksheet does, from what is kept of them', async () => {
  const { predicted } = await predictedOf('cdnow-00004', 39);
  expect(predicted.orders).toBeCloseTo(1.226, 3);
  expect(predicted.pAlive).toBeGreaterThan(0.5);
  expect(predicted.modelVersion).toBe('bg-nbd-1/1');
  const weeks = Date.parse(predicted.window.until) - Date.parse(predicted.window.from);
  expect(weeks).toBe(39 * 7 * 86_400_000);
  const revenue = predicted.orders * Number(predicted.orderValue.amount);
  expect(Number(predicted.revenue.amount)).toBeCloseTo(revenue, 0);
  expect(Number(predicted.value.amount)).toBeCloseTo(revenue * 0.4, 0);
});

it('discounts what later years bring', async () => {
  const one = (await predictedOf('cdnow-00004', 52)).predicted;
  const two = (await predictedOf('cdnow-00004', 104)).predicted;
  const margin = (later: { orders: number; orderValue: { amount: string } }) =>
    later.orders * Number(later.orderValue.amount) * 0.4;
  const second = margin(two) - margin(one);
  expect(Number(two.value.amount)).toBeCloseTo(margin(one) + second / 1.1, 0);
});

it('looks from one week to ten years ahead and not a week further', async () => {
  expect((await predictedOf('cdnow-00004', 1)).predicted.orders).toBeGreaterThan(0);
  expect((await predictedOf('cdnow-00004', 520)).predicted.orders).toBeGreaterThan(1);
  for (const weeks of [0, -1, 521]) {
    const { errors } = await predictedOf('cdnow-00004', weeks);
    expect(errors?.[0]?.message).toBe('weeks must be from 1 to 520');
  }
});

it('shows the model to nobody but the brand and the platform, and a customer their own worth', async () => {
  const foreign = `query ($id: ID!) { brand(id: $id) { worthModel { version } } }`;
  const asked = await t.run(foreign, { id: brand.id }, other.apiKey);
  expect(asked.data['brand']).toBeNull();
  const platform = await t.run(foreign, { id: brand.id }, t.platformKey);
  expect(platform.data['brand'].worthModel).toEqual({ version: 1 });
  const { data } = await t.run(
    `mutation ($input: CreateCustomerTokenInput!) { createCustomerToken(input: $input) { token } }`,
    { input: { customer: { externalId: 'cdnow-00004' }, idempotencyKey: newKey() } },
    brand.apiKey,
  );
  const { token } = data['createCustomerToken'];
  expect(await modelOf(token)).toBeNull();
  const me = await t.run(
    `{ me { relationships { predictedWorth(weeks: 39) { orders } } } }`,
    {},
    token,
  );
  expect(me.data['me'].relationships[0].predictedWorth.orders).toBeCloseTo(1.226, 3);
});

it('foretells a page of customers in as many statements as one', async () => {
  const list = `query ($first: Int!) { customers(first: $first) { nodes {
    relationship { predictedWorth { orders } } } } }`;
  const one = await t.run(list, { first: 1 }, brand.apiKey);
  const many = await t.run(list, { first: 50 }, brand.apiKey);
  expect(many.data['customers'].nodes).toHaveLength(50);
  expect(many.statements).toBe(one.statements);
});

it('fits anew after a day, on no more customers than the limit, and keeps the old model', async () => {
  const { limits } = t.service.config;
  t.clock.offsetMs += 23 * 3_600_000;
  expect(await runJob(t)).toBe(0);
  t.clock.offsetMs += 2 * 3_600_000;
  limits.worthModelCustomers = 2356;
  limits.worthModelLeastCustomers = 39;
  limits.worthModelLeastRepeating = 1;
  expect(await runJob(t)).toBe(2);
  expect(await modelOf(brand.apiKey)).toMatchObject({ version: 2, customers: 2356 });
  expect((await modelOf(other.apiKey)).outcome).not.toBe('TOO_FEW_CUSTOMERS');
  const kept = await t.database.query(`SELECT m.version, m.customers FROM worth_models m
    JOIN brands b ON b.id = m.brand_id WHERE b.slug = 'cdnow' ORDER BY m.version`);
  expect(kept).toEqual([
    { version: 1, customers: 2357 },
    { version: 2, customers: 2356 },
  ]);
});

it('keeps the model in use when a later try finds none, and says why', async () => {
  const { limits } = t.service.config;
  t.clock.offsetMs += 25 * 3_600_000;
  Object.assign(limits, { worthModelCustomers: 200_000, worthModelLeastRepeating: 947 });
  expect(await runJob(t)).toBe(2);
  const model = await modelOf(brand.apiKey);
  expect(model).toMatchObject({ outcome: 'TOO_FEW_REPEAT_CUSTOMERS', version: 2 });
  expect(model.buying.r).toBeGreaterThan(0);
  t.clock.offsetMs += 25 * 3_600_000;
  limits.worthModelLeastRepeating = 946;
  await runJob(t);
  expect(await modelOf(brand.apiKey)).toMatchObject({ outcome: 'FITTED', version: 3 });
});
