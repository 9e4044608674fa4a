import type { CustomerCondition } from '../../src/segments';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { tokenOf } from '../customers/people';
import { judgeAll, mark, segmentOf, told } from './desk';
import { send } from './population';

let t: TestService;
let brand: TestBrand;
let made = 0;

beforeAll(async () => {
  t = await startTestService({ limits: { segmentSweep: 3 } });
});

beforeEach(async () => {
  brand = await t.createBrand(`brand-${(made += 1)}`, { budget: 100_000 });
});

afterAll(() => t.close());

async function identify(externalId: string, traits: Data = {}, more: Data = {}): Promise<string> {
  const input = { externalId, traits, ...more };
  const { customer } = await send(t, brand.apiKey, 'identifyCustomer', input, 'customer { id }');
  return customer.id as string;
}

async function save(condition: CustomerCondition, name = 'golden'): Promise<string> {
  const input = { name, condition };
  const { segment } = await send(t, brand.apiKey, 'upsertSegment', input, 'segment { id }');
  return segment.id as string;
}

const gold: CustomerCondition = { trait: { name: 'tier', equals: 'gold' } };

test('a saved segment is filled with everybody who meets it, and counts them', async () => {
  const ids = await Promise.all(
    Array.from({ length: 8 }, (_, at) => identify(`c${at}`, { tier: at % 2 ? 'gold' : 'tin' })),
  );
  const id = await save(gold);
  expect((await segmentOf(t, brand.apiKey, id)).segment).toMatchObject({
    filling: true,
    size: { customers: 0 },
  });
  await judgeAll(t);
  const { segment, members } = await segmentOf(t, brand.apiKey, id, 3);
  expect(segment).toMatchObject({
    name: 'golden',
    version: 1,
    filling: false,
    condition: gold,
    size: { customers: 4, modelVersion: 'segment-1' },
  });
  expect([...members].sort()).toEqual(ids.filter((_, at) => at % 2).sort());
});

test('who enters and who leaves is told once each, and not what the first filling finds', async () => {
  const stays = await identify('stays', { tier: 'gold' });
  const id = await save(gold);
  await judgeAll(t);
  const since = await mark(t);
  const comes = await identify('comes', { tier: 'gold' });
  await judgeAll(t);
  await identify('comes', { tier: 'tin' });
  await identify('stays', { tier: 'gold', other: 1 });
  await judgeAll(t);
  await judgeAll(t);
  expect(await told(t, 'segment.changed', since)).toEqual([
    { segmentId: id, customerId: comes, name: 'golden', change: 'ENTERED' },
    { segmentId: id, customerId: comes, name: 'golden', change: 'LEFT' },
  ]);
  expect((await segmentOf(t, brand.apiKey, id)).members).toEqual([stays]);
});

test('orders, consents, identities and Mu move customers in and out as they come', async () => {
  const who = await identify('c', {});
  const conditions: Record<string, CustomerCondition> = {
    bought: { orders: { count: { atLeast: 1 } } },
    allowed: { consent: { purpose: 'MESSAGES', granted: true } },
    mailed: { identity: { kinds: ['EMAIL'] } },
    paid: { mu: { balance: { atLeast: 3 } } },
    never: { not: { orders: { count: { atLeast: 1 } } } },
  };
  const ids: Record<string, string> = {};
  for (const [name, condition] of Object.entries(conditions))
    ids[name] = await save(condition, name);
  await judgeAll(t);
  const inside = async () => {
    const found: string[] = [];
    for (const [name, id] of Object.entries(ids)) {
      if ((await segmentOf(t, brand.apiKey, id)).members.includes(who)) found.push(name);
    }
    return found;
  };
  expect(await inside()).toEqual(['never']);
  await send(t, brand.apiKey, 'recordPurchase', {
    customer: { id: who },
    externalId: 'o1',
    purchasedAt: new Date().toISOString(),
    items: 1,
    amount: '5.00',
    currency: 'INR',
  });
  await identify(
    'c',
    {},
    { email: 'c@example.in', consents: [{ purpose: 'MESSAGES', granted: true }] },
  );
  await send(t, brand.apiKey, 'upsertEarnRule', { name: 'v', action: 'VISIT', amount: 3 });
  await send(t, brand.apiKey, 'recordAttention', { customer: { id: who }, action: 'VISIT' });
  await judgeAll(t);
  expect(await inside()).toEqual(['bought', 'allowed', 'mailed', 'paid']);
});

test('time alone moves customers when a condition asks how long ago something was', async () => {
  const who = await identify('c');
  const id = await save({ createdAt: { withinDays: 7 } });
  await judgeAll(t);
  expect((await segmentOf(t, brand.apiKey, id)).members).toEqual([who]);
  const since = await mark(t);
  t.clock.offsetMs += 7 * 86_400_000 + 3_600_000;
  await judgeAll(t);
  expect((await segmentOf(t, brand.apiKey, id)).members).toEqual([]);
  expect(await told(t, 'segment.changed', since)).toMatchObject([{ change: 'LEFT' }]);
  t.clock.offsetMs = 0;
});

test('two who become one person are one member, and nobody hears that anybody came or went', async () => {
  const from = await identify('from', { tier: 'gold' });
  const into = await identify('into', { tier: 'gold' });
  const id = await save(gold);
  await judgeAll(t);
  const since = await mark(t);
  const reason = 'the same card';
  await send(t, brand.apiKey, 'mergeCustomers', { from: { id: from }, into: { id: into }, reason });
  await judgeAll(t);
  const { segment, members } = await segmentOf(t, brand.apiKey, id);
  expect(members).toEqual([into]);
  expect(segment['size']).toMatchObject({ customers: 1 });
  expect(await told(t, 'segment.changed', since)).toEqual([]);
});

