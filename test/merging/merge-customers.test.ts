import { randomUUID } from 'node:crypto';
import { customerId } from '../../src/customers';
import { find, idOf, identify, tokenOf } from '../customers/people';
import { Scene } from '../promises/scene';
import { must, codesOf, send } from '../promises/operations';
import { mergeAs, settle, walletOf } from './merges';
import { newKey, startTestService, type Data, type TestService } from '../support/test-service';

let t: TestService;
let here: Scene;
let there: Scene;

beforeAll(async () => {
  t = await startTestService();
  here = await Scene.create(t, 'pageturn');
  there = await Scene.create(t, 'other');
});
afterEach(() => (t.clock.offsetMs = 0));
afterAll(() => t.close());

const merge = (from: object, into: object, bearer = here.brand.apiKey) =>
  mergeAs(t, bearer, from, into);
const wallet = (id: string, bearer: string) => walletOf(t, id, bearer);
const whole = async (id: string) => (await wallet(id, t.platformKey)).wallet;

/** A person both brands know, with Mu of both. */
async function shared(email: string, mu: [here: number, there: number]): Promise<string> {
  const { id, externalId } = await here.customer();
  await must(t, here.brand.apiKey, 'identifyCustomer', {
    externalId,
    email,
    idempotencyKey: newKey(),
  });
  const other = there.name();
  await there.link(other, email);
  for (let given = 0; given < mu[0]; given += 10) await here.grantTo({ externalId });
  for (let given = 0; given < mu[1]; given += 10) await there.grantTo({ externalId: other });
  return id;
}

test('everything of the one becomes the other’s, and the old id finds the new one', async () => {
  const [from, into] = [await here.customer(30), await here.customer(20)];
  const done = await merge({ id: from.id }, { externalId: into.externalId });
  expect(done).toMatchObject({
    merge: { reason: 'the same card' },
    customer: { id: into.id, wallet: { balance: 50 } },
    userErrors: [],
  });
  const key = here.brand.apiKey;
  expect(await find(t, key, { id: from.id })).toMatchObject({ id: into.id });
  expect(await find(t, key, { externalId: from.externalId })).toMatchObject({ id: into.id });
  expect(await wallet(from.id, t.platformKey)).toMatchObject({ id: into.id });
  const text = `query ($by: CustomerBy!) { customer(by: $by) { attention(first: 50) { nodes { id } }
    wallet { statement(first: 3) { nodes { kind amount } } } } }`;
  const { data } = await t.run(text, { by: { id: from.id } }, key);
  expect(data['customer'].attention.nodes).toHaveLength(5);
  expect(data['customer'].wallet.statement.nodes[0]).toEqual({ kind: 'MERGE', amount: 30 });
});

test('both external ids go on naming the person', async () => {
  const [from, into] = [await here.customer(), await here.customer()];
  await merge({ id: from.id }, { id: into.id });
  for (const { externalId } of [from, into]) {
    const { customer, userErrors } = await identify(t, here.brand, {
      externalId,
      traits: { a: 1 },
    });
    expect([customer?.['id'], userErrors]).toEqual([into.id, []]);
  }
  await here.grantTo({ externalId: from.externalId });
  expect(await whole(into.id)).toMatchObject({ balance: 10 });
  const list = '{ customers(first: 100) { nodes { id } } }';
  const { data } = await t.run(list, {}, here.brand.apiKey);
  const ids = data['customers'].nodes.map((node: Data) => node['id']);
  expect([ids.includes(from.id), ids.includes(into.id)]).toEqual([false, true]);
});

test('each brand goes on seeing what it granted, and no more', async () => {
  const from = await shared('both@example.in', [30, 70]);
  const into = await here.customer(20);
  await merge({ id: from }, { id: into.id });
  const seen = await Promise.all(
    [here, there].map(async ({ brand }) => (await wallet(from, brand.apiKey)).wallet.balance),
  );
  expect(seen).toEqual([50, 70]);
  expect(await whole(into.id)).toMatchObject({ balance: 120, held: 0 });
  // The other brand had no relationship with the survivor; it has now.
  expect(await find(t, there.brand.apiKey, { id: into.id })).toMatchObject({ id: into.id });
});

