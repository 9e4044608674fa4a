import { generateKeyPairSync } from 'node:crypto';
import { brandsFeature } from '../../src/brands';
import { apiKeyId, brandId } from '../../src/brands/brand.id';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { keyWith, mutate, readBrand, tokenFor } from './operations';

let t: TestService;
let chai: TestBrand;
let kite: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  chai = await t.createBrand('chai');
  kite = await t.createBrand('kite');
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  await mutate(t, 'updateBrand', { sendgridPublicKey: key }, chai.apiKey);
});

afterAll(() => t.close());

const unknown = 'brd_01h455vb4pex5vsknk084sn02q';

describe('the brand query', () => {
  it("answers a key's own brand, with or without its id", async () => {
    expect(await readBrand(t, chai.apiKey)).toMatchObject({ id: chai.id, slug: 'chai' });
    expect(await readBrand(t, chai.apiKey, chai.id)).toMatchObject({ id: chai.id });
  });

  it("answers a customer's with the brand that signed them in, without what is the brand's own", async () => {
    const token = tokenFor(t, chai.id);
    const expected = { id: chai.id, sendgridPublicKey: null, apiKeys: [] };
    expect(await readBrand(t, token)).toMatchObject(expected);
    expect(await readBrand(t, token, chai.id)).toMatchObject(expected);
    expect(await readBrand(t, token, kite.id)).toBeNull();
  });

  it('answers the platform with any brand, all of it, once it is named', async () => {
    const brand = await readBrand(t, t.platformKey, chai.id);
    expect(brand).toMatchObject({ id: chai.id, sendgridPublicKey: expect.any(String) as string });
    expect(brand?.['apiKeys']).toHaveLength(1);
    expect(await readBrand(t, t.platformKey)).toBeNull();
  });

  it("answers another brand's id exactly as an unknown one", async () => {
    for (const id of [kite.id, unknown, 'nonsense', '', chai.id.replace('brd_', 'key_')]) {
      expect(await readBrand(t, chai.apiKey, id)).toBeNull();
    }
    expect(await readBrand(t, t.platformKey, unknown)).toBeNull();
  });

  it('needs the scope READ', async () => {
    const bearer = await keyWith(t, chai.apiKey, 'KEYS', 'ATTENTION');
    await expect(readBrand(t, bearer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('shows API keys, the newest first, to keys that may manage them and to nobody else', async () => {
    const { apiKey } = await mutate(
      t,
      'createApiKey',
      { name: 'A', scopes: ['READ'] },
      kite.apiKey,
    );
    const both = await mutate(
      t,
      'createApiKey',
      { name: 'B', scopes: ['READ', 'KEYS'] },
      kite.apiKey,
    );
    await mutate(t, 'revokeApiKey', { id: apiKey.id }, kite.apiKey);
    const keys = (await readBrand(t, both['secret']))?.['apiKeys'] as { name: string }[];
    expect(keys.map((key) => key.name)).toEqual(['B', 'First key', 'A']);
    const reader = await keyWith(t, kite.apiKey, 'READ');
    expect(await readBrand(t, reader)).toMatchObject({ apiKeys: [], sendgridPublicKey: null });
  });
});

describe('brands as entities of the graph', () => {
  const document = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      __typename ... on Brand { id slug sendgridPublicKey apiKeys { name } } } }`;

  async function entities(bearer: string, ...keys: Record<string, unknown>[]): Promise<unknown[]> {
    const representations = keys.map((key) => ({ __typename: 'Brand', ...key }));
    const { data, errors } = await t.runSubgraph(document, { representations }, bearer);
    expect(errors).toBeUndefined();
    return data['_entities'] as unknown[];
  }

  const slugs = (found: unknown[]) =>
    found.map((brand) => (brand as { slug: string } | null)?.slug ?? null);

  it('are found by id and by slug, in the order asked for', async () => {
    const found = await entities(
      t.platformKey,
      { slug: 'kite' },
      { id: unknown },
      { id: chai.id },
      { slug: 'chai' },
      { id: kite.id },
      { id: chai.id },
    );
    expect(slugs(found)).toEqual(['kite', null, 'chai', 'chai', 'kite', 'chai']);
  });

  it("are a key's own brand only", async () => {
    const found = await entities(
      chai.apiKey,
      { id: kite.id },
      { id: chai.id },
      { slug: 'kite' },
      { slug: 'chai' },
    );
    expect(slugs(found)).toEqual([null, 'chai', null, 'chai']);
  });

  it('show a customer any brand by id, since their records name them, and only public fields', async () => {
    const found = await entities(
      tokenFor(t, chai.id),
      { id: kite.id },
      { slug: 'kite' },
      { id: chai.id },
    );
    expect(slugs(found)).toEqual(['kite', null, 'chai']);
    expect(found[2]).toMatchObject({ sendgridPublicKey: null, apiKeys: [] });
  });

  it('are null for keys nobody could have', async () => {
    const found = await entities(
      t.platformKey,
      {},
      { id: 7 },
      { id: null, slug: 'chai' },
      { id: ['brd'] },
      { slug: 'a\u0000b' },
      { slug: { $ne: '' } },
    );
    expect(found).toEqual([null, null, null, null, null, null]);
  });

  it('cost two statements however many they are', async () => {
    const caller = { kind: 'platform' } as const;
    const context = t.service.contextFor(caller, 'request', t.service.log);
    const representations = [{ id: chai.id }, { id: kite.id }, { slug: 'chai' }, { slug: 'kite' }];
    const found = await brandsFeature.references['Brand']?.(representations, context);
    expect(slugs(found ?? [])).toEqual(['chai', 'kite', 'chai', 'kite']);
    expect(context.reads.statements).toBe(2);
    await context.reads.close();
  });
});

describe('nodes', () => {
  async function node(id: string, bearer: string): Promise<object | null | undefined> {
    const caller = await t.service.authenticate({ authorization: `Bearer ${bearer}` });
    const context = t.service.contextFor(caller, 'request', t.service.log);
    const kind = id.startsWith('brd_') ? brandId : apiKeyId;
    try {
      return await brandsFeature.nodes[kind.prefix]?.(kind.decode(id) as string, context);
    } finally {
      await context.reads.close();
    }
  }

  it('are brands and API keys of the own brand', async () => {
    const { apiKey } = await mutate(
      t,
      'createApiKey',
      { name: 'N', scopes: ['READ'] },
      chai.apiKey,
    );
    expect(await node(chai.id, chai.apiKey)).toMatchObject({ id: chai.id });
    expect(await node(apiKey.id, chai.apiKey)).toMatchObject({ id: apiKey.id });
    expect(await node(apiKey.id, t.platformKey)).toMatchObject({ id: apiKey.id });
    expect(await node(chai.id, kite.apiKey)).toBeNull();
    expect(await node(apiKey.id, kite.apiKey)).toBeNull();
    expect(await node(apiKey.id, tokenFor(t, chai.id))).toBeNull();
    expect(await node(apiKey.id, await keyWith(t, chai.apiKey, 'READ'))).toBeNull();
  });
});
