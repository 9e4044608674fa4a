import { createBrand } from '../../src/brands';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { mutate, readBrand, refusalOf } from './operations';

let t: TestService;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

const some = (slug: string) => ({ name: 'Some Brand', slug });

async function count(table: 'brands' | 'api_keys', where = 'true'): Promise<number> {
  const [row] = await t.database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${table} WHERE ${where}`,
  );
  return row?.n ?? NaN;
}

describe('createBrand', () => {
  it('creates a brand whose first key may do everything and finds its own brand', async () => {
    const input = { name: ' Chai & Co ', slug: 'chai', timezone: 'Asia/Kolkata', currency: 'USD' };
    const payload = await mutate(t, 'createBrand', input);
    expect(payload).toMatchObject({
      brand: { slug: 'chai', name: 'Chai & Co', timezone: 'Asia/Kolkata', currency: 'USD' },
      replayed: false,
      userErrors: [],
    });
    const seen = await readBrand(t, payload['apiKey']);
    expect(seen).toMatchObject(payload['brand']);
    expect(seen?.['maxEventAgeDays']).toBe(30);
    expect(seen?.['apiKeys']).toHaveLength(1);
    expect(seen?.['apiKeys'][0].scopes).toEqual([
      'READ',
      'CUSTOMERS',
      'TOKENS',
      'MESSAGES',
      'ATTENTION',
      'RULES',
      'REDEMPTIONS',
      'LEDGER',
      'KEYS',
      'WEBHOOKS',
      'DEVELOPER',
    ]);
  });

  it('takes UTC and INR when nothing else is said', async () => {
    const { brand } = await mutate(t, 'createBrand', some('plain'));
    expect(brand).toMatchObject({ timezone: 'UTC', currency: 'INR' });
  });

  it('answers a repeated call with the same brand and the same key text', async () => {
    const input = { ...some('again'), idempotencyKey: newKey() };
    const first = await mutate(t, 'createBrand', input);
    const second = await mutate(t, 'createBrand', input);
    expect(first['apiKey']).toMatch(/^ar_/);
    expect(second).toEqual({ ...first, replayed: true });
    expect(await count('brands', "slug = 'again'")).toBe(1);
  });

  it('answers a repeated call as the first, whatever has happened to the brand since', async () => {
    const input = { ...some('renamed'), idempotencyKey: newKey() };
    const first = await mutate(t, 'createBrand', input);
    await mutate(t, 'updateBrand', { brandId: first['brand'].id, name: 'New Name' });
    const second = await mutate(t, 'createBrand', input);
    expect(second).toEqual({ ...first, replayed: true });
  });

  it('refuses a key used before with another input, and creates nothing', async () => {
    const idempotencyKey = newKey();
    await mutate(t, 'createBrand', { ...some('used-1'), idempotencyKey });
    const payload = await mutate(t, 'createBrand', { ...some('used-2'), idempotencyKey });
    expect(payload).toMatchObject({ brand: null, apiKey: null, replayed: false });
    expect(refusalOf(payload)).toEqual(['IDEMPOTENCY_KEY_REUSED', ['idempotencyKey']]);
    expect(await count('brands', "slug = 'used-2'")).toBe(0);
  });

  it('stores nothing from which the key text can be read', async () => {
    const { apiKey } = await mutate(t, 'createBrand', some('hidden'));
    const secret = (apiKey as string).slice(-43);
    const [stored] = await t.database.query<{ text: string }>(
      `SELECT (SELECT string_agg(k::text, ' ') FROM idempotency_keys k) ||
              (SELECT string_agg(k::text, ' ') FROM api_keys k) AS text`,
    );
    expect(stored?.text).toContain('hidden');
    expect(stored?.text).not.toContain(secret);
    expect(stored?.text).not.toContain(Buffer.from(secret).toString('hex'));
    expect(stored?.text).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
  });

  it('has forgotten the key text after the token secret changed, while the key still works', async () => {
    const input = { name: 'Rotated', slug: 'rotated', timezone: 'UTC', currency: 'INR' };
    const idempotencyKey = newKey();
    const first = await createBrand(t.service, { ...input, idempotencyKey });
    const config = { ...t.service.config, tokenSecret: 'the next token secret' };
    const services = { config, commands: t.service.commands };
    const second = await createBrand(services, { ...input, idempotencyKey });
    expect(second).toEqual(Object.assign({}, first, { apiKey: null, replayed: true }));
    expect(await readBrand(t, first.apiKey as string)).toMatchObject({ slug: 'rotated' });
  });

  it('makes one brand of 64 calls at once with one key', async () => {
    const input = { ...some('storm'), idempotencyKey: newKey() };
    const payloads = await Promise.all(
      Array.from({ length: 64 }, () => mutate(t, 'createBrand', input)),
    );
    const first = payloads.filter((payload) => !payload['replayed']);
    expect(first).toHaveLength(1);
    expect(first[0]?.['apiKey']).toMatch(/^ar_/);
    for (const payload of payloads) {
      expect({ ...payload, replayed: false }).toEqual(first[0]);
    }
    expect(await count('brands', "slug = 'storm'")).toBe(1);
    const keys = "brand_id = (SELECT id FROM brands WHERE slug = 'storm')";
    expect(await count('api_keys', keys)).toBe(1);
  });

  it('makes one brand of many calls at once that want the same slug', async () => {
    const payloads = await Promise.all(
      Array.from({ length: 24 }, () => mutate(t, 'createBrand', some('wanted'))),
    );
    expect(payloads.filter((payload) => payload['brand'] !== null)).toHaveLength(1);
    const refusals = payloads.map(refusalOf).filter((refusal) => refusal !== undefined);
    expect(refusals).toEqual(Array(23).fill(['ALREADY_EXISTS', ['slug']]));
  });

  it('makes each brand of many calls at once, all with keys of their own', async () => {
    const slugs = Array.from({ length: 24 }, (_, n) => `many-${n}`);
    const payloads = await Promise.all(slugs.map((slug) => mutate(t, 'createBrand', some(slug))));
    expect(payloads.map((payload) => payload['brand'].slug)).toEqual(slugs);
    const seen = await Promise.all(payloads.map((payload) => readBrand(t, payload['apiKey'])));
    expect(seen.map((brand) => brand?.['slug'])).toEqual(slugs);
  });

  it.each([
    ['an empty slug', { slug: '' }, 'INVALID_TEXT', 'slug'],
    ['a slug with a capital', { slug: 'Chai' }, 'INVALID_TEXT', 'slug'],
    ['a slug that begins with a hyphen', { slug: '-chai' }, 'INVALID_TEXT', 'slug'],
    ['a slug that ends with a hyphen', { slug: 'chai-' }, 'INVALID_TEXT', 'slug'],
    ['a slug of 64 characters', { slug: 'a'.repeat(64) }, 'INVALID_TEXT', 'slug'],
    ['a slug with a line break', { slug: 'chai\n' }, 'INVALID_TEXT', 'slug'],
    ['a slug in another script', { slug: 'चाय' }, 'INVALID_TEXT', 'slug'],
    ['an empty name', { name: '  ' }, 'INVALID_TEXT', 'name'],
    ['a name with a zero byte', { name: 'a\u0000b' }, 'INVALID_TEXT', 'name'],
    ['a name of 2,001 bytes', { name: 'a'.repeat(2001) }, 'INVALID_TEXT', 'name'],
    ['a zone that does not exist', { timezone: 'Asia/Kalkutta' }, 'INVALID_VALUE', 'timezone'],
    ['an empty zone', { timezone: '' }, 'INVALID_VALUE', 'timezone'],
    ['an offset for a zone', { timezone: '+05:30' }, 'INVALID_VALUE', 'timezone'],
    ['a zone that is a path', { timezone: '../../etc/passwd' }, 'INVALID_VALUE', 'timezone'],
    ['a currency in small letters', { currency: 'inr' }, 'INVALID_VALUE', 'currency'],
    ['a currency of four letters', { currency: 'INRX' }, 'INVALID_VALUE', 'currency'],
  ])('refuses %s', async (_, wrong, code, field) => {
    const before = await count('brands');
    const payload = await mutate(t, 'createBrand', { ...some('refused'), ...wrong });
    expect(payload).toMatchObject({ brand: null, apiKey: null });
    expect(refusalOf(payload)).toEqual([code, [field]]);
    expect(await count('brands')).toBe(before);
  });

  it.each([['a'], ['1'], ['a'.repeat(63)], ['a--b']])('takes %j as a slug', async (slug) => {
    const { brand } = await mutate(t, 'createBrand', some(slug));
    expect(brand.slug).toBe(slug);
  });

  it('answers a repeated refusal again, also when the slug has become free to use', async () => {
    const input = { ...some('late'), timezone: 'Nowhere', idempotencyKey: newKey() };
    const first = await mutate(t, 'createBrand', input);
    const second = await mutate(t, 'createBrand', input);
    expect(second).toEqual({ ...first, replayed: true });
  });

  it('is for the platform alone', async () => {
    const { apiKey } = await t.createBrand('not-the-platform');
    const forbidden = mutate(t, 'createBrand', some('never'), apiKey);
    await expect(forbidden).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const anonymous = t.run(
      'mutation { createBrand(input: {name: "x", slug: "x", idempotencyKey: "12345678"}) { replayed } }',
    );
    await expect(anonymous).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('may not run without a usable idempotency key', async () => {
    const call = mutate(t, 'createBrand', { ...some('keyless'), idempotencyKey: '1234567' });
    await expect(call).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