test('a new condition makes a new version and other members, the same condition neither', async () => {
  const a = await identify('a', { tier: 'gold' });
  const b = await identify('b', { tier: 'tin' });
  const id = await save(gold);
  await judgeAll(t);
  expect(await save(gold)).toBe(id);
  expect((await segmentOf(t, brand.apiKey, id)).segment).toMatchObject({
    version: 1,
    filling: false,
  });
  expect((await segmentOf(t, brand.apiKey, id)).members).toEqual([a]);
  const since = await mark(t);
  expect(await save({ not: gold })).toBe(id);
  await judgeAll(t);
  const { segment, members } = await segmentOf(t, brand.apiKey, id);
  expect(segment).toMatchObject({ version: 2, size: { customers: 1 } });
  expect(members).toEqual([b]);
  expect(await told(t, 'segment.changed', since)).toEqual([]);
});

test('a deleted segment is gone with its members, and its name is free', async () => {
  const who = await identify('c', { tier: 'gold' });
  const id = await save(gold);
  await judgeAll(t);
  const document = `mutation ($input: DeleteSegmentInput!) {
    deleteSegment(input: $input) { segment { id name members { nodes { id } } } userErrors { code } } }`;
  const remove = async () => {
    const variables = { input: { id, idempotencyKey: newKey() } };
    return (await t.run(document, variables, brand.apiKey)).data['deleteSegment'] as Data;
  };
  expect(await remove()).toEqual({
    segment: { id, name: 'golden', members: { nodes: [] } },
    userErrors: [],
  });
  expect(await remove()).toMatchObject({ segment: null, userErrors: [{ code: 'NOT_FOUND' }] });
  const { data } = await t.run(
    'query ($id: ID!) { segment(id: $id) { id } }',
    { id },
    brand.apiKey,
  );
  expect(data['segment']).toBeNull();
  await judgeAll(t);
  const left = await t.database.query(
    'SELECT FROM segment_members m JOIN segments s ON s.id = m.segment_id WHERE s.deleted_at IS NOT NULL',
  );
  expect(left).toEqual([]);
  expect(await save(gold)).not.toBe(id);
  expect(who).toMatch(/^cus_/);
});

test('a segment is refused with a name or condition that cannot be, and one more than a brand may have', async () => {
  const refused = async (input: Data): Promise<Data[]> => {
    const document = `mutation ($input: UpsertSegmentInput!) {
      upsertSegment(input: $input) { segment { id } userErrors { code field } } }`;
    const variables = { input: { ...input, idempotencyKey: newKey() } };
    return (await t.run(document, variables, brand.apiKey)).data['upsertSegment']
      .userErrors as Data[];
  };
  await save(gold);
  expect(await refused({ name: ' ', condition: gold })).toMatchObject([{ code: 'INVALID_TEXT' }]);
  expect(await refused({ name: 'x', condition: { and: [] } })).toEqual([
    { code: 'INVALID_VALUE', field: ['condition', 'and'] },
  ]);
  const { limits } = t.service.config;
  limits.segments = 2;
  await save(gold, 'second');
  expect(await refused({ name: 'third', condition: gold })).toEqual([
    { code: 'LIMIT_EXCEEDED', field: ['name'] },
  ]);
  await save({ not: gold }, 'second');
  limits.segments = 100;
});

test('the list of customers can ask for the members of a segment, of the brand’s own only', async () => {
  const who = await identify('c', { tier: 'gold' });
  await identify('d', { tier: 'tin' });
  const id = await save(gold);
  await judgeAll(t);
  const list = async (bearer: string, segment: string) => {
    const document = `query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { id } } }`;
    const { data } = await t.run(document, { filter: { segment } }, bearer);
    return (data['customers'].nodes as { id: string }[]).map((node) => node.id);
  };
  expect(await list(brand.apiKey, id)).toEqual([who]);
  const other = await t.createBrand(`other-${made}`);
  expect(await list(other.apiKey, id)).toEqual([]);
  expect(await list(brand.apiKey, 'none')).toEqual([]);
});

test('a customer’s segments are seen by the brand, and by the customer with a token of it', async () => {
  const who = await identify('c', { tier: 'gold' }, { email: `seen-${made}@example.in` });
  const id = await save(gold);
  await judgeAll(t);
  const document = `query ($by: CustomerBy!) {
    customer(by: $by) { relationship { segments { name since segment { id } } } } }`;
  const seen = async (bearer: string) => {
    const { data } = await t.run(document, { by: { id: who } }, bearer);
    return data['customer']?.relationship?.segments as Data[] | undefined;
  };
  expect(await seen(brand.apiKey)).toMatchObject([{ name: 'golden', segment: { id } }]);
  expect(await seen(await tokenOf(t, brand, { id: who }))).toMatchObject([
    { name: 'golden', segment: null },
  ]);
  const other = await t.createBrand(`other-${made}`);
  const input = { externalId: 'x', email: `seen-${made}@example.in` };
  await send(t, other.apiKey, 'identifyCustomer', input);
  expect(await seen(other.apiKey)).toEqual([]);
  const own = `{ brand { segments { nodes { name size { customers } } } } }`;
  expect((await t.run(own, {}, brand.apiKey)).data['brand']).toEqual({
    segments: { nodes: [{ name: 'golden', size: { customers: 1 } }] },
  });
  const token = await tokenOf(t, brand, { id: who });
  expect((await t.run(own, {}, token)).data['brand']).toEqual({ segments: null });
});
