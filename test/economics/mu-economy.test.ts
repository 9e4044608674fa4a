import { proveLedger } from '../../src/economics/prove-ledger.job';
import { weighEconomy } from '../../src/economics/weigh-economy.job';
import { must as did } from '../promises/operations';
import { Scene } from '../promises/scene';
import { must, send } from '../referrals/friends';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { acquire, customerSilentFor, dayBefore, figure, order, spend } from './ledger-desk';

let t: TestService;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

const economy = (brand: TestBrand, period?: { firstDay: string; lastDay: string }) =>
  figure(t, brand, 'mu-economy', 'muEconomy', period);

const jobs = () => ({ ...t.service, clock: t.clock, log: t.service.log }) as never;

async function profitOf(brand: TestBrand, externalId: string): Promise<Data> {
  const document = `query ($by: CustomerBy!) { customer(by: $by) { relationship { customerProfit {
    revenue { amount } margin { amount } acquisition { amount } service { amount } mu { amount }
    messages { amount } profit { amount } otherCurrencyOrders } } } }`;
  const { data, errors } = await t.run(document, { by: { externalId } }, brand.apiKey);
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data['customer'].relationship.customerProfit)) as Data;
}

test('Mu are followed from the brand to people and out of the world, and a reversal takes back', async () => {
  const scene = await Scene.create(t, 'kaapico', 10_000);
  const { brand } = scene;
  const { externalId } = await scene.customer(50);
  await scene.grantTo({ externalId });
  const mistaken = await scene.grantTo({ externalId });
  await did(t, brand.apiKey, 'reverseTransfer', {
    id: mistaken,
    reason: 'a mistake',
    idempotencyKey: newKey(),
  });
  const id = await scene.redemptionOf({ externalId }, 20);
  await did(t, brand.apiKey, 'captureRedemption', { id, idempotencyKey: newKey() });
  await scene.redemptionOf({ externalId }, 5);
  const gone = await scene.customer(30);
  await did(t, brand.apiKey, 'optOutOfMu', {
    customer: { id: gone.id },
    idempotencyKey: newKey(),
  });
  const told = await economy(brand);
  expect(told).toMatchObject({
    purchased: 10_000,
    issued: 90,
    burned: 20,
    extinguished: 30,
    decayed: 0,
    outstanding: 40,
    muCost: { amount: '9.00', currencyCode: 'INR' },
    verified: 10,
    ledgerSum: null,
    previous: { issued: 0, burned: 0 },
  });
  expect(told['burnRate']).toBeCloseTo(20 / 90, 10);
  const [held] = await t.database.query<{ sum: number }>(
    `SELECT sum(s.balance + s.held)::int AS sum FROM wallet_shares s
     JOIN brands b ON b.id = s.brand_id WHERE b.slug = 'kaapico'`,
  );
  expect(held?.sum).toBe(40);
});

test('the ledger is proven to sum to zero, which the platform sees', async () => {
  const brand = await t.createBrand('proven', { budget: 100 });
  const outcomes: unknown[] = [];
  const context = { ...(jobs() as object), report: (told: unknown) => outcomes.push(told) };
  await proveLedger.run(context as never);
  await proveLedger.run(context as never);
  expect(outcomes).toEqual([{ job: 'prove-ledger', outcomes: { balanced: 1 } }]);
  const document = `query ($id: ID!) { brand(id: $id) { muEconomy { ledgerSum ledgerProvenAt } } }`;
  const seen = await t.run(document, { id: brand.id }, t.platformKey);
  expect(seen.data['brand'].muEconomy).toEqual({
    ledgerSum: 0,
    ledgerProvenAt: expect.any(String),
  });
  const own = await t.run(document, { id: brand.id }, brand.apiKey);
  expect(own.data['brand'].muEconomy).toEqual({ ledgerSum: null, ledgerProvenAt: null });
});

test('verified attention costs its Mu and messages, beside what a customer costs who is bought back', async () => {
  const scene = await Scene.create(t, 'velora', 10_000);
  const { brand } = scene;
  const { externalId } = await scene.customer();
  const messageId = await scene.message({ openMu: 1, actionMuMax: 10 });
  await must(t, brand.apiKey, 'record-deliveries', { messageId, customers: [{ externalId }] });
  await scene.grantTo({ externalId });
  const back = await customerSilentFor(t, brand, 200);
  await acquire(t, brand, back, { cost: '100.00' });
  // Ten Mu at Rs 0.10 and a mail at Rs 0.01 for one scan.
  expect(await economy(brand)).toMatchObject({
    messageCost: { amount: '0.01' },
    costPerVerifiedAttention: { amount: '1.01' },
  });
  const told = await figure(t, brand, 'mu-economy', 'attentionVsAuction');
  expect(told).toMatchObject({
    verified: 1,
    costPerVerifiedAttention: { amount: '1.01' },
    reacquisitions: 1,
    costPerReacquisition: { amount: '100.00' },
    previous: { verified: 0 },
  });
  expect(told['attentionPerReacquisition']).toBeCloseTo(100 / 1.01, 6);
});

