import { createHash } from 'node:crypto';
import { exportRoutes } from '../../src/server/edges/export-download';
import { Scene } from '../promises/scene';
import { startHttpService, type HttpService } from '../support/http-service';
import { newKey, type Data } from '../support/test-service';
import { exported, linesOf } from './desk';

let t: HttpService;
let scene: Scene;
let job: Data;
let file: Data;
let path: string;

const fetchFile = (where: string, init?: RequestInit) => fetch(`${t.url}${where}`, init);
const keyHeader = (key: string) => ({ authorization: `Bearer ${key}` });
const withKey = (key: string): RequestInit => ({ headers: keyHeader(key) });
const signedPath = (): string => file['url'].replace(/^https?:[/][/][^/]+/, '');

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

beforeAll(async () => {
  t = await startHttpService({ routes: [exportRoutes] });
  scene = await Scene.create(t, 'fetches');
  // More than one piece of a megabyte, of what compresses badly.
  await t.database.query(`
    CREATE TEMP TABLE noise AS
    SELECT gen_random_uuid() AS id, string_agg(encode(sha512((n || ' ' || m)::bytea), 'base64'), '') AS text
    FROM generate_series(1, 600) n CROSS JOIN generate_series(1, 100) m GROUP BY n`);
  await t.database.query(`INSERT INTO customers (id, created_at) SELECT id, now() FROM noise`);
  await t.database.query(`
    INSERT INTO relationships (brand_id, customer_id, traits, created_at, updated_at)
    SELECT b.id, n.id, jsonb_build_object('noise', n.text), now(), now() FROM brands b, noise n`);
  job = await exported(t, scene.brand.apiKey);
  file = job['files'].find(({ name }: Data) => name === 'relationships');
  path = `/exports/${job['id']}/relationships.ndjson.gz`;
});

afterAll(() => t.close());

it('answers a file to a key of the brand, with its length and its digest', async () => {
  const response = await fetchFile(path, withKey(scene.brand.apiKey));
  expect(response.status).toBe(200);
  const bytes = await bytesOf(response);
  expect(response.headers.get('content-type')).toBe('application/gzip');
  expect(response.headers.get('content-length')).toBe(String(file['bytes']));
  expect(response.headers.get('etag')).toBe(`"${file['sha256']}"`);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(bytes.length).toBe(file['bytes']);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file['sha256']);
  expect(linesOf(bytes)).toHaveLength(file['rows']);
});

it('answers it without a key by the link, until the link is over', async () => {
  const response = await fetchFile(signedPath());
  expect(response.status).toBe(200);
  expect((await bytesOf(response)).length).toBe(file['bytes']);
  const over = Number(/expires=(\d+)/.exec(signedPath())?.[1]) * 1000;
  expect(over - Date.parse(job['finishedAt'])).toBeLessThan(3_600_000 + 30_000);
  t.clock.offsetMs = over - Date.now() - 30_000;
  expect((await fetchFile(signedPath(), { method: 'HEAD' })).status).toBe(200);
  t.clock.offsetMs = over - Date.now() + 1000;
  expect((await t.fetch(signedPath())).codes).toEqual(['NOT_FOUND']);
  t.clock.offsetMs = 0;
});

it('takes a link for its own file and moment only', async () => {
  const link = signedPath();
  const changed = [
    link.replace('relationships', 'api_keys'),
    link.replace(/expires=(\d+)/, (_all, at: string) => `expires=${Number(at) + 1}`),
    link.replace(/signature=..../, 'signature=AAAA'),
    `${path}?signature=`,
    `${path}?expires=1&signature=${'A'.repeat(43)}`,
    `${path}?expires=1&expires=2&signature=x`,
  ];
  for (const one of changed) {
    const { status, codes } = await t.fetch(one);
    expect([one, status, codes]).toEqual([one, 404, ['NOT_FOUND']]);
  }
});

it('answers one same 404 to another brand and for what is not there', async () => {
  const other = await t.createBrand('another');
  const id = job['id'] as string;
  const asks: [string, string][] = [
    [path, other.apiKey],
    [`/exports/${id}/nothing.ndjson.gz`, scene.brand.apiKey],
    [`/exports/${id}/relationships`, scene.brand.apiKey],
    [`/exports/xpt_00000000000000000000000000/relationships.ndjson.gz`, scene.brand.apiKey],
    [`/exports/${scene.brand.id}/relationships.ndjson.gz`, scene.brand.apiKey],
  ];
  const texts = new Set<string>();
  for (const [where, key] of asks) {
    const { status, text } = await t.fetch(where, withKey(key));
    expect([where, status]).toEqual([where, 404]);
    texts.add(text);
  }
  expect(texts.size).toBe(1);
});

it('refuses whoever has no key, and a key that may not read', async () => {
  expect((await t.fetch(path)).codes).toEqual(['UNAUTHENTICATED']);
  const { data } = await t.run(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }',
    { input: { name: 'mails', scopes: ['MESSAGES'], idempotencyKey: newKey() } },
    scene.brand.apiKey,
  );
  const mails = data['createApiKey'].secret as string;
  expect((await t.fetch(path, withKey(mails))).codes).toEqual(['FORBIDDEN']);
  const token = await scene.tokenOf(await scene.customer());
  expect((await t.fetch(path, withKey(token))).codes).toEqual(['FORBIDDEN']);
  expect((await t.fetch(path, { ...withKey(mails), method: 'POST' })).status).toBe(405);
});

it('tells the same without the bytes to HEAD, and nothing new to who has them', async () => {
  const key = withKey(scene.brand.apiKey);
  const head = await fetchFile(path, { ...key, method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(file['bytes'])]);
  const headers = { ...keyHeader(scene.brand.apiKey), 'if-none-match': `"${file['sha256']}"` };
  expect((await fetchFile(path, { headers })).status).toBe(304);
});

it('goes on where a download broke off, over the pieces it is stored in', async () => {
  const whole = await bytesOf(await fetchFile(path, withKey(scene.brand.apiKey)));
  const size = whole.length;
  expect(size).toBeGreaterThan(2 * 1024 * 1024);
  const piece = 1024 * 1024;
  const asks: [string, number, number][] = [
    ['bytes=0-0', 0, 1],
    [`bytes=${piece - 1}-${piece}`, piece - 1, piece + 1],
    [`bytes=${piece}-`, piece, size],
    ['bytes=-5', size - 5, size],
    [`bytes=5-${size + 99}`, 5, size],
  ];
  for (const [range, start, end] of asks) {
    const headers = { authorization: `Bearer ${scene.brand.apiKey}`, range };
    const response = await fetchFile(path, { headers });
    expect([range, response.status]).toEqual([range, 206]);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${size}`);
    expect((await bytesOf(response)).equals(whole.subarray(start, end))).toBe(true);
  }
  const beyond = { authorization: `Bearer ${scene.brand.apiKey}`, range: `bytes=${size}-` };
  expect((await fetchFile(path, { headers: beyond })).status).toBe(416);
  const stale = { ...beyond, range: 'bytes=0-0', 'if-range': '"another"' };
  expect((await fetchFile(path, { headers: stale })).status).toBe(200);
});

it('keeps no piece that is larger than a megabyte', async () => {
  const [row] = await t.database.query<{ largest: number; pieces: number }>(
    `SELECT max(octet_length(bytes)) AS largest, count(*)::integer AS pieces FROM export_chunks
     WHERE name = 'relationships'`,
  );
  expect(row!.largest).toBe(1024 * 1024);
  expect(row!.pieces).toBeGreaterThan(2);
});
