import { newKey } from '../support/test-service';
import { send, settlingMs, startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

type Refusal = { code: string; field: string[] | null };

/** The refusal a mutation of brand A, or of the platform, gets; null when it is done. */
async function refusal(mutation: string, input: object, bearer = w.a.key): Promise<Refusal | null> {
  const { userErrors } = await send(w.t, bearer, mutation, input as Record<string, unknown>);
  return (userErrors as Refusal[])[0] ?? null;
}

const refusedFor = (code: string, ...field: string[]) => expect.objectContaining({ code, field });

const one = () => ({ externalId: w.a.customer['externalId'] });

/** Texts by the field that holds them: the most bytes of UTF-8 it takes, and a mutation that tries. */
const texts: Record<
  string,
  [field: string, bytes: number, ask: (text: string) => Promise<Refusal | null>]
> = {
  'issueMu.reason': [
    'reason',
    2000,
    (reason) => refusal('issueMu', { brandId: w.b.brand.id, amount: 1, reason }, w.t.platformKey),
  ],
  'createBrand.name': [
    'name',
    2000,
    (name) =>
      refusal(
        'createBrand',
        { name, slug: newKey().slice(0, 30).replace(/-$/, '') },
        w.t.platformKey,
      ),
  ],
  'createApiKey.name': [
    'name',
    2000,
    (name) => refusal('createApiKey', { name, scopes: ['READ'] }),
  ],
  'identifyCustomer.externalId': [
    'externalId',
    2000,
    (externalId) => refusal('identifyCustomer', { externalId }),
  ],
  'recordMessage.subject': [
    'subject',
    2000,
    (subject) => refusal('recordMessage', { externalId: newKey(), channel: 'SMS', subject }),
  ],
  'recordMessage.campaign': [
    'campaign',
    200,
    (campaign) => refusal('recordMessage', { externalId: newKey(), channel: 'SMS', campaign }),
  ],
  'recordMessage.externalId': [
    'externalId',
    200,
    (externalId) => refusal('recordMessage', { externalId, channel: 'SMS' }),
  ],
  'upsertEarnRule.name': [
    'name',
    200,
    (name) => refusal('upsertEarnRule', { name, action: 'SCAN', amount: 1 }),
  ],
  'upsertShopItem.name': [
    'name',
    200,
    (name) => refusal('upsertShopItem', { externalId: 'limits', name, price: 1 }),
  ],
  'upsertShopItem.externalId': [
    'externalId',
    200,
    (externalId) => refusal('upsertShopItem', { externalId, name: 'limits', price: 1 }),
  ],
  'upsertShopItem.description': [
    'description',
    2000,
    (description) =>
      refusal('upsertShopItem', { externalId: 'limits', name: 'limits', price: 1, description }),
  ],
};

/** Texts that PostgreSQL cannot press: an index must hold them as they are. */
function random(bytes: number): string {
  const text = Array.from({ length: Math.ceil(bytes / 32) }, () => newKey().replaceAll('-', ''));
  return text.join('').slice(0, bytes);
}

test.each(Object.entries(texts))(
  '%s takes so many bytes and not one more (V12)',
  async (_, limit) => {
    const [field, bytes, ask] = limit;
    expect(await ask(random(bytes))).toBeNull();
    expect(await ask(random(bytes + 1))).toEqual(refusedFor('INVALID_TEXT', field));
    const wide = `${random(bytes % 3 === 0 ? 3 : bytes % 3)}${'漢'.repeat(Math.floor((bytes - 1) / 3))}`;
    expect(Buffer.byteLength(wide)).toBeGreaterThan(bytes - 3);
    expect(await ask(`${wide}漢`)).toEqual(refusedFor('INVALID_TEXT', field));
  },
);

test('a slug has at most 63 characters (V12)', async () => {
  const create = (slug: string) => refusal('createBrand', { name: 'x', slug }, w.t.platformKey);
  expect(await create('s'.repeat(63))).toBeNull();
  for (const slug of ['s'.repeat(64), '', '-a', 'a-', 'A', 'a_b', 'a.b', 'ä', 'a\n']) {
    expect([slug, await create(slug)]).toEqual([slug, refusedFor('INVALID_TEXT', 'slug')]);
  }
});

const batch = `mutation ($input: RecordAttentionBatchInput!) { recordAttentionBatch(input: $input) {
  results { userErrors { code } } userErrors { code field } } }`;

test('a batch holds 500 events and not one more (Q11)', async () => {
  const events = (count: number) =>
    Array.from({ length: count }, () => ({
      customer: one(),
      action: 'VISIT',
      idempotencyKey: newKey(),
    }));
  const taken = await w.t.ask(batch, { input: { events: events(500) } }, w.a.key);
  expect(taken.codes).toEqual([]);
  expect(taken.data['recordAttentionBatch'].results).toHaveLength(500);
  const before = await eventCount();
  const refused = await w.t.ask(batch, { input: { events: events(501) } }, w.a.key);
  expect([refused.status, refused.codes]).toEqual([400, ['BAD_USER_INPUT']]);
  expect(await eventCount()).toBe(before);
});

async function eventCount(): Promise<string | undefined> {
  const sql = 'SELECT count(*)::text AS rows FROM attention_events';
  return (await w.t.database.query<{ rows: string }>(sql))[0]?.rows;
}

test('deliveries name 500 customers and not one more (Q11)', async () => {
  const document = `mutation ($input: RecordDeliveriesInput!) {
    recordDeliveries(input: $input) { recorded userErrors { code } } }`;
  const deliver = (count: number) => {
    const customers = Array.from({ length: count }, (_, at) => ({ externalId: `nobody ${at}` }));
    const input = { messageId: w.a.ids['msg'], customers, idempotencyKey: newKey() };
    return w.t.ask(document, { input }, w.a.key);
  };
  const taken = await deliver(500);
  expect([taken.status, taken.data['recordDeliveries'].recorded]).toEqual([200, 0]);
  const refused = await deliver(501);
  expect([refused.status, refused.codes]).toEqual([400, ['BAD_USER_INPUT']]);
});

test.each([
  ['identifyCustomer', 'consents', { purpose: 'MESSAGES', granted: true }],
  ['identifyCustomer', 'confirmed', 'EMAIL'],
  ['createApiKey', 'scopes', 'READ'],
])('%s takes 500 %s and not one more (Q11)', async (mutation, field, item) => {
  const base = {
    identifyCustomer: { externalId: newKey(), email: `${newKey()}@example.in` },
    createApiKey: { name: 'many' },
  }[mutation];
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
  const ask = (count: number) => {
    const list = Array.from({ length: count }, () => item);
    return w.t.ask(
      document,
      { input: { ...base, [field]: list, idempotencyKey: newKey() } },
      w.a.key,
    );
  };
  expect((await ask(500)).data[mutation]).toEqual({ userErrors: [] });
  const refused = await ask(501);
  expect([refused.status, refused.codes]).toEqual([400, ['BAD_USER_INPUT']]);
});

test('a token lives from a second to a day', async () => {
  const mint = (ttlSeconds: number) =>
    send(w.t, w.a.key, 'createCustomerToken', { customer: one(), ttlSeconds });
  for (const seconds of [1, 86_400]) {
    const minted = await mint(seconds);
    expect(minted['userErrors']).toEqual([]);
    const left = (new Date(minted['expiresAt'] as string).getTime() - Date.now()) / 1000;
    expect(Math.abs(left - seconds)).toBeLessThan(60);
  }
  for (const seconds of [0, -1, 86_401, 2 ** 31 - 1]) {
    const refused = { token: null, expiresAt: null };
    expect(await mint(seconds)).toMatchObject({
      ...refused,
      userErrors: [{ code: 'INVALID_VALUE', field: ['ttlSeconds'] }],
    });
  }
  const day = (await mint(86_400))['token'] as string;
  expect((await w.t.ask('{ me { id } }', {}, day)).status).toBe(200);
});

test('a brand has at most 100 working keys', async () => {
  const brand = await w.t.createBrand('locksmith');
  const write = (at: number) => `a${at}: createApiKey(input: { name: "k", scopes: [READ],
    idempotencyKey: "${newKey()}" }) { userErrors { code } }`;
  const make = async (count: number): Promise<string[]> => {
    const fields = Array.from({ length: count }, (_, at) => write(at)).join(' ');
    const answer = await w.t.ask(`mutation { ${fields} }`, {}, brand.apiKey);
    const payloads = Object.values(answer.data) as { userErrors: Refusal[] }[];
    return payloads.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
  };
  for (let made = 1; made + 5 <= 100; made += 5) expect(await make(5)).toEqual([]);
  expect(await make(4)).toEqual([]);
  expect(await make(1)).toEqual(['LIMIT_EXCEEDED']);
});

test('a bearer has at most 4 KiB', async () => {
  for (const length of [4096, 4097, 12_000]) {
    const answer = await w.t.ask('{ brand { id } }', {}, 'x'.repeat(length));
    expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
  }
});
