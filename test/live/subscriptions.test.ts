import * as operations from '../../schema/generated/operations';
import { idOf } from '../customers/people';
import { judgeAll } from '../segments/desk';
import { newKey, type Data } from '../support/test-service';
import type { Carrier, Listener } from './listener';
import { granted, startScene, walletChanged, type Scene } from './scene';

const carriers: Carrier[] = ['WebSocket', 'server-sent events'];

let s: Scene;
beforeAll(async () => (s = await startScene()));
afterEach(() => s.hangUp());
afterAll(() => s.t.close());

/** Merges two new customers and parts them again; answers their ids. */
async function mergeAndUndo(): Promise<{ fromId: string; intoId: string }> {
  const { t, a } = s;
  const [fromId, intoId] = [newKey(), newKey()].map((externalId) => idOf(t, a, { externalId }));
  const ids = { fromId: (await fromId) as string, intoId: (await intoId) as string };
  const write = async (name: string, type: string, input: object): Promise<Data> => {
    const text = `mutation ($input: ${type}!) { ${name}(input: $input) { merge { id } } }`;
    const variables = { input: { ...input, idempotencyKey: newKey() } };
    return (await t.run(text, variables, a.apiKey)).data[name] as Data;
  };
  const people = { from: { id: ids.fromId }, into: { id: ids.intoId }, reason: 'one card' };
  const { merge } = await write('mergeCustomers', 'MergeCustomersInput', people);
  await write('unmergeCustomers', 'UnmergeCustomersInput', {
    merge: merge.id,
    reason: 'two cards',
  });
  return ids;
}

