import { mailRoutes } from '../../src/server/edges/mail-routes';
import { startHttpService, type Answer, type HttpService } from '../support/http-service';
import { does } from '../message-view/mail';
import { ClaimDesk, codesOf } from './desk';

const landingUrl = 'https://shop.example/chapter?from=shelf#top';

let t: HttpService;
let desk: ClaimDesk;

beforeAll(async () => {
  t = await startHttpService({ routes: [mailRoutes] });
  desk = new ClaimDesk(t, await t.createBrand('pageturn', { budget: 1000 }));
  await does(t, desk.brand, 'updateBrand', { linkOrigins: ['https://shop.example'] });
});
afterAll(() => t.close());

function scan(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return t.fetch(path, { redirect: 'manual', method, headers });
}

const cookieOf = (answer: Answer): string =>
  (answer.headers.get('set-cookie') ?? '').split(';')[0]!;
const claimOf = (answer: Answer): string | null =>
  new URL(answer.headers.get('location') ?? '').searchParams.get('claim');

async function claims(): Promise<number> {
  const [row] = await t.database.query<{ n: number }>('SELECT count(*)::int AS n FROM claims');
  return row!.n;
}

/** Everything of an answer that an observer can tell, its id and date aside. */
function seen({ status, headers, text }: Answer) {
  return [status, [...headers].filter(([name]) => !/^(date|x-request-id)$/.test(name)), text];
}

test('a code says its address, and a scan leads to its page with a claim that can be paid', async () => {
  const made = await desk.run('createQrCode', { code: 'CH-1', name: 'One', mu: 50, landingUrl });
  expect(made['qrCode'].url).toBe(`${t.url}/q/pageturn/CH-1`);
  const answer = await scan('/q/pageturn/CH-1');
  const claimId = claimOf(answer)!;
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([302, 'no-store']);
  expect(answer.headers.get('location')).toBe(
    `https://shop.example/chapter?from=shelf&claim=${claimId}#top`,
  );
  expect(answer.headers.get('set-cookie')).toMatch(
    /^ar_device=[\w-]{22}; Path=\/q; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
  );
  expect(await desk.claim(claimId)).toMatchObject({ state: 'OPEN', mu: null });
  expect(codesOf(await desk.run('answerClaim', { claimId }))).toEqual([]);
  const id = await desk.reader();
  expect(codesOf(await desk.run('bindClaim', { claimId, customer: { id } }))).toEqual([]);
  expect(await desk.balance(id)).toBe(50);
});

test('a browser that comes again has the claim it has, and others have others', async () => {
  const path = `/q/pageturn/${await desk.code({ landingUrl })}`;
  const first = await scan(path);
  const cookie = `theme=dark; ${cookieOf(first)}; x=y`;
  const before = await claims();
  const again = await Promise.all(Array.from({ length: 16 }, () => scan(path, { cookie })));
  expect(new Set(again.map(claimOf))).toEqual(new Set([claimOf(first)]));
  expect(again.map(cookieOf)).toEqual(Array(16).fill(''));
  expect(await claims()).toBe(before);
  expect(claimOf(await scan(path))).not.toBe(claimOf(first));
  // On another code the same browser has another claim.
  const other = await scan(`/q/pageturn/${await desk.code({ landingUrl })}`, { cookie });
  expect(claimOf(other)).not.toBe(claimOf(first));
});

test('a browser’s name is kept only as a hash', async () => {
  const answer = await scan(`/q/pageturn/${await desk.code({ landingUrl })}`);
  const device = cookieOf(answer).replace('ar_device=', '');
  const stored = await t.database.query(
    `SELECT to_jsonb(c)::text AS text FROM claims c
     UNION ALL SELECT to_jsonb(k)::text FROM idempotency_keys k`,
  );
  expect(device).toHaveLength(22);
  expect(JSON.stringify(stored)).not.toContain(device);
});

test('behind https the cookie is sent over nothing else', async () => {
  const path = `/q/pageturn/${await desk.code({ landingUrl })}`;
  const { config } = t.service;
  const { publicUrl } = config;
  config.publicUrl = 'https://mu.example';
  const answer = await scan(path);
  config.publicUrl = publicUrl;
  expect(answer.headers.get('set-cookie')).toMatch(/; SameSite=Lax; Secure$/);
});