test('what is in the shop covers what is outstanding, unless something never runs out', async () => {
  const scene = await Scene.create(t, 'shops', 10_000);
  const { brand } = scene;
  await scene.customer(100);
  const item = (externalId: string, stock: number | null) =>
    must(t, brand.apiKey, 'upsert-shop-item', { externalId, name: 'A cup', price: 25, stock });
  await item('cup', 2);
  expect(await economy(brand)).toMatchObject({ outstanding: 100, sink: 50, sinkCoverage: 0.5 });
  await item('song', null);
  expect(await economy(brand)).toMatchObject({ sink: null, sinkCoverage: null });
});

test('a customer’s profit is the margin less what they cost, and the job tells where profit lies', async () => {
  const scene = await Scene.create(t, 'profits', 10_000);
  const { brand } = scene;
  const costs = { serviceCostPerOrder: '5.00', messageCosts: [{ channel: 'EMAIL', cost: '0.50' }] };
  await must(t, brand.apiKey, 'set-unit-costs', costs);
  const { id, externalId } = await scene.customer(100);
  await order(t, brand, { id }, 3, { amount: '1000.00' });
  await order(t, brand, { id }, 2, { amount: '9.00', currency: 'USD' });
  await acquire(t, brand, { id }, { cost: '100.00' });
  await acquire(t, brand, { id }, { campaign: 'spring' });
  await spend(t, brand, '50.00', { campaign: 'spring' });
  const messageId = await scene.message();
  await must(t, brand.apiKey, 'record-deliveries', { messageId, customers: [{ externalId }] });
  expect(await profitOf(brand, externalId)).toEqual({
    revenue: { amount: '1000.00' },
    margin: { amount: '400.00' },
    acquisition: { amount: '150.00' },
    service: { amount: '5.00' },
    mu: { amount: '10.00' },
    messages: { amount: '0.50' },
    profit: { amount: '234.50' },
    otherCurrencyOrders: 1,
  });
  const silent = await scene.customer();
  await acquire(t, brand, silent, { cost: '34.50' });
  // Whoever was merged into another is nobody of their own.
  const double = await scene.customer();
  await must(t, brand.apiKey, 'merge-customers', {
    from: { id: double.id },
    into: { id: silent.id },
    reason: 'one card',
  });
  while ((await weighEconomy.run(jobs())) > 0);
  const told = await figure(t, brand, 'executive-summary', 'executiveSummary');
  expect(told['profitConcentration']).toMatchObject({
    customers: 2,
    profit: { amount: '200.00' },
    tenths: [
      { rank: 1, customers: 1, profit: { amount: '234.50' } },
      { rank: 2, customers: 1, profit: { amount: '-34.50' } },
    ],
    bestFifthShare: 1,
  });
  const token = await scene.tokenOf({ id, externalId });
  const own = await t.run(
    '{ me { relationship { customerProfit { profit { amount } } } } }',
    {},
    token,
  );
  expect(own.data['me'].relationship.customerProfit).toBeNull();
});

test('messages follow whoever is merged, and their cost with them', async () => {
  const scene = await Scene.create(t, 'merges', 10_000);
  const { brand } = scene;
  const [from, into] = [await scene.customer(), await scene.customer()];
  const messageIds = [await scene.message(), await scene.message()];
  const deliver = (messageId: string, id: string) =>
    must(t, brand.apiKey, 'record-deliveries', { messageId, customers: [{ id }] });
  await deliver(messageIds[0] as string, from.id);
  await deliver(messageIds[1] as string, into.id);
  await order(t, brand, from, 3, { amount: '10.00' });
  await order(t, brand, into, 2, { amount: '20.00' });
  await must(t, brand.apiKey, 'merge-customers', {
    from: { id: from.id },
    into: { id: into.id },
    reason: 'one person',
  });
  expect(await profitOf(brand, into.externalId)).toMatchObject({
    revenue: { amount: '30.00' },
    messages: { amount: '0.02' },
  });
  expect(await economy(brand)).toMatchObject({ messageCost: { amount: '0.02' } });
});

