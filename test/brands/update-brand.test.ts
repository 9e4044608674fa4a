import { generateKeyPairSync } from 'node:crypto';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { keyWith, mutate, readBrand, refusalOf } from './operations';

let t: TestService;
let chai: TestBrand;
let kite: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  chai = await t.createBrand('chai');
  kite = await t.createBrand('kite');
});

afterAll(() => t.close());

function publicKey(namedCurve: string): string {
  const pair = generateKeyPairSync('ec', { namedCurve });
  return pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

const sendgridPublicKey = publicKey('prime256v1');

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => `https://shop-${at}.example`);

describe('updateBrand', () => {
  it('changes what is given and leaves the rest', async () => {
    const before = await readBrand(t, chai.apiKey);
    const changes = {
      name: 'Chai',
      timezone: 'Asia/Kolkata',
      maxEventAgeDays: 7,
      sendgridPublicKey,
    };
    const payload = await mutate(t, 'updateBrand', changes, chai.apiKey);
    expect(payload['brand']).toMatchObject({ id: chai.id, slug: 'chai', ...changes });
    expect(await readBrand(t, chai.apiKey)).toEqual({ ...before, ...changes });
    await mutate(t, 'updateBrand', { maxEventAgeDays: 365 }, chai.apiKey);
    expect(await readBrand(t, chai.apiKey)).toEqual({
      ...before,
      ...changes,
      maxEventAgeDays: 365,
    });
    await mutate(t, 'updateBrand', { sendgridPublicKey: null }, chai.apiKey);
    expect((await readBrand(t, chai.apiKey))?.['sendgridPublicKey']).toBeNull();
  });

  it('answers a repeated call as the first and changes nothing a second time', async () => {
    const input = { name: 'First', idempotencyKey: newKey() };
    const first = await mutate(t, 'updateBrand', input, chai.apiKey);
    await mutate(t, 'updateBrand', { name: 'Second' }, chai.apiKey);
    const again = await mutate(t, 'updateBrand', input, chai.apiKey);
    expect(again).toEqual({ ...first, replayed: true });
    expect(await readBrand(t, chai.apiKey)).toMatchObject({ name: 'Second' });
  });

  it('keeps every change of many at once', async () => {
    const { apiKey } = await t.createBrand('busy');
    const changes = [
      { name: 'Busy' },
      { timezone: 'Europe/Berlin' },
      { maxEventAgeDays: 3 },
      { sendgridPublicKey },
    ];
    await Promise.all(changes.map((change) => mutate(t, 'updateBrand', change, apiKey)));
    expect(await readBrand(t, apiKey)).toMatchObject(Object.assign({}, ...changes));
  });

  it.each([
    [{ name: '' }, 'INVALID_TEXT', 'name'],
    [{ name: null }, 'INVALID_TEXT', 'name'],
    [{ timezone: 'Mars/Olympus' }, 'INVALID_VALUE', 'timezone'],
    [{ timezone: null }, 'INVALID_VALUE', 'timezone'],
    [{ maxEventAgeDays: 0 }, 'INVALID_VALUE', 'maxEventAgeDays'],
    [{ maxEventAgeDays: 366 }, 'INVALID_VALUE', 'maxEventAgeDays'],
    [{ maxEventAgeDays: null }, 'INVALID_VALUE', 'maxEventAgeDays'],
    [{ sendgridPublicKey: 'no key' }, 'INVALID_VALUE', 'sendgridPublicKey'],
    [{ sendgridPublicKey: publicKey('secp384r1') }, 'INVALID_VALUE', 'sendgridPublicKey'],
    [{ linkOrigins: ['shop.example'] }, 'INVALID_VALUE', 'linkOrigins'],
    [{ linkOrigins: ['https://shop.example/'] }, 'INVALID_VALUE', 'linkOrigins'],
    [{ linkOrigins: ['https://Shop.example'] }, 'INVALID_VALUE', 'linkOrigins'],
    [{ linkOrigins: ['https://a@shop.example'] }, 'INVALID_VALUE', 'linkOrigins'],
    [{ linkOrigins: ['javascript://shop.example'] }, 'INVALID_VALUE', 'linkOrigins'],
    [{ linkOrigins: ['null'] }, 'INVALID_VALUE', 'linkOrigins'],
    [{ linkOrigins: ['https://*.example'] }, 'INVALID_VALUE', 'linkOrigins'],
    [{ linkOrigins: many(51) }, 'LIMIT_EXCEEDED', 'linkOrigins'],
    [{ ampSenders: ['offers'] }, 'INVALID_VALUE', 'ampSenders'],
    [{ ampSenders: ['*'] }, 'INVALID_VALUE', 'ampSenders'],
    [{ ampSenders: ['a@shop.example\r\nx: y'] }, 'INVALID_VALUE', 'ampSenders'],
    [{ ampSenders: many(51).map((_, at) => `a${at}@b.example`) }, 'LIMIT_EXCEEDED', 'ampSenders'],
    [{ sendgridPublicKey: `${sendgridPublicKey}\n` }, 'INVALID_VALUE', 'sendgridPublicKey'],
  ])('refuses %j and changes nothing, also not the rest', async (wrong, code, field) => {
    const before = await readBrand(t, kite.apiKey);
    const input = { name: 'Changed', maxEventAgeDays: 5, ...wrong };
    const payload = await mutate(t, 'updateBrand', input, kite.apiKey);
    expect(payload['brand']).toBeNull();
    expect(refusalOf(payload)).toEqual([code, [field]]);
    expect(await readBrand(t, kite.apiKey)).toEqual(before);
  });

  it('keeps what a brand settles about its mails, as many as the limit', async () => {
    const { apiKey } = await t.createBrand('mailer');
    expect(await readBrand(t, apiKey)).toMatchObject({
      linkOrigins: [],
      ampSenders: [],
      triadThird: 'ACTION_MAXIMUM',
    });
    const linkOrigins = many(50);
    const input = { linkOrigins, ampSenders: [' Offers@Shop.example'], triadThird: 'TOTAL' };
    const settled = { linkOrigins, ampSenders: ['offers@shop.example'], triadThird: 'TOTAL' };
    const payload = await mutate(t, 'updateBrand', input, apiKey);
    expect(payload['brand']).toMatchObject(settled);
    await mutate(t, 'updateBrand', { name: 'Mailer' }, apiKey);
    expect(await readBrand(t, apiKey)).toMatchObject(settled);
    await mutate(t, 'updateBrand', { linkOrigins: null, triadThird: null }, apiKey);
    expect(await readBrand(t, apiKey)).toMatchObject({
      ...settled,
      linkOrigins: [],
      triadThird: 'ACTION_MAXIMUM',
    });
  });

  it('finds no other brand', async () => {
    for (const brandId of [kite.id, 'brd_01h455vb4pex5vsknk084sn02q', 'nonsense']) {
      const payload = await mutate(t, 'updateBrand', { brandId, name: 'Mine' }, chai.apiKey);
      expect(payload['brand']).toBeNull();
      expect(refusalOf(payload)).toEqual(['NOT_FOUND', ['brandId']]);
    }
    expect((await readBrand(t, kite.apiKey))?.['name']).not.toBe('Mine');
  });

  it('lets the platform set cost buckets, and nobody else', async () => {
    const buckets = { bucketSize: 5000, bucketPerSecond: 50 };
    const payload = await mutate(t, 'updateBrand', { brandId: kite.id, ...buckets });
    expect(payload['brand'].id).toBe(kite.id);
    const sizes = `SELECT bucket_size::int, bucket_per_second::int FROM brands WHERE slug = 'kite'`;
    expect(await t.database.query(sizes)).toEqual([{ bucket_size: 5000, bucket_per_second: 50 }]);
    for (const bucket of [{ bucketSize: 9 }, { bucketPerSecond: 9 }, { bucketSize: null }]) {
      const call = mutate(t, 'updateBrand', bucket, kite.apiKey);
      await expect(call).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await mutate(t, 'updateBrand', { brandId: kite.id, bucketSize: null });
    expect(await t.database.query(sizes)).toEqual([{ bucket_size: null, bucket_per_second: 50 }]);
    const zero = await mutate(t, 'updateBrand', { brandId: kite.id, bucketSize: 0 });
    expect(refusalOf(zero)).toEqual(['INVALID_VALUE', ['bucketSize']]);
  });

  it('needs the scope KEYS', async () => {
    const reader = await keyWith(t, chai.apiKey, 'READ', 'RULES');
    const call = mutate(t, 'updateBrand', { name: 'x' }, reader);
    await expect(call).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
