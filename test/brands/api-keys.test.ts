import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { keyWith, mutate, readBrand, refusalOf, tokenFor } from './operations';

let t: TestService;
let chai: TestBrand;
let kite: TestBrand;

beforeAll(async () => {
  // One lane, so that commands of different brands share a batch.
  t = await startTestService({ limits: { writerLanes: 1 } });
  chai = await t.createBrand('chai');
  kite = await t.createBrand('kite');
});

afterAll(() => t.close());

const readKey = { name: 'Reads', scopes: ['READ'] };

describe('createApiKey', () => {
  it('creates a key that may do what it was given and nothing else', async () => {
    const payload = await mutate(t, 'createApiKey', readKey, chai.apiKey);
    expect(payload).toMatchObject({
      apiKey: { name: 'Reads', scopes: ['READ'], revokedAt: null },
      replayed: false,
      userErrors: [],
    });
    const secret = payload['secret'] as string;
    expect(await readBrand(t, secret)).toMatchObject({ id: chai.id, apiKeys: [] });
    await expect(mutate(t, 'createApiKey', readKey, secret)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('answers a repeated call with the same key and the same secret', async () => {
    const input = { ...readKey, idempotencyKey: newKey() };
    const first = await mutate(t, 'createApiKey', input, chai.apiKey);
    const second = await mutate(t, 'createApiKey', input, chai.apiKey);
    expect(first['secret']).toMatch(/^ar_/);
    expect(second).toEqual({ ...first, replayed: true });
  });

  it('counts a scope once however often it is named', async () => {
    const scopes = ['READ', 'RULES', 'READ'];
    const { apiKey } = await mutate(t, 'createApiKey', { name: 'x', scopes }, chai.apiKey);
    expect(apiKey.scopes).toEqual(['READ', 'RULES']);
  });

  it('gives away no scope that the calling key lacks', async () => {
    const keysOnly = await keyWith(t, chai.apiKey, 'KEYS');
    await expect(mutate(t, 'createApiKey', readKey, keysOnly)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const { apiKey } = await mutate(t, 'createApiKey', { name: 'x', scopes: ['KEYS'] }, keysOnly);
    expect(apiKey.scopes).toEqual(['KEYS']);
  });

  it('replays no secret of a stronger key to a weaker one', async () => {
    const input = { ...readKey, idempotencyKey: newKey() };
    await mutate(t, 'createApiKey', input, chai.apiKey);
    const keysOnly = await keyWith(t, chai.apiKey, 'KEYS');
    await expect(mutate(t, 'createApiKey', input, keysOnly)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('lets the platform create one for any brand, and must be told which', async () => {
    const { secret } = await mutate(t, 'createApiKey', { ...readKey, brandId: kite.id });
    expect(await readBrand(t, secret)).toMatchObject({ id: kite.id });
    expect(refusalOf(await mutate(t, 'createApiKey', readKey))).toEqual([
      'INVALID_VALUE',
      ['brandId'],
    ]);
  });

  it('takes the own brand by id and another as if it did not exist', async () => {
    const own = await mutate(t, 'createApiKey', { ...readKey, brandId: chai.id }, chai.apiKey);
    expect(await readBrand(t, own['secret'])).toMatchObject({ id: chai.id });
    const unknown = 'brd_01h455vb4pex5vsknk084sn02q';
    for (const brandId of [kite.id, unknown, 'nonsense', chai.id.replace('brd_', 'cus_')]) {
      const payload = await mutate(t, 'createApiKey', { ...readKey, brandId }, chai.apiKey);
      expect(payload).toMatchObject({ apiKey: null, secret: null });
      expect(refusalOf(payload)).toEqual(['NOT_FOUND', ['brandId']]);
    }
    expect(refusalOf(await mutate(t, 'createApiKey', { ...readKey, brandId: unknown }))).toEqual([
      'NOT_FOUND',
      ['brandId'],
    ]);
  });

  it('refuses a key without a scope or a name', async () => {
    const none = await mutate(t, 'createApiKey', { name: 'x', scopes: [] }, chai.apiKey);
    expect(refusalOf(none)).toEqual(['INVALID_VALUE', ['scopes']]);
    const nameless = await mutate(t, 'createApiKey', { ...readKey, name: '' }, chai.apiKey);
    expect(refusalOf(nameless)).toEqual(['INVALID_TEXT', ['name']]);
  });

  it('keeps a brand at 100 working keys, also when two processes are asked for many at once', async () => {
    const { id, apiKey } = await t.createBrand('many-keys');
    const other = await startTestService({ database: t.database });
    const payloads = await Promise.all(
      Array.from({ length: 110 }, (_, n) =>
        mutate(n % 2 === 0 ? t : other, 'createApiKey', readKey, apiKey),
      ),
    );
    await other.close();
    const refusals = payloads.map(refusalOf).filter((refusal) => refusal !== undefined);
    expect(refusals).toEqual(Array(11).fill(['LIMIT_EXCEEDED', null]));
    const one = payloads.find((payload) => payload['apiKey'] !== null)?.['apiKey'];
    await mutate(t, 'revokeApiKey', { id: one.id }, apiKey);
    const next = await mutate(t, 'createApiKey', { ...readKey, name: 'Next' }, apiKey);
    expect(next['apiKey']).toMatchObject({ name: 'Next' });
    const listed = (await readBrand(t, t.platformKey, id))?.['apiKeys'];
    expect(listed).toHaveLength(100);
    expect(listed.every((key: { revokedAt: string | null }) => key.revokedAt === null)).toBe(true);
  });

  it('keeps keys of different brands apart that happen to be asked for with one idempotency key', async () => {
    const input = { ...readKey, idempotencyKey: newKey() };
    const first = await mutate(t, 'createApiKey', input, chai.apiKey);
    const second = await mutate(t, 'createApiKey', input, kite.apiKey);
    expect(second['replayed']).toBe(false);
    expect(second['apiKey'].id).not.toBe(first['apiKey'].id);
  });
});

describe('revokeApiKey', () => {
  it('makes the key open nothing from the next request on', async () => {
    const { apiKey, secret } = await mutate(t, 'createApiKey', readKey, chai.apiKey);
    expect(await readBrand(t, secret)).toMatchObject({ id: chai.id });
    const revoked = await mutate(t, 'revokeApiKey', { id: apiKey.id }, chai.apiKey);
    expect(revoked['apiKey']).toEqual({ ...apiKey, revokedAt: expect.any(String) as string });
    await expect(readBrand(t, secret)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('answers for a key that is revoked already as it is', async () => {
    const { apiKey } = await mutate(t, 'createApiKey', readKey, chai.apiKey);
    const first = await mutate(t, 'revokeApiKey', { id: apiKey.id }, chai.apiKey);
    t.clock.offsetMs += 60_000;
    const second = await mutate(t, 'revokeApiKey', { id: apiKey.id }, chai.apiKey);
    t.clock.offsetMs = 0;
    expect(second).toEqual(first);
  });

  it('answers a repeated call again', async () => {
    const { apiKey } = await mutate(t, 'createApiKey', readKey, chai.apiKey);
    const input = { id: apiKey.id, idempotencyKey: newKey() };
    const first = await mutate(t, 'revokeApiKey', input, chai.apiKey);
    const second = await mutate(t, 'revokeApiKey', input, chai.apiKey);
    expect(second).toEqual({ ...first, replayed: true });
  });

  it('leaves the answer of the call that created the key as it was', async () => {
    const input = { ...readKey, idempotencyKey: newKey() };
    const first = await mutate(t, 'createApiKey', input, chai.apiKey);
    await mutate(t, 'revokeApiKey', { id: first['apiKey'].id }, chai.apiKey);
    const second = await mutate(t, 'createApiKey', input, chai.apiKey);
    expect(second).toEqual({ ...first, replayed: true });
  });

  it('lets a key revoke itself', async () => {
    const { apiKey, secret } = await mutate(
      t,
      'createApiKey',
      { name: 'x', scopes: ['KEYS'] },
      chai.apiKey,
    );
    const revoked = await mutate(t, 'revokeApiKey', { id: apiKey.id }, secret);
    expect(revoked['apiKey'].id).toBe(apiKey.id);
    await expect(mutate(t, 'revokeApiKey', { id: apiKey.id }, secret)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it("finds no other brand's key, which goes on working", async () => {
    const { apiKey, secret } = await mutate(t, 'createApiKey', readKey, kite.apiKey);
    for (const id of [apiKey.id, 'key_01h455vb4pex5vsknk084sn02q', 'nonsense', chai.id]) {
      const payload = await mutate(t, 'revokeApiKey', { id }, chai.apiKey);
      expect(payload['apiKey']).toBeNull();
      expect(refusalOf(payload)).toEqual(['NOT_FOUND', ['id']]);
    }
    expect(await readBrand(t, secret)).toMatchObject({ id: kite.id });
  });

  it("finds no other brand's key in a batch with that brand's own commands", async () => {
    const first = await mutate(t, 'createApiKey', readKey, kite.apiKey);
    const second = await mutate(t, 'createApiKey', readKey, kite.apiKey);
    const [foreign, own] = await Promise.all([
      mutate(t, 'revokeApiKey', { id: first['apiKey'].id }, chai.apiKey),
      mutate(t, 'revokeApiKey', { id: second['apiKey'].id }, kite.apiKey),
    ]);
    expect(refusalOf(foreign)).toEqual(['NOT_FOUND', ['id']]);
    expect(own['apiKey'].id).toBe(second['apiKey'].id);
    expect(await readBrand(t, first['secret'])).toMatchObject({ id: kite.id });
  });

  it("lets the platform revoke any brand's key", async () => {
    const { apiKey, secret } = await mutate(t, 'createApiKey', readKey, kite.apiKey);
    const revoked = await mutate(t, 'revokeApiKey', { id: apiKey.id });
    expect(revoked['apiKey'].id).toBe(apiKey.id);
    await expect(readBrand(t, secret)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const unknown = await mutate(t, 'revokeApiKey', { id: 'key_01h455vb4pex5vsknk084sn02q' });
    expect(refusalOf(unknown)).toEqual(['NOT_FOUND', ['id']]);
  });

  it('needs the scope KEYS, like creating one', async () => {
    const others = await keyWith(
      t,
      chai.apiKey,
      ...['READ', 'CUSTOMERS', 'TOKENS', 'MESSAGES', 'ATTENTION'],
      ...['RULES', 'REDEMPTIONS', 'LEDGER', 'WEBHOOKS', 'DEVELOPER'],
    );
    for (const bearer of [others, tokenFor(t, chai.id)]) {
      const id = 'key_01h455vb4pex5vsknk084sn02q';
      const revoke = mutate(t, 'revokeApiKey', { id }, bearer);
      await expect(revoke).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const create = mutate(t, 'createApiKey', readKey, bearer);
      await expect(create).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});