test('a code without a page shows the claim, and nothing that could run', async () => {
  const name = `<script>alert(1)</script> & "chapter"`;
  const answer = await scan(`/q/pageturn/${await desk.code({ name })}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=utf-8',
  ]);
  expect(answer.headers.get('content-security-policy')).toBe(
    "default-src 'none'; frame-ancestors 'none'",
  );
  expect(answer.text).toMatch(/<strong>clm_[0-9a-z]{26}<\/strong>/);
  expect(answer.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;chapter&quot;');
  expect(answer.text).not.toContain('<script');
});

test('a page that the brand lets no link lead to is never led to', async () => {
  const elsewhere = [
    'https://evil.example/',
    'https://shop.example.evil.example/',
    'https://shop.example:444/',
  ];
  for (const url of elsewhere) {
    const answer = await scan(`/q/pageturn/${await desk.code({ landingUrl: url })}`);
    expect([url, answer.status, answer.headers.get('location')]).toEqual([url, 200, null]);
    expect(answer.text).not.toContain('evil');
  }
  const path = `/q/pageturn/${await desk.code({ landingUrl })}`;
  expect((await scan(path)).status).toBe(302);
  await does(t, desk.brand, 'updateBrand', { linkOrigins: [] });
  expect((await scan(path)).status).toBe(200);
  await does(t, desk.brand, 'updateBrand', { linkOrigins: ['https://shop.example'] });
});

test('nothing in the address or a cookie changes where it leads, or names a claim', async () => {
  const path = `/q/pageturn/${await desk.code({ landingUrl })}`;
  for (const more of ['?to=https://evil.example', '?claim=clm_1&landingUrl=//evil.example']) {
    const answer = await scan(path + more);
    expect(answer.headers.get('location')).toBe(
      `https://shop.example/chapter?from=shelf&claim=${claimOf(answer)}#top`,
    );
  }
  const bad = [
    'ar_device=',
    'ar_device=short',
    `ar_device=${'x'.repeat(500)}`,
    'xar_device=a',
    ';;',
  ];
  for (const cookie of [...bad, `ar_device=${"'".repeat(22)}`]) {
    const answer = await scan(path, { cookie });
    expect([cookie, answer.status, cookieOf(answer)]).toEqual([
      cookie,
      302,
      expect.stringMatching(/^ar_device=[\w-]{22}$/),
    ]);
    expect(cookieOf(answer)).not.toBe(cookie);
  }
});

test('whatever is no code of the brand is one same answer, and opens nothing', async () => {
  const code = await desk.code({ landingUrl });
  await t.createBrand('other');
  const before = await claims();
  const nonsense = seen(await scan('/q/nobody/nothing'));
  expect(nonsense[0]).toBe(404);
  const tries = [
    '/q/pageturn/nothing',
    `/q/other/${code}`,
    `/q/nobody/${code}`,
    `/q/PAGETURN/${code}`,
    `/q/pageturn/${code.toLowerCase()}`,
    `/q/pageturn/${code}%00`,
    `/q/pageturn%00/${code}`,
    `/q/pageturn/${'x'.repeat(3000)}`,
    `/q/pageturn/${encodeURIComponent("' OR 1=1 --")}`,
    '/q/pageturn/..%2f..%2fetc',
    '/q/pageturn/%0d%0alocation:%20https:%2f%2fevil.example',
    '/q/__proto__/constructor',
  ];
  for (const path of tries) expect([path, seen(await scan(path))]).toEqual([path, nonsense]);
  expect(await claims()).toBe(before);
});

test('to ask with HEAD opens nothing, and other methods are not taken', async () => {
  const path = `/q/pageturn/${await desk.code({ landingUrl })}`;
  const before = await claims();
  const head = await scan(path, {}, 'HEAD');
  expect([head.status, head.headers.get('location')]).toEqual([302, landingUrl]);
  expect(head.headers.get('set-cookie')).toBeNull();
  expect((await scan(path, {}, 'POST')).status).toBe(405);
  expect(await claims()).toBe(before);
});

describe('limits', () => {
  let small: HttpService;
  let shop: ClaimDesk;
  beforeAll(async () => {
    const limits = { edgeTokenBucket: 4, edgeTokenBucketPerSecond: 1 };
    small = await startHttpService({ routes: [mailRoutes], limits });
    shop = new ClaimDesk(small, await small.createBrand('pageturn'));
  });
  afterAll(() => small.close());

  test('an address opens as many claims on a code as its bucket holds', async () => {
    const [path, other] = [await shop.code(), await shop.code()].map((c) => `/q/pageturn/${c}`);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => small.fetch(path!)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429]);
    expect((await small.fetch(other!)).status).toBe(200);
    const [row] = await small.database.query('SELECT count(*)::int AS n FROM claims');
    expect(row).toEqual({ n: 5 });
  });

  test('an address asks no more often than its bucket holds, for what there is and what not', async () => {
    const limits = { edgeAddressBucket: 3, edgeAddressBucketPerSecond: 1 };
    const tiny = await startHttpService({ routes: [mailRoutes], limits });
    const answers = await Promise.all([1, 2, 3, 4].map(() => tiny.fetch('/q/nobody/nothing')));
    expect(answers.map(({ status }) => status).sort()).toEqual([404, 404, 404, 429]);
    await tiny.close();
  });
});