test('a share below zero follows, and no wallet goes below zero on the way', async () => {
  const from = await shared('debts@example.in', [10, 50]);
  const spent = { customer: { id: from }, amount: 40, description: 'a book' };
  const { redemption } = await must(t, here.brand.apiKey, 'redeem', {
    ...spent,
    idempotencyKey: newKey(),
  });
  await must(t, here.brand.apiKey, 'captureRedemption', {
    id: redemption.id,
    idempotencyKey: newKey(),
  });
  const into = await here.customer(0);
  await merge({ id: from }, { id: into.id });
  expect(await whole(into.id)).toMatchObject({ balance: 20, held: 0 });
  const shares = await t.database.query(
    `SELECT s.balance::int FROM wallet_shares s JOIN brands b ON b.id = s.brand_id
     WHERE s.customer_id = $1 ORDER BY b.slug`,
    [customerId.decode(into.id)],
  );
  expect(shares).toEqual([{ balance: 50 }, { balance: -30 }]);
});

test('a pending redemption goes on as the survivor’s: captured, cancelled or expired', async () => {
  const [from, into] = [await here.customer(30), await here.customer()];
  const ids = await Promise.all(
    [1, 2, 3].map(() => here.redemptionOf({ externalId: from.externalId }, 7)),
  );
  await merge({ id: from.id }, { id: into.id });
  expect(await whole(into.id)).toMatchObject({ balance: 9, held: 21 });
  const end = (write: 'captureRedemption' | 'cancelRedemption', id: string) =>
    must(t, here.brand.apiKey, write, { id, idempotencyKey: newKey() });
  await end('captureRedemption', ids[0] as string);
  await end('cancelRedemption', ids[1] as string);
  expect(await whole(into.id)).toMatchObject({ balance: 16, held: 7 });
  t.clock.offsetMs = 8 * 86_400_000;
  await settle(t);
  expect(await whole(into.id)).toMatchObject({ balance: 23, held: 0 });
});

test('what was paid to one is not paid again to both', async () => {
  const [from, into] = [await here.customer(), await here.customer()];
  const messageId = await here.message({ openMu: 2, audience: 9 });
  const open = async ({ externalId }: { externalId: string }) => {
    const input = { customer: { externalId }, messageId, action: 'OPEN', idempotencyKey: newKey() };
    return (await must(t, here.brand.apiKey, 'recordAttention', input))['grants'].length as number;
  };
  expect(await open(from)).toBe(1);
  await merge({ id: from.id }, { id: into.id });
  expect([await open(into), await open(from)]).toEqual([0, 0]);
  // Where both had been paid before, both payments stay as they were.
  const [one, other] = [await here.customer(), await here.customer()];
  expect([await open(one), await open(other)]).toEqual([1, 1]);
  await merge({ id: one.id }, { id: other.id });
  expect(await open(other)).toBe(0);
});

test('what a rule pays to one person at most it pays to both together', async () => {
  const rule = {
    name: 'visit',
    action: 'VISIT',
    amount: 10,
    perCustomerPerDay: 9,
    maxMuPerCustomer: 15,
  };
  await must(t, here.brand.apiKey, 'upsertEarnRule', { ...rule, idempotencyKey: newKey() });
  const [from, into] = [await here.customer(), await here.customer()];
  const visit = async (externalId: string) => {
    const input = { customer: { externalId }, action: 'VISIT', idempotencyKey: newKey() };
    const { grants } = await send(t, here.brand.apiKey, 'recordAttention', input);
    return grants.map((grant: Data) => grant['amount']) as number[];
  };
  expect(await visit(from.externalId)).toEqual([10]);
  await merge({ id: from.id }, { id: into.id });
  const before = (await whole(into.id)).balance;
  await visit(into.externalId);
  await visit(into.externalId);
  expect((await whole(into.id)).balance - before).toBeLessThanOrEqual(5);
});

test('of consents the stricter word counts', async () => {
  const say = (granted: boolean) => [{ purpose: 'BALANCE_VISIBLE', granted }];
  const person = (granted: boolean) =>
    idOf(t, here.brand, { externalId: here.name(), consents: say(granted) });
  const pairs = [
    [await person(true), await person(false)],
    [await person(false), await person(true)],
    [await person(true), await person(true)],
  ] as const;
  const words = await Promise.all(
    pairs.map(async ([from, into]) => {
      await merge({ id: from }, { id: into });
      const found = await find(t, here.brand.apiKey, { id: into });
      return found!['consents'][0].granted as boolean;
    }),
  );
  expect(words).toEqual([false, false, true]);
});

