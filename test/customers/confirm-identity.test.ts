import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { find, idOf, tokenOf } from './people';

const operation = (name: string) =>
  readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let people = 0;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('pageturn');
  other = await t.createBrand('other');
});
afterEach(() => (t.clock.offsetMs = 0));
afterAll(() => t.close());

async function run(
  name: 'linkIdentity' | 'confirmIdentity',
  input: Record<string, unknown>,
  bearer = brand.apiKey,
): Promise<Data> {
  const file = name === 'linkIdentity' ? 'link-identity' : 'confirm-identity';
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(operation(file), variables, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data[name] as Data;
}

async function reader(extra: Record<string, unknown> = {}): Promise<string> {
  return idOf(t, brand, { externalId: `reader-${(people += 1)}`, ...extra });
}

const codesOf = (payload: Data) => payload['userErrors'].map((one: Data) => one['code']);

/** Another code than this one. */
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function begin(id: string, email: string): Promise<{ confirmationId: string; code: string }> {
  const { confirmation, code } = await run('linkIdentity', { customer: { id }, email });
  return { confirmationId: confirmation.id, code };
}

const wallet = 'query ($by: CustomerBy!) { customer(by: $by) { wallet { state } } }';
async function walletState(id: string): Promise<string> {
  const { data } = await t.run(wallet, { by: { id } }, brand.apiKey);
  return data['customer'].wallet.state;
}

test('a code that comes back makes the address the customer’s, confirmed, and the wallet redeemable', async () => {
  const id = await reader();
  expect(await walletState(id)).toBe('WHATS_IT');
  const begun = await run('linkIdentity', { customer: { id }, email: 'Meera@Example.in' });
  expect(begun['code']).toMatch(/^[0-9]{6}$/);
  expect(begun['confirmation']).toMatchObject({ kind: 'EMAIL', value: 'meera@example.in' });
  expect(await find(t, brand.apiKey, { email: 'meera@example.in' })).toBeNull();

  const confirmationId = begun['confirmation'].id;
  const done = await run('confirmIdentity', { confirmationId, code: begun['code'] });
  expect(done).toMatchObject({ customer: { id, email: 'meera@example.in' }, userErrors: [] });
  expect(done['customer'].wallet.state).toBe('REDEEM');
  const found = await find(t, brand.apiKey, { email: 'meera@example.in' });
  expect(found).toMatchObject({ id, identities: [{ value: 'meera@example.in' }] });
  expect(found!['identities'][0].confirmedAt).not.toBeNull();
});

test('a phone number is proven like an address', async () => {
  const id = await reader();
  const begun = await run('linkIdentity', { customer: { id }, phone: '+91 98200 12345' });
  const confirmationId = begun['confirmation'].id;
  const done = await run('confirmIdentity', { confirmationId, code: begun['code'] });
  expect(done['customer']).toMatchObject({ id, phone: '+919820012345' });
});

test('the customer gives the code back with a token of their own, and with nobody else’s', async () => {
  const id = await reader();
  const begun = await begin(id, 'own-token@example.in');
  const stranger = await tokenOf(t, brand, { id: await reader() });
  expect(codesOf(await run('confirmIdentity', begun, stranger))).toEqual(['NOT_FOUND']);
  const own = await tokenOf(t, brand, { id });
  expect(await run('confirmIdentity', begun, own)).toMatchObject({ customer: { id } });
});

test('a confirmation of another brand is none at all', async () => {
  const begun = await begin(await reader(), 'tenants@example.in');
  const foreign = await run('confirmIdentity', begun, other.apiKey);
  const missing = { ...begun, confirmationId: 'cnf_01h455vb4pex5vsknk084sn02q' };
  expect(foreign).toEqual(await run('confirmIdentity', missing, other.apiKey));
  expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
});

test('five guesses are answered, and after them not even the right code counts', async () => {
  const id = await reader();
  const begun = await begin(id, 'guessed@example.in');
  for (let guess = 1; guess <= 5; guess += 1) {
    const tried = await run('confirmIdentity', { ...begun, code: wrong(begun.code) });
    expect(codesOf(tried)).toEqual(['WRONG_CODE']);
  }
  expect(codesOf(await run('confirmIdentity', begun))).toEqual(['CONFIRMATION_CLOSED']);
  const again = await begin(id, 'guessed@example.in');
  for (let guess = 1; guess <= 4; guess += 1) {
    await run('confirmIdentity', { ...again, code: wrong(again.code) });
  }
  expect(codesOf(await run('confirmIdentity', again))).toEqual([]);
});

test('a hundred guesses at the same moment are five guesses', async () => {
  const begun = await begin(await reader(), 'storm@example.in');
  const code = wrong(begun.code);
  const tries = Array.from({ length: 100 }, () => run('confirmIdentity', { ...begun, code }));
  const codes = (await Promise.all(tries)).flatMap(codesOf);
  expect(codes.filter((one) => one === 'WRONG_CODE')).toHaveLength(5);
  expect(codes.filter((one) => one === 'CONFIRMATION_CLOSED')).toHaveLength(95);
});

test('a repeated guess under one key is one guess', async () => {
  const begun = await begin(await reader(), 'repeated@example.in');
  const guess = { ...begun, code: wrong(begun.code), idempotencyKey: newKey() };
  for (let time = 0; time < 9; time += 1) await run('confirmIdentity', guess);
  expect(codesOf(await run('confirmIdentity', begun))).toEqual([]);
});

test('a code works for ten minutes and not a second longer', async () => {
  const id = await reader();
  const [inTime, late] = [
    await begin(id, 'in-time@example.in'),
    await begin(id, 'late@example.in'),
  ];
  t.clock.offsetMs = 590_000;
  expect(codesOf(await run('confirmIdentity', inTime))).toEqual([]);
  t.clock.offsetMs = 601_000;
  expect(codesOf(await run('confirmIdentity', late))).toEqual(['CONFIRMATION_CLOSED']);
});

test('a confirmation is used once', async () => {
  const begun = await begin(await reader(), 'once@example.in');
  const first = { ...begun, idempotencyKey: newKey() };
  expect(codesOf(await run('confirmIdentity', first))).toEqual([]);
  expect(await run('confirmIdentity', first)).toMatchObject({ replayed: true, userErrors: [] });
  expect(codesOf(await run('confirmIdentity', begun))).toEqual(['CONFIRMATION_CLOSED']);
});

test('ten confirmations begin in a day, and the eleventh is refused', async () => {
  const id = await reader();
  const link = (n: number) => run('linkIdentity', { customer: { id }, email: `n${n}@example.in` });
  const answers = await Promise.all(Array.from({ length: 11 }, (_, n) => link(n)));
  expect(answers.flatMap(codesOf)).toEqual(['LIMIT_EXCEEDED']);
  t.clock.offsetMs = 86_400_000 + 60_000;
  expect(codesOf(await link(12))).toEqual([]);
});

test('a replay shows the same code again, although only a keyed hash of it is stored', async () => {
  const input = { customer: { id: await reader() }, email: 'replay@example.in' };
  const keyed = { ...input, idempotencyKey: newKey() };
  const first = await run('linkIdentity', keyed);
  expect(await run('linkIdentity', keyed)).toEqual({ ...first, replayed: true });
  const code = first['code'] as string;
  const [stored] = await t.database.query<{ row: object }>(
    `SELECT to_jsonb(c) AS row FROM identity_confirmations c WHERE value = 'replay@example.in'`,
  );
  const answers = await t.database.query<{ answer: object }>('SELECT answer FROM idempotency_keys');
  expect(JSON.stringify(answers)).not.toContain(`"${code}"`);
  expect(JSON.stringify(stored)).not.toContain(`"${code}"`);
});

test('neither both, nor none, nor what is no address is begun', async () => {
  const customer = { id: await reader() };
  const refusals = [
    { customer },
    { customer, email: 'a@example.in', phone: '+919820012345' },
    { customer, email: 'a@localhost' },
    { customer, phone: '12' },
    { customer: { externalId: 'nobody' }, email: 'a@example.in' },
  ];
  const codes = await Promise.all(refusals.map((input) => run('linkIdentity', input)));
  expect(codes.map((payload) => [...codesOf(payload), payload['code']])).toEqual([
    ['INVALID_VALUE', null],
    ['INVALID_VALUE', null],
    ['INVALID_EMAIL', null],
    ['INVALID_PHONE', null],
    ['NOT_FOUND', null],
  ]);
});

test('proof takes an address from a customer of whom it was only said', async () => {
  const said = await reader({ email: 'typo@example.in' });
  const real = await reader();
  await run('confirmIdentity', await begin(real, 'typo@example.in'));
  expect(await find(t, brand.apiKey, { email: 'typo@example.in' })).toMatchObject({ id: real });
  expect(await find(t, brand.apiKey, { id: said })).toMatchObject({ email: null, identities: [] });
  // The directory leads there too: a brand that meets the address for the first time meets its owner.
  expect(await idOf(t, other, { email: 'typo@example.in' })).toBe(real);
});

test('what is announced names the customer and no address', async () => {
  const id = await reader();
  await run('confirmIdentity', await begin(id, 'announced@example.in'));
  const [told] = await t.database.query<{ payload: object }>(
    `SELECT payload FROM outbox WHERE topic = 'identity.confirmed' ORDER BY id DESC LIMIT 1`,
  );
  expect(told!.payload).toEqual({ customerId: id, kind: 'EMAIL' });
});
