import fc from 'fast-check';
import { runs } from '../support/long';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { anyCondition } from './conditions';
import { judgeAll, segmentOf } from './desk';
import { send } from './population';

let t: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService({ limits: { segmentSweep: 3 } });
  brand = await t.createBrand('tripkart', { budget: 100_000 });
});

afterAll(() => t.close());

test('whatever changes in whatever order, kept members are those the condition lists', async () => {
  await send(t, brand.apiKey, 'upsertEarnRule', {
    name: 'visits',
    action: 'VISIT',
    amount: 5,
    streak: {},
  });
  const now = new Date();
  const change = fc.record({
    who: fc.nat(4),
    tier: fc.constantFrom('gold', 'silver', '7'),
    age: fc.integer({ min: -3, max: 9 }),
    consent: fc.boolean(),
    what: fc.constantFrom('identify', 'order', 'visit', 'judge'),
  });
  let orders = 0;
  const apply = async ({ who, tier, age, consent, what }: Data): Promise<void> => {
    const customer = { externalId: `p${who as number}` };
    const consents = [{ purpose: 'MESSAGES', granted: consent as boolean }];
    await send(t, brand.apiKey, 'identifyCustomer', {
      ...customer,
      ...(what === 'identify' ? { traits: { tier, age }, consents } : {}),
    });
    if (what === 'judge') await judgeAll(t);
    if (what === 'visit')
      await send(t, brand.apiKey, 'recordAttention', { customer, action: 'VISIT' });
    if (what !== 'order') return;
    const sold = { items: 1, amount: '12.50', currency: 'INR', purchasedAt: now.toISOString() };
    await send(t, brand.apiKey, 'recordPurchase', {
      customer,
      externalId: `o${(orders += 1)}`,
      ...sold,
    });
  };
  let members = 0;
  await fc.assert(
    fc.asyncProperty(
      anyCondition(now),
      fc.array(change, { maxLength: 6 }),
      async (where, changes) => {
        const saved = { name: 'any', condition: where };
        const { segment } = await send(t, brand.apiKey, 'upsertSegment', saved, 'segment { id }');
        const id = segment.id as string;
        for (const one of changes) await apply(one);
        await judgeAll(t);
        const document = `query ($filter: CustomerFilter) {
        customers(first: 100, filter: $filter) { nodes { id } } }`;
        const { data } = await t.run(document, { filter: { where } }, brand.apiKey);
        const listed = (data['customers'].nodes as { id: string }[]).map((node) => node.id);
        const kept = await segmentOf(t, brand.apiKey, id, 3);
        members += listed.length;
        expect([...kept.members].sort()).toEqual(listed.sort());
        expect(kept.segment['size'].customers).toBe(listed.length);
      },
    ),
    { numRuns: runs(40), seed: 5 },
  );
  expect(members).toBeGreaterThan(40);
});
