import fc from 'fast-check';
import { openDesk, type Desk } from '../rewards/desk';
import { runs } from '../support/long';
import { newKey, type Data } from '../support/test-service';
import { differences } from './told';

const dayMs = 86_400_000;
let desk: Desk;
let rounds = 0;

beforeAll(async () => (desk = await openDesk('merging', 1_000_000, 'Asia/Kolkata')));
afterAll(() => desk.t.close());

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      who: fc.nat(2),
      action: fc.constantFrom('OPEN', 'CLICK'),
      daysAgo: fc.nat(25),
      sent: fc.nat(2),
    }),
  },
  { weight: 3, arbitrary: fc.record({ who: fc.nat(2), sent: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ from: fc.nat(2), into: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.constant({ undo: true as const }) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function mutate(name: string, input: Record<string, unknown>, fields: string): Promise<Data> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code } } }`;
  const variables = { input: { ...input, idempotencyKey: newKey() } };
  const { data, errors } = await desk.t.run(document, variables, desk.brand.apiKey);
  expect(errors).toBeUndefined();
  return data[name] as Data;
}

/** Does a step for people and messages of a round; remembers merges that can be undone. */
async function take(one: Step, people: string[], sent: string[], merges: string[]) {
  if ('undo' in one) {
    const merge = merges.pop();
    if (merge !== undefined)
      await mutate('unmergeCustomers', { merge, reason: 'wrong' }, 'replayed');
  } else if ('from' in one) {
    const [from, into] = [people[one.from], people[one.into]];
    const input = { from: { id: from }, into: { id: into }, reason: 'same person' };
    const merged = await mutate('mergeCustomers', input, 'merge { id }');
    if (merged['merge'] !== null) merges.push(merged['merge'].id as string);
  } else {
    const customer = { id: people[one.who] };
    const messageId = sent[one.sent];
    if ('action' in one) {
      const occurredAt = new Date(Date.now() - one.daysAgo * dayMs).toISOString();
      await desk.call('recordAttention', { customer, action: one.action, messageId, occurredAt });
    } else await desk.call('recordDeliveries', { messageId, customers: [customer] });
  }
}

it('Whoever is merged and parted, what is kept is what the events say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25 }), async (steps) => {
      const round = `r${(rounds += 1)}`;
      const [people, sent, merges]: string[][] = [[], [], []];
      for (let at = 0; at < 3; at += 1) {
        const externalId = `${round}-${at}`;
        const known = await desk.call('identifyCustomer', { externalId });
        people?.push((known['customer'] as { id: string }).id);
        const made = await desk.call('recordMessage', { externalId, channel: 'EMAIL' });
        sent?.push((made['message'] as { id: string }).id);
      }
      for (const one of steps) {
        await take(one, people as string[], sent as string[], merges as string[]);
      }
      expect(await differences(desk.t.database)).toEqual([]);
    }),
    { numRuns: runs(12) },
  );
});

it('The survivor of a merge has the attention of both, and each their own again after it', async () => {
  const ids: string[] = [];
  for (const externalId of ['one', 'other']) {
    const { customer } = await desk.call('identifyCustomer', { externalId });
    ids.push((customer as { id: string }).id);
  }
  const raw = async (id: string | undefined) => {
    const document = `query ($id: ID!) { customer(by: { id: $id }) { relationship {
      attentionScore { raw30d } } } }`;
    const { data } = await desk.t.run(document, { id }, desk.brand.apiKey);
    return data['customer'].relationship.attentionScore.raw30d as number;
  };
  await desk.call('recordAttention', { customer: { id: ids[0] }, action: 'CLICK' });
  await desk.call('recordAttention', { customer: { id: ids[1] }, action: 'CLICK' });
  await desk.call('recordAttention', { customer: { id: ids[1] }, action: 'OPEN', channel: 'WEB' });
  const input = { from: { id: ids[0] }, into: { id: ids[1] }, reason: 'same person' };
  const { merge } = await mutate('mergeCustomers', input, 'merge { id }');
  expect(await raw(ids[1])).toBe(7);
  await mutate('unmergeCustomers', { merge: merge.id as string, reason: 'wrong' }, 'replayed');
  expect([await raw(ids[0]), await raw(ids[1])]).toEqual([3, 4]);
});