describe.each(carriers)('over %s', (carrier) => {
  test('a brand hears of what it pays, with everything an answer could have', async () => {
    const listener = await s.follow(carrier, granted, s.a.apiKey);
    await s.scan(s.a, 'ira');
    const [result] = await listener.have(1);
    expect(result?.errors).toBeUndefined();
    expect(result?.data?.['muGranted']).toMatchObject({
      amount: 3,
      entry: { amount: 3 },
      customer: { externalId: 'ira' },
      brand: { slug: 'brand-a' },
    });
    expect(result?.data?.['muGranted'].wallet.balance).toBe(
      result?.data?.['muGranted'].entry.balanceAfter,
    );
  });

  test('a brand hears nothing of another brand, even about the same person (S7)', async () => {
    const listener = await s.follow(carrier, granted, s.a.apiKey);
    await s.scan(s.b);
    await s.scan(s.a);
    expect((await listener.have(1)).map((one) => one.data?.['muGranted'].brand.slug)).toEqual([
      'brand-a',
    ]);
    expect(listener.results).toHaveLength(1);
  });

  test('a person hears of all brands, and of nobody else', async () => {
    const listener = await s.follow(carrier, granted, await s.token(s.a));
    await s.scan(s.a, 'ira');
    await s.scan(s.b);
    await s.scan(s.a);
    const slugs = (await listener.have(2)).map((one) => one.data?.['muGranted'].brand.slug);
    expect(slugs).toEqual(['brand-b', 'brand-a']);
    expect(listener.results).toHaveLength(2);
  });

  test('a brand that names a customer hears of that one only', async () => {
    const query = `subscription ($of: CustomerBy!) { muGranted(customer: $of) { customer { externalId } } }`;
    const of = { externalId: 'ira' };
    const listener = await s.follow(carrier, query, s.a.apiKey, { variables: { of } });
    await s.scan(s.a, 'asha');
    await s.scan(s.a, 'ira');
    const [result] = await listener.have(1);
    expect(result?.data?.['muGranted'].customer.externalId).toBe('ira');
    expect(listener.results).toHaveLength(1);
  });

  test('a brand hears of two customers who became one, and of their being two again', async () => {
    const query = operations.CustomerMergedDocument.toString();
    const listener = await s.follow(carrier, query, s.a.apiKey);
    const ids = await mergeAndUndo();
    const heard = (await listener.have(2)).map((one) => one.data?.['customerMerged']);
    const same = { ...ids, merge: { reason: 'one card' } };
    expect(heard).toMatchObject([
      { undone: false, ...same },
      { undone: true, ...same },
    ]);
  });

  test('a brand hears who enters and leaves its segments', async () => {
    const name = newKey();
    const input = { name, condition: { trait: { name: 'club', equals: name } } };
    const saved = `mutation ($input: UpsertSegmentInput!) { upsertSegment(input: $input) { segment { id } } }`;
    await s.t.run(saved, { input: { ...input, idempotencyKey: newKey() } }, s.a.apiKey);
    await judgeAll(s.t);
    const query = operations.SegmentChangedDocument.toString();
    const listener = await s.follow(carrier, query, s.a.apiKey);
    const externalId = newKey();
    for (const club of [name, 'none']) {
      await idOf(s.t, s.a, { externalId, traits: { club } });
      await judgeAll(s.t);
    }
    const heard = (await listener.have(2)).map((one) => one.data?.['segmentChanged']);
    const same = { name, customer: { externalId } };
    expect(heard).toMatchObject([
      { change: 'ENTERED', ...same },
      { change: 'LEFT', ...same },
    ]);
  });

  test('a wallet is followed through hold and capture', async () => {
    const listener = await s.follow(carrier, walletChanged, await s.token(s.a));
    await s.scan(s.a);
    const { data } = await s.t.run(
      `mutation ($input: RedeemInput!) { redeem(input: $input) { redemption { id } } }`,
      {
        input: {
          amount: 2,
          description: 'tea',
          customer: { externalId: 'asha' },
          idempotencyKey: newKey(),
        },
      },
      s.a.apiKey,
    );
    expect(data['redeem'].redemption).not.toBeNull();
    const lines = (await listener.have(2)).map(({ data: line }) => line?.['walletChanged']);
    expect(lines).toMatchObject([
      { kind: 'GRANT', amount: 3 },
      { kind: 'HOLD', amount: -2 },
    ]);
  });

  test.each([
    ['nobody', undefined, granted],
    ['a key that is none', 'ar_nonsense', granted],
  ])('%s is let in nowhere (S7)', async (_, bearer, query) => {
    const listener = await s.follow(carrier, query, bearer);
    expect(await listener.end()).not.toBeNull();
    expect(listener.results).toEqual([]);
  });

  test('a key that may not read follows nothing', async () => {
    const made = await s.t.run(
      `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }`,
      { input: { name: 'writer', scopes: ['ATTENTION'], idempotencyKey: newKey() } },
      s.a.apiKey,
    );
    const listener = await s.follow(carrier, granted, made.data['createApiKey'].secret);
    expect(await codeOf(listener)).toBe('FORBIDDEN');
  });

  test.each([
    ['a query', '{ brand { id } }'],
    ['a mutation', 'mutation { redeem(input: {idempotencyKey: "12345678"}) { replayed } }'],
    ['no GraphQL', 'subscription {'],
    ['an unknown field', 'subscription { nonsense { id } }'],
    ['an unknown customer', 'subscription { muGranted(customer: {externalId: "x"}) { amount } }'],
  ])('%s is not carried', async (_, query) => {
    const listener = await s.follow(carrier, query, s.a.apiKey);
    await listener.end();
    expect(listener.results.filter((one) => one.data != null && 'muGranted' in one.data)).toEqual(
      [],
    );
    expect(s.t.service.announcements.following).toBe(0);
  });

  test('a revoked key hears that it is one, and no more (S7)', async () => {
    const made = await s.t.run(
      `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } } }`,
      { input: { name: 'short', scopes: ['READ'], idempotencyKey: newKey() } },
      s.a.apiKey,
    );
    const { secret, apiKey } = made.data['createApiKey'];
    const listener = await s.follow(carrier, granted, secret);
    await s.scan(s.a);
    await listener.have(1);
    await s.t.run(
      `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { replayed } }`,
      { input: { id: apiKey.id, idempotencyKey: newKey() } },
      s.a.apiKey,
    );
    await listener.end();
    await s.scan(s.a);
    expect(listener.results.map((one) => one.errors?.[0]?.extensions['code'] ?? 'OK')).toEqual([
      'OK',
      'UNAUTHENTICATED',
    ]);
  });

  test('a stream ends when its token expires, though nothing happens (S7)', async () => {
    const listener = await s.follow(carrier, granted, await s.token(s.a, 'asha', 1));
    await listener.end();
    expect(listener.results.map((one) => one.errors?.[0]?.extensions['code'])).toEqual([
      'UNAUTHENTICATED',
    ]);
  });

  test('one more than a caller may have is refused (S7)', async () => {
    for (let at = 0; at < 7; at += 1) await s.follow(carrier, granted, s.b.apiKey);
    const eighth = await s.follow(carrier, granted, s.b.apiKey);
    expect(await codeOf(eighth)).toBe('THROTTLED');
    await s.scan(s.b);
    for (const listener of s.open.slice(0, 7)) await listener.have(1);
  });

  test('routers subscribe at their own door, with their secret', async () => {
    const headers = { 'x-router-secret': s.t.service.config.routerSecret };
    const listener = await s.follow(carrier, granted, s.a.apiKey, { path: '/subgraph', headers });
    await s.scan(s.a);
    await listener.have(1);
    const stranger = await s.follow(carrier, granted, s.a.apiKey, { path: '/subgraph' });
    expect(await stranger.end()).not.toBeNull();
  });
});

async function codeOf(listener: Listener): Promise<unknown> {
  const ended = await listener.end();
  if (Array.isArray(ended)) return ended[0]?.extensions?.code;
  const response = (ended as { response?: Response } | null)?.response;
  const body = (await response?.json()) as { errors: { extensions: { code: string } }[] };
  return body.errors[0]?.extensions.code;
}
