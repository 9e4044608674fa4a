import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { find, identify, idOf } from './people';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('tripkart');
  other = await t.createBrand('dailypaper');
});

afterAll(() => t.close());

let made = 0;
/** Keys nobody has used yet. */
function person(): { externalId: string; email: string; phone: string } {
  made += 1;
  const externalId = `crm-${made}`;
  return { externalId, email: `${externalId}@example.in`, phone: `+9198200${10_000 + made}` };
}

describe('what a call needs', () => {
  test('it answers the customer with what the brand said, in canonical form', async () => {
    const { customer, replayed, userErrors } = await identify(t, brand, {
      externalId: ' crm-asha ',
      email: ' Asha.Rao+Mu@Example.IN',
      phone: '+91 (98200) 00001',
      traits: { name: 'Asha Rao', city: 'Pune' },
      consents: [{ purpose: 'MESSAGES', granted: true }],
      confirmed: ['EMAIL'],
    });

    expect(userErrors).toEqual([]);
    expect(replayed).toBe(false);
    expect(customer).toEqual({
      id: expect.stringMatching(/^cus_[0-9a-z]{26}$/),
      externalId: 'crm-asha',
      email: 'asha.rao+mu@example.in',
      phone: '+919820000001',
      name: 'Asha Rao',
      traits: { name: 'Asha Rao', city: 'Pune' },
      createdAt: expect.any(String),
      identities: [
        { kind: 'EMAIL', value: 'asha.rao+mu@example.in', confirmedAt: expect.any(String) },
        { kind: 'PHONE', value: '+919820000001', confirmedAt: null },
      ],
      consents: [{ purpose: 'MESSAGES', granted: true, recordedAt: expect.any(String) }],
    });
  });

  test.each([
    ['nothing to go by', {}, 'INVALID_VALUE', null],
    ['nulls only', { externalId: null, email: null, phone: null }, 'INVALID_VALUE', null],
    ['a malformed e-mail', { email: 'asha at example.in' }, 'INVALID_EMAIL', ['email']],
    ['a phone without country code', { phone: '98200 00001' }, 'INVALID_PHONE', ['phone']],
    ['an externalId of spaces', { externalId: '   ' }, 'INVALID_TEXT', ['externalId']],
    ['an externalId with NUL', { externalId: 'crm\u0000' }, 'INVALID_TEXT', ['externalId']],
    ['half a surrogate pair', { externalId: 'crm\ud800' }, 'INVALID_TEXT', ['externalId']],
    ['2,001 bytes of externalId', { externalId: 'x'.repeat(2001) }, 'INVALID_TEXT', ['externalId']],
    [
      'confirming what is not named',
      { externalId: 'a', confirmed: ['PHONE'] },
      'INVALID_VALUE',
      ['confirmed'],
    ],
    [
      'NUL in a trait',
      { externalId: 'a', traits: { city: 'Pu\u0000ne' } },
      'INVALID_TEXT',
      ['traits'],
    ],
    ['65 traits', { externalId: 'a', traits: traitsOf(65) }, 'LIMIT_EXCEEDED', ['traits']],
    [
      'a prototype',
      { externalId: 'a', traits: JSON.parse('{"__proto__": {"a": 1}}') },
      'INVALID_VALUE',
      ['traits'],
    ],
  ])('%s is refused', async (_, input, code, field) => {
    const { customer, userErrors } = await identify(t, brand, input);

    expect(customer).toBeNull();
    expect(userErrors).toEqual([{ code, field, message: expect.any(String) }]);
  });

  test('all that is wrong is said at once, without repeating it', async () => {
    const input = { email: 'secret at example.in', phone: 'secret', traits: traitsOf(65) };
    const { userErrors } = await identify(t, brand, input);

    expect(userErrors.map((error) => error.field)).toEqual([['email'], ['phone'], ['traits']]);
    expect(JSON.stringify(userErrors)).not.toContain('secret');
  });

  test('an externalId of 2,000 bytes and 64 traits are taken', async () => {
    const input = { externalId: 'y'.repeat(2000), traits: traitsOf(64) };
    const { customer } = await identify(t, brand, input);

    expect(customer?.['externalId']).toHaveLength(2000);
    expect(Object.keys(customer?.['traits'])).toHaveLength(64);
  });
});

function traitsOf(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, at]));
}

