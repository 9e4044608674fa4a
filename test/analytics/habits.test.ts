import { Writing } from '../contact/writing';
import { weighEconomy } from '../../src/economics/weigh-economy.job';
import { figure } from '../economics/ledger-desk';
import { Scene } from '../promises/scene';
import { must } from '../referrals/friends';
import { startTestService, type TestService } from '../support/test-service';
import { reckon, standingOf } from './desk';

const dayMs = 86_400_000;
let t: TestService;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

test('openStreakRate is the part of the active whose streak has five days or more', async () => {
  const brand = await t.createBrand('habits', { budget: 1000 });
  const rule = { name: 'visit', action: 'VISIT', amount: 1, streak: {} };
  await must(t, brand.apiKey, 'upsert-earn-rule', rule);
  const days = { silent: 0, four: 4, five: 5, six: 6 };
  for (const [externalId, running] of Object.entries(days)) {
    await must(t, brand.apiKey, 'identify-customer', { externalId });
    for (let ago = running - 1; ago >= 0; ago -= 1) {
      t.clock.offsetMs = -ago * dayMs;
      const visit = { customer: { externalId }, action: 'VISIT' };
      await must(t, brand.apiKey, 'record-attention', visit);
    }
  }
  t.clock.offsetMs = 0;
  await reckon(t);
  const { openStreakRate } = await standingOf(t, brand);
  expect(openStreakRate).toMatchObject({ active: 3, streaking: 2 });
  expect(openStreakRate.rate).toBeCloseTo(2 / 3, 12);
});

test('activationRate is the part of those with Mu of whom an address is confirmed', async () => {
  const scene = await Scene.create(t, 'activates');
  for (const mu of [10, 20, 10, 0]) {
    const { externalId } = await scene.customer(mu);
    const email = `${externalId}@example.in`;
    // Two of them; one has no Mu.
    const confirmed = mu === 20 || mu === 0 ? ['EMAIL'] : [];
    await scene.do('identifyCustomer', { externalId, email, confirmed });
  }
  const context = { ...t.service, clock: t.clock, log: t.service.log };
  while ((await weighEconomy.run(context as never)) > 0);
  const told = await figure(t, scene.brand, 'mu-economy', 'muEconomy');
  expect(told).toMatchObject({ wallets: 3, activated: 1 });
  expect(told['activationRate']).toBeCloseTo(1 / 3, 12);
});

test('who slides next is asked of several brands at once, of each its own', async () => {
  const brands = [await t.createBrand('sinking-1'), await t.createBrand('sinking-2')];
  const names: string[] = [];
  for (const brand of brands) {
    const desk = new Writing(t, brand);
    const reader = await desk.reader();
    t.clock.offsetMs = -20 * dayMs;
    const click = { customer: { id: reader.id }, action: 'CLICK', channel: 'WEB' };
    await must(t, brand.apiKey, 'record-attention', click);
    t.clock.offsetMs = 0;
    for (let message = 0; message < 3; message += 1) await desk.deliver(reader);
    names.push(reader.id);
  }
  const document = `query ($one: ID!, $other: ID!, $alone: Boolean!) {
    one: brand(id: $one) { ...Sliding } other: brand(id: $other) @skip(if: $alone) { ...Sliding } }
    fragment Sliding on Brand { atRisk { nodes { customer { id } } } }`;
  const [one, other] = brands.map(({ id }) => id);
  const alone = await t.run(document, { one, other, alone: true }, t.platformKey);
  const both = await t.run(document, { one, other, alone: false }, t.platformKey);
  expect(both.data).toEqual({
    one: { atRisk: { nodes: [{ customer: { id: names[0] } }] } },
    other: { atRisk: { nodes: [{ customer: { id: names[1] } }] } },
  });
  expect(both.statements).toBe(alone.statements);
});
