import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { divideAll, judgeAll } from './desk';
import { send } from './population';

let t: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('tripkart', { budget: 100_000 });
  for (const [externalId, tier] of [
    ['in', 'gold'],
    ['out', 'tin'],
    ['told', 'tin'],
  ]) {
    const traits = { tier, ...(externalId === 'told' ? { segment: 'golden' } : {}) };
    await send(t, brand.apiKey, 'identifyCustomer', { externalId, traits });
  }
});

afterAll(() => t.close());

async function paid(externalId: string, action: string): Promise<number> {
  const input = { customer: { externalId }, action };
  const { grants } = await send(t, brand.apiKey, 'recordAttention', input, 'grants { amount }');
  return (grants as Data[]).reduce((sum, grant) => sum + (grant['amount'] as number), 0);
}

test('a rule for a saved segment pays its members, those whose traits say so, and nobody else', async () => {
  const condition = { trait: { name: 'tier', equals: 'gold' } };
  await send(t, brand.apiKey, 'upsertSegment', { name: 'golden', condition });
  await send(t, brand.apiKey, 'upsertEarnRule', {
    name: 'golden visits',
    action: 'VISIT',
    amount: 7,
    audience: [{ segment: 'golden' }],
    perCustomerPerDay: 9,
  });
  expect(await paid('in', 'VISIT')).toBe(0);
  await judgeAll(t);
  expect(await paid('in', 'VISIT')).toBe(7);
  expect(await paid('out', 'VISIT')).toBe(0);
  expect(await paid('told', 'VISIT')).toBe(7);
  await send(t, brand.apiKey, 'identifyCustomer', { externalId: 'in', traits: { tier: 'tin' } });
  await judgeAll(t);
  expect(await paid('in', 'VISIT')).toBe(0);
});

test('a rule for a band pays whom the model has put there, and a multiplier likewise', async () => {
  const band = { model: 'TAT_2026', in: ['NEXT'] };
  const { earnRule } = await send(
    t,
    brand.apiKey,
    'upsertEarnRule',
    {
      name: 'next surveys',
      action: 'SURVEY',
      amount: 4,
      audience: [{ band }],
      multipliers: [{ audience: [{ band }, { segment: 'golden' }], percent: 200 }],
    },
    'earnRule { audience { band { model in } segment } }',
  );
  expect(earnRule).toEqual({ audience: [{ band, segment: null }] });
  expect(await paid('out', 'SURVEY')).toBe(0);
  await send(t, brand.apiKey, 'recordPurchase', {
    customer: { externalId: 'in' },
    externalId: 'o',
    purchasedAt: new Date().toISOString(),
    items: 1,
    amount: '5.00',
    currency: 'INR',
  });
  await divideAll(t);
  expect(await paid('out', 'SURVEY')).toBe(4);
  expect(await paid('told', 'SURVEY')).toBe(8);
  expect(await paid('in', 'SURVEY')).toBe(0);
});

test('what is simulated is what is paid', async () => {
  const document = `query ($event: SimulateEarnInput!) { simulateEarn(event: $event) { total } }`;
  const { data, errors } = await t.run(
    document,
    { event: { customer: { externalId: 'told' }, action: 'VISIT' } },
    brand.apiKey,
  );
  expect(errors).toBeUndefined();
  expect(data['simulateEarn']).toEqual({ total: 7 });
});

test('a band without names is refused', async () => {
  const input = {
    name: 'x',
    action: 'POLL',
    amount: 1,
    audience: [{ band: { model: 'TAT_2026', in: [] } }],
  };
  await expect(send(t, brand.apiKey, 'upsertEarnRule', input)).rejects.toThrow('INVALID_VALUE');
});