describe('who is who for one brand', () => {
  test('each key the brand named finds the same customer', async () => {
    const asha = person();
    const id = await idOf(t, brand, asha);

    expect(await idOf(t, brand, { externalId: asha.externalId })).toBe(id);
    expect(await idOf(t, brand, { email: asha.email.toUpperCase() })).toBe(id);
    expect(await idOf(t, brand, { phone: asha.phone })).toBe(id);
  });

  test('dots and +tag make other customers', async () => {
    const plain = await idOf(t, brand, { email: 'tagged@example.in' });

    expect(await idOf(t, brand, { email: 'tagged+mu@example.in' })).not.toBe(plain);
    expect(await idOf(t, brand, { email: 'tag.ged@example.in' })).not.toBe(plain);
  });

  test('a customer found by e-mail gets the externalId they had not', async () => {
    const { externalId, email } = person();
    const id = await idOf(t, brand, { email });

    const { customer } = await identify(t, brand, { externalId, email });

    expect(customer).toMatchObject({ id, externalId });
  });

  test('the externalId is set once', async () => {
    const { externalId, email } = person();
    await identify(t, brand, { externalId, email });

    const { customer, userErrors } = await identify(t, brand, { externalId: 'another', email });

    expect(customer).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['externalId'] }]);
    expect(await find(t, brand.apiKey, { externalId: 'another' })).toBeNull();
  });

  test('an e-mail or phone of another of the brand’s own customers is refused and stays', async () => {
    const asha = person();
    const meera = person();
    const id = await idOf(t, brand, asha);
    await identify(t, brand, meera);

    const both = { externalId: meera.externalId, email: asha.email, phone: asha.phone };
    const { customer, userErrors } = await identify(t, brand, { ...both, traits: { name: 'X' } });

    expect(customer).toBeNull();
    expect(userErrors.map((error) => [error.code, error.field])).toEqual([
      ['ALREADY_EXISTS', ['email']],
      ['ALREADY_EXISTS', ['phone']],
    ]);
    expect(await find(t, brand.apiKey, { email: asha.email })).toMatchObject({ id });
    expect(await find(t, brand.apiKey, { externalId: meera.externalId })).toMatchObject({
      email: meera.email,
      name: null,
    });
  });

  test('the e-mail goes before the phone when they lead to two customers', async () => {
    const { email } = person();
    const { phone } = person();
    await identify(t, brand, { email });
    await identify(t, brand, { phone });

    const { userErrors } = await identify(t, brand, { email, phone });

    expect(userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['phone'] }]);
  });

  test('a new address becomes the current one and the earlier ones still find the customer', async () => {
    const { externalId, email } = person();
    const id = await idOf(t, brand, { externalId, email });
    await identify(t, brand, { externalId, email: `new.${email}` });

    expect(await find(t, brand.apiKey, { email })).toMatchObject({ id, email: `new.${email}` });

    await identify(t, brand, { externalId, email });
    const customer = await find(t, brand.apiKey, { externalId });
    expect(customer?.['email']).toBe(email);
    expect(customer?.['identities']).toHaveLength(2);
  });
});

describe('what is noted', () => {
  test('traits are laid over each other key by key and null deletes one', async () => {
    const { externalId } = person();
    await identify(t, brand, { externalId, traits: { name: 'Asha', city: 'Pune', a: { b: 1 } } });

    const traits = { name: 'Asha Rao', city: null, a: { c: null } };
    const { customer } = await identify(t, brand, { externalId, traits });

    expect(customer?.['traits']).toEqual({ name: 'Asha Rao', a: { c: null } });
    expect(customer?.['name']).toBe('Asha Rao');
  });

  test('traits may not grow beyond their limit call by call', async () => {
    const { externalId } = person();
    await identify(t, brand, { externalId, traits: traitsOf(64) });

    const refusal = await identify(t, brand, { externalId, traits: { more: true } });
    const swapped = await identify(t, brand, { externalId, traits: { t0: null, t1: 'new' } });

    expect(refusal.userErrors).toMatchObject([{ code: 'LIMIT_EXCEEDED', field: ['traits'] }]);
    expect(Object.keys(swapped.customer?.['traits'])).toHaveLength(63);
  });

  test('a name that is no text is no name', async () => {
    const { externalId } = person();
    const { customer } = await identify(t, brand, { externalId, traits: { name: { first: 'A' } } });

    expect(customer?.['name']).toBeNull();
  });

  test('the last word on a purpose counts, within a call and between calls', async () => {
    const { externalId } = person();
    const yes = { purpose: 'BALANCE_VISIBLE', granted: true };
    const no = { purpose: 'BALANCE_VISIBLE', granted: false };
    await identify(t, brand, { externalId, consents: [yes, no] });
    const first = await find(t, brand.apiKey, { externalId });
    await identify(t, brand, { externalId, consents: [yes] });
    const second = await find(t, brand.apiKey, { externalId });

    expect(first?.['consents']).toMatchObject([no]);
    expect(second?.['consents']).toMatchObject([yes]);
  });

  test('an identity confirmed later keeps the first time it was confirmed', async () => {
    const { email } = person();
    await identify(t, brand, { email });
    const confirmed = await identify(t, brand, { email, confirmed: ['EMAIL'] });
    await identify(t, brand, { email, confirmed: ['EMAIL'] });
    const customer = await find(t, brand.apiKey, { email });

    const at = confirmed.customer?.['identities'][0].confirmedAt as string;
    expect(at).toEqual(expect.any(String));
    expect(customer?.['identities'][0].confirmedAt).toEqual(at);
  });
});

describe('idempotency', () => {
  test('a replay answers the same and a refusal is replayed too', async () => {
    const input = { ...person(), traits: { name: 'Asha' }, idempotencyKey: newKey() };
    const first = await identify(t, brand, input);
    const again = await identify(t, brand, input);
    const refusal = { email: 'no address', idempotencyKey: newKey() };

    expect(again).toEqual({ ...first, replayed: true });
    expect(await identify(t, brand, refusal)).toMatchObject({ replayed: false });
    expect(await identify(t, brand, refusal)).toMatchObject({
      replayed: true,
      userErrors: [{ code: 'INVALID_EMAIL' }],
    });
  });

  test('a key used for another input changes nothing, and another brand’s key is another key', async () => {
    const idempotencyKey = newKey();
    const { externalId, email } = person();
    await identify(t, brand, { externalId, idempotencyKey });

    const reused = await identify(t, brand, { externalId, email, idempotencyKey });
    const elsewhere = await identify(t, other, { email, idempotencyKey });

    expect(reused.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(await find(t, brand.apiKey, { email })).toBeNull();
    expect(elsewhere).toMatchObject({ replayed: false, userErrors: [] });
  });

  test('stored answers hold the id and nothing of the person', async () => {
    const canary = { externalId: 'canary-x', email: 'canary@example.in', phone: '+919820099999' };
    await identify(t, brand, { ...canary, traits: { name: 'canary' } });

    const [row] = await t.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM idempotency_keys k
       WHERE k::text ILIKE '%canary%' OR k::text LIKE '%9820099999%'`,
    );
    expect(row?.count).toBe(0);
  });
});