test('a budget of 90 to 10 that becomes 75 to 25 buys attention for what it gives up', async () => {
  const scene = await Scene.create(t, 'shifts', 10_000);
  const { brand } = scene;
  await spend(t, brand, '900.00');
  await spend(t, brand, '100.00', { purpose: 'RETENTION', route: 'CRM' });
  const person = await scene.customer();
  await acquire(t, brand, person, { cost: '100.00' });
  await acquire(t, brand, await customerSilentFor(t, brand, 200), { cost: '50.00' });
  await scene.grantTo({ externalId: person.externalId });
  const document = `query ($to: BudgetTargetInput!) { brand { simulateBudgetShift(to: $to) {
    before { existing { amount } existingShare } after { newCustomers { amount } existing { amount } }
    moved { amount } mu verifiedAttention acquisitionsGivenUp newCustomersGivenUp
    wasteAvoided { amount } assumptions modelVersion } } }`;
  const ask = (existingPercent: number) =>
    t.run(document, { to: { existingPercent } }, brand.apiKey);
  const told = (await ask(25)).data['brand'].simulateBudgetShift;
  expect(told).toMatchObject({
    before: { existing: { amount: '100.00' }, existingShare: 0.1 },
    after: { newCustomers: { amount: '750.00' }, existing: { amount: '250.00' } },
    moved: { amount: '150.00' },
    mu: 1500,
    verifiedAttention: 150,
    acquisitionsGivenUp: 2,
    newCustomersGivenUp: 1,
    wasteAvoided: { amount: '50.00' },
    modelVersion: 'budget-shift-1',
  });
  expect(told.assumptions.length).toBeGreaterThan(3);
  expect((await ask(101)).errors?.[0]?.message).toContain('existingPercent');
});

test('a price that is none is refused, and what is left out stays', async () => {
  const brand = await t.createBrand('prices');
  const set = (input: Record<string, unknown>) => send(t, brand.apiKey, 'set-unit-costs', input);
  const refusals: [Record<string, unknown>, string[]][] = [
    [{ muPrice: '-1' }, ['muPrice']],
    [{ muPrice: '0.1234567' }, ['muPrice']],
    [{ messageCosts: [{ channel: 'SMS', cost: '' }] }, ['messageCosts', '0', 'cost']],
    [{ serviceCostPerOrder: '1.001' }, ['serviceCostPerOrder']],
    [{ survivalDays: 0 }, ['survivalDays']],
    [{ survivalDays: 366 }, ['survivalDays']],
  ];
  for (const [input, field] of refusals) {
    expect(await set(input)).toMatchObject({
      unitCosts: null,
      userErrors: [{ code: 'INVALID_VALUE', field }],
    });
  }
  await set({ survivalDays: 365 });
  const { unitCosts } = await set({ muPrice: '0.123456' });
  expect(unitCosts).toMatchObject({
    muPrice: '0.123456',
    survivalDays: 365,
    messageCosts: [
      { channel: 'EMAIL', cost: '0.01' },
      { channel: 'SMS', cost: '0.13' },
      { channel: 'WHATSAPP', cost: '0.30' },
    ],
  });
  expect((await figure(t, brand, 'mu-economy', 'unitCosts'))['muPrice']).toBe('0.123456');
});

test('two brands with the same people see each its own', async () => {
  const a = await Scene.create(t, 'brand-a', 1000);
  const b = await Scene.create(t, 'brand-b', 1000);
  await a.link('shared', 'shared@example.in');
  await b.link('shared', 'shared@example.in');
  await b.grantTo({ externalId: 'shared' });
  await spend(t, b.brand, '5.00');
  const empty = { issued: 0, burned: 0, outstanding: 0, verified: 0 };
  expect(await economy(a.brand)).toMatchObject(empty);
  expect(await figure(t, a.brand, 'budget-split', 'budgetSplit')).toMatchObject({
    spent: { amount: '0.00' },
  });
  expect((await profitOf(a.brand, 'shared'))['mu']).toEqual({ amount: '0.00' });
  expect((await profitOf(b.brand, 'shared'))['mu']).toEqual({ amount: '1.00' });
  expect(await economy(a.brand, { firstDay: dayBefore(0), lastDay: dayBefore(0) })).toMatchObject(
    empty,
  );
});
