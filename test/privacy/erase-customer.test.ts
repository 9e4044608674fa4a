import { Scene } from '../promises/scene';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { eraseAs, exportAs, followUp } from './people';

let t: TestService;
let scene: Scene;
let other: Scene;
let named = 0;

beforeAll(async () => {
  t = await startTestService();
  scene = await Scene.create(t, 'first-brand');
  other = await Scene.create(t, 'second-brand');
});

afterAll(() => t.close());

/** One person whom both brands know, with ten Mu of each. */
async function shared(): Promise<{ id: string; externalId: string; email: string }> {
  const externalId = `shared-${(named += 1)}`;
  const email = `${externalId}@example.in`;
  const { id } = await scene.link(externalId, email);
  expect((await other.link(externalId, email)).id).toBe(id);
  await scene.grantTo({ externalId });
  await other.grantTo({ externalId });
  return { id, externalId, email };
}

async function found(of: Scene, by: object): Promise<unknown> {
  const text = 'query ($by: CustomerBy!) { customer(by: $by) { id wallet { balance } } }';
  const { data } = await t.run(text, { by }, of.brand.apiKey);
  return data['customer'];
}

async function codes(mutation: string, input: object, bearer: string): Promise<string[]> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await t.run(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`,
    { input: { ...input, idempotencyKey: newKey() } },
    bearer,
  );
  expect(errors).toBeUndefined();
  return (data[mutation].userErrors as { code: string }[]).map(({ code }) => code);
}

it('ends a brand’s own relationship and leaves another brand’s as it was', async () => {
  const { id, email } = await shared();
  const { erasure } = await eraseAs(t, scene.brand.apiKey, { email });
  expect(erasure).toMatchObject({ customerId: id, everywhere: false, extinguished: 10 });
  expect(await found(scene, { id })).toBeNull();
  expect(await found(scene, { email })).toBeNull();
  expect(await found(other, { email })).toMatchObject({ id, wallet: { balance: 10 } });
});

it('erases once, however often it is asked for', async () => {
  const { id } = await shared();
  const first = await eraseAs(t, scene.brand.apiKey, { id });
  const again = await eraseAs(t, scene.brand.apiKey, { id });
  expect(again).toEqual(first);
});

it('refuses what is said of an erased customer by their id with CUSTOMER_ERASED', async () => {
  const { id, externalId } = await shared();
  await eraseAs(t, scene.brand.apiKey, { id });
  const key = scene.brand.apiKey;
  const customer = { id };
  expect(await codes('recordAttention', { customer, action: 'SCAN' }, key)).toEqual([
    'CUSTOMER_ERASED',
  ]);
  const gift = { customer, amount: 3, description: 'tea' };
  expect(await codes('redeem', gift, key)).toEqual(['CUSTOMER_ERASED']);
  const named = { customer: { externalId }, action: 'SCAN' };
  expect(await codes('recordAttention', named, key)).toEqual(['NOT_FOUND']);
});

it('answers null when asked whether an erased customer may be written to', async () => {
  const { id, externalId } = await shared();
  await scene.do('identifyCustomer', {
    externalId,
    consents: [{ purpose: 'MESSAGES', granted: true }],
  });
  const text = `query ($customer: CustomerBy!, $customers: [CustomerBy!]!) {
    canContact(customer: $customer, channel: EMAIL) { allowed }
    canContactEach(customers: $customers, channel: EMAIL) { allowed } }`;
  const ask = async (customer: object) =>
    (await t.run(text, { customer, customers: [customer] }, scene.brand.apiKey)).data;
  expect(await ask({ id })).toEqual({
    canContact: { allowed: true },
    canContactEach: [{ allowed: true }],
  });
  await eraseAs(t, scene.brand.apiKey, { id });
  for (const customer of [{ id }, { externalId }]) {
    expect(await ask(customer)).toEqual({ canContact: null, canContactEach: [null] });
  }
});

it('takes somebody who comes back for somebody new', async () => {
  const { id, email } = await shared();
  await eraseAs(t, scene.brand.apiKey, { id });
  const back = await scene.link('back-again', email);
  expect(back.id).not.toBe(id);
  const merge = { from: { id: back.id }, into: { id }, reason: 'the same card' };
  expect(await codes('mergeCustomers', merge, t.platformKey)).toEqual(['CUSTOMER_ERASED']);
});

it('forgets a person everywhere when they ask, with all their Mu', async () => {
  const person = await shared();
  await scene.redemptionOf({ externalId: person.externalId }, 4);
  const token = await scene.tokenOf(person);
  const { erasure } = await eraseAs(t, token, null);
  expect(erasure).toMatchObject({ everywhere: true, extinguished: 20 });
  expect(await found(scene, { id: person.id })).toBeNull();
  expect(await found(other, { id: person.id })).toBeNull();
  expect(await codes('learnAboutMu', {}, token)).toEqual(['CUSTOMER_ERASED']);
  expect((await t.run('{ me { id } }', {}, token)).data['me']).toBeNull();
  const told = await t.database.query<{ brand_id: string }>(
    `SELECT brand_id FROM outbox o WHERE o.topic = 'customer.erased'
       AND o.payload ->> 'customerId' = $1`,
    [person.id],
  );
  expect(told).toHaveLength(2);
});

it('lets the platform erase a person by their id, whoever they were merged from', async () => {
  const [one, survivor] = [await scene.customer(10), await shared()];
  const merge = { from: { id: one.id }, into: { id: survivor.id }, reason: 'the same card' };
  expect(await codes('mergeCustomers', merge, scene.brand.apiKey)).toEqual([]);
  const { erasure } = await eraseAs(t, t.platformKey, { id: one.id });
  expect(erasure).toMatchObject({ customerId: survivor.id, extinguished: 30 });
  expect(await found(scene, { externalId: one.externalId })).toBeNull();
});

it('does not tell a brand of another one’s customers', async () => {
  const { id } = await other.customer();
  expect(await eraseAs(t, scene.brand.apiKey, { id })).toMatchObject({
    erasure: null,
    userErrors: [{ code: 'NOT_FOUND' }],
  });
  expect(await exportAs(t, scene.brand.apiKey, { id })).toBeNull();
});

it('survives payments and erasures at the same moment', async () => {
  const person = await shared();
  const customer = { id: person.id };
  const sent = Array.from({ length: 8 }, (_, at) =>
    at === 3
      ? eraseAs(t, t.platformKey, customer)
      : codes('recordAttention', { customer, action: 'SCAN' }, scene.brand.apiKey),
  );
  await Promise.all(sent);
  t.clock.offsetMs += 120_000;
  await followUp(t);
  const left = await t.database.query(
    `SELECT s.customer_id FROM attention_states s JOIN erasures e USING (customer_id)
     WHERE e.brand_id IS NULL`,
  );
  expect(left).toEqual([]);
});