test('chains collapse, and merging two who are one changes nothing', async () => {
  const [a, b, c] = [await here.customer(10), await here.customer(10), await here.customer(10)];
  await merge({ id: a.id }, { id: b.id });
  await merge({ id: b.id }, { id: c.id });
  expect(await whole(a.id)).toMatchObject({ balance: 30, held: 0 });
  expect((await find(t, here.brand.apiKey, { id: a.id }))!['id']).toBe(c.id);
  expect(codesOf(await merge({ id: a.id }, { id: c.id }))).toEqual(['ALREADY_MERGED']);
  expect(codesOf(await merge({ id: c.id }, { id: b.id }))).toEqual(['ALREADY_MERGED']);
  expect(codesOf(await merge({ id: c.id }, { id: c.id }))).toEqual(['ALREADY_MERGED']);
});

test('a brand merges only whom it knows, the platform by id, and nobody who wants no Mu', async () => {
  const [a, b] = [await here.customer(), await here.customer()];
  const stranger = await there.customer();
  expect(codesOf(await merge({ id: a.id }, { id: stranger.id }))).toEqual(['NOT_FOUND']);
  expect(codesOf(await merge({ id: stranger.id }, { id: a.id }))).toEqual(['NOT_FOUND']);
  const byName = await merge({ externalId: a.externalId }, { id: b.id }, t.platformKey);
  expect(codesOf(byName)).toEqual(['NOT_FOUND']);
  const out = `mutation ($input: OptOutOfMuInput!) { optOutOfMu(input: $input) { userErrors { code } } }`;
  await t.run(
    out,
    { input: { customer: { id: b.id }, idempotencyKey: newKey() } },
    here.brand.apiKey,
  );
  expect(codesOf(await merge({ id: a.id }, { id: b.id }))).toEqual(['CUSTOMER_OPTED_OUT']);
  expect(codesOf(await merge({ id: b.id }, { id: a.id }))).toEqual(['CUSTOMER_OPTED_OUT']);
  const done = await merge({ id: a.id }, { id: stranger.id }, t.platformKey);
  expect(codesOf(done)).toEqual([]);
});

test('a person sees the merge into them, and another brand does not', async () => {
  const [a, b] = [await here.customer(), await here.customer()];
  const done = await merge({ id: a.id }, { id: b.id });
  const node = 'query ($id: ID!) { node(id: $id) { ... on CustomerMerge { reason } } }';
  const ask = async (bearer: string) => (await t.run(node, { id: done['merge'].id }, bearer)).data;
  expect(await ask(await tokenOf(t, here.brand, { id: b.id }))).toEqual({
    node: { reason: 'the same card' },
  });
  expect(await ask(here.brand.apiKey)).toEqual({ node: { reason: 'the same card' } });
  expect(await ask(there.brand.apiKey)).toEqual({ node: null });
});

test('every table that tells of a customer follows a merge, or is history', async () => {
  const loose = await t.database.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT a.attisdropped
       AND a.attname = 'customer_id' AND NOT EXISTS (
         SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'
           AND f.confrelid = 'customers'::regclass AND f.conkey = ARRAY[a.attnum])
       AND coalesce(col_description(c.oid, a.attnum), '') !~ 'refers: customers'
     ORDER BY c.relname`,
  );
  expect(loose.map(({ name }) => name)).toEqual([
    'accounts',
    // In which bands somebody was stays theirs.
    'band_changes',
    // Made anew by its job, and asked of the states it was made of.
    'brand_at_risk',
    // Counted by triggers that see a row change its customer.
    'customer_years',
    'delivery_totals',
    'entries',
    // Looked at once, by whoever the customer is then.
    'hotline_checks',
    // Made anew by its job; whoever was merged is left out when it is read.
    'next_scores',
    'outbox',
    'purchase_rhythms',
    // Not all caps are about somebody; those that are follow by a step of their own.
    'rule_caps',
    'segment_queue',
    'transfers',
    'wallet_shares',
    // What was told to somebody stays as it was told.
    'webhook_deliveries',
  ]);
});

test('no row follows without a merge that explains it', async () => {
  const [a, b] = [await here.customer(), await here.customer()];
  const move = t.database.query('SELECT merge_rows($1, $2, $3, now())', [
    randomUUID(),
    customerId.decode(a.id),
    customerId.decode(b.id),
  ]);
  await expect(move).rejects.toThrow('no merge explains this');
});
