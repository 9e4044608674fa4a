import fc from 'fast-check';
import { codesOf, send } from '../promises/operations';
import { Scene, type Person } from '../promises/scene';
import { patienceMs, seeded } from '../support/seeded';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { mergeAs, unmergeAs } from './merges';
import { customersAsTold } from './told';

let t: TestService;
let here: Scene;
let there: Scene;

beforeAll(async () => {
  t = await startTestService();
  here = await Scene.create(t, 'pageturn');
  there = await Scene.create(t, 'other');
});
afterAll(() => t.close());

/** What may have happened to a customer, with either brand. */
const happening = fc.record({
  what: fc.constantFrom('earn', 'open', 'redeem', 'buy', 'say', 'link', 'prefer', 'learn'),
  who: fc.nat(2),
  there: fc.boolean(),
  n: fc.nat(3),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** Three customers; who is known to which brand is drawn, and each to one at least. */
const world = fc.record({
  known: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)),
  happenings: fc.array(happening, { maxLength: 12 }),
  chain: fc.boolean(),
});

const purchase = `mutation ($input: RecordPurchaseInput!) {
  recordPurchase(input: $input) { userErrors { code } } }`;

interface Known {
  id: string;
  in: Partial<Record<'here' | 'there', string>>;
}

async function someone(known: number): Promise<Known> {
  const email = `${here.name()}@example.in`;
  const person: Known = { id: '', in: {} };
  for (const [scene, name, does] of [
    [here, 'here', known !== 1],
    [there, 'there', known !== 0],
  ] as const) {
    if (!does) continue;
    const linked: Person = await scene.link(scene.name(), email);
    Object.assign(person, { id: linked.id });
    person.in[name] = linked.externalId;
  }
  return person;
}

async function happen(people: Known[], messages: Map<Scene, string>, one: Happening) {
  const [scene, name] = one.there ? ([there, 'there'] as const) : ([here, 'here'] as const);
  const externalId = people[one.who]?.in[name];
  if (externalId === undefined) return;
  const customer = { externalId };
  const write = (kind: Parameters<typeof send>[2], input: Record<string, unknown>) =>
    send(t, scene.brand.apiKey, kind, { ...input, idempotencyKey: newKey() });
  if (one.what === 'earn') await write('recordAttention', { customer, action: 'SCAN' });
  if (one.what === 'open')
    await write('recordAttention', { customer, action: 'OPEN', messageId: messages.get(scene) });
  if (one.what === 'redeem')
    await write('redeem', { customer, amount: 1 + one.n, description: 'tea' });
  if (one.what === 'buy') {
    const bought = {
      customer,
      externalId: scene.name(),
      purchasedAt: '2026-01-01T00:00:00Z',
      items: 1,
      amount: String(one.n + 1),
      currency: 'INR',
      idempotencyKey: newKey(),
    };
    await t.run(purchase, { input: bought }, scene.brand.apiKey);
  }
  const consents = [{ purpose: 'BALANCE_VISIBLE', granted: one.n > 1 }];
  if (one.what === 'say') await write('identifyCustomer', { externalId, consents });
  const traits = { [`t${one.n}`]: one.who, common: one.n };
  if (one.what === 'prefer') await write('identifyCustomer', { externalId, traits });
  if (one.what === 'link') await write('identifyCustomer', { externalId, deviceId: scene.name() });
  if (one.what === 'learn') {
    const text = `mutation ($input: LearnAboutMuInput!) { learnAboutMu(input: $input) { userErrors { code } } }`;
    await t.run(text, { input: { customer, idempotencyKey: newKey() } }, scene.brand.apiKey);
  }
}

test(
  'undoing a merge leaves every table that names customers as it was before the merge',
  async () => {
    const messages = new Map([
      [here, await here.message({ openMu: 2, audience: 9 })],
      [there, await there.message({ openMu: 2, audience: 9 })],
    ]);
    const property = fc.asyncProperty(world, async ({ known, happenings, chain }) => {
      const people = await Promise.all(known.map(someone));
      for (const one of happenings) await happen(people, messages, one);
      const [a, b, c] = people as [Known, Known, Known];
      const before = await customersAsTold(t.database);
      const first = await mergeAs(t, t.platformKey, { id: a.id }, { id: b.id });
      expect(codesOf(first)).toEqual([]);
      expect(await customersAsTold(t.database)).not.toEqual(before);
      const between = await customersAsTold(t.database);
      if (chain) {
        const second = await mergeAs(t, t.platformKey, { id: b.id }, { id: c.id });
        await unmergeAs(t, t.platformKey, second['merge'].id);
      }
      expect(await customersAsTold(t.database)).toEqual(between);
      expect(codesOf(await unmergeAs(t, t.platformKey, first['merge'].id))).toEqual([]);
      expect(await customersAsTold(t.database)).toEqual(before);
    });
    await fc.assert(property, seeded(12));
  },
  patienceMs,
);
