import jwt, { type Algorithm, type JwtHeader } from 'jsonwebtoken';
import { createHmac } from 'node:crypto';
import { deriveKey } from '../../src/platform/auth/secrets';
import { newKey } from '../support/test-service';
import { send, startWorld, type World } from './world';

const me = '{ me { id externalId } }';
const day = 86_400;

let w: World;
let key: Buffer;
let claims: Record<string, unknown>;
let header: JwtHeader;

beforeAll(async () => {
  w = await startWorld();
  key = deriveKey(w.t.service.config.tokenSecret, 'customer-token');
  ({ header, payload: claims } = jwt.decode(w.token, { complete: true }) as unknown as {
    header: JwtHeader;
    payload: Record<string, unknown>;
  });
});

afterAll(() => w.close());
afterEach(() => (w.t.clock.offsetMs = 0));

const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** A token signed as ours are, whatever stands in it; parts that are texts are taken as they are. */
function forge(head: unknown, payload: unknown, secret: Buffer | string = key): string {
  const signed = `${encode(head)}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const withClaims = (changes: Record<string, unknown>): string =>
  forge(header, { ...claims, ...changes });
const withHeader = (changes: Record<string, unknown>): string =>
  forge({ ...header, ...changes }, claims);
const now = (): number => Math.floor(Date.now() / 1000);

test('a token forged with the key itself is taken, so that each of the others fails for its reason (T1)', async () => {
  const answer = await w.t.ask(me, {}, forge(header, claims));
  expect(answer.data['me']).toEqual({ id: claims['sub'], externalId: 'brand-a only' });
});

const forgeries: Record<string, () => string> = {
  'unsigned, alg none (T1)': () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`,
  'alg none, with a signature (T1)': () => withHeader({ alg: 'none' }),
  'alg nOnE (T1)': () => withHeader({ alg: 'nOnE' }),
  'no alg (T1)': () => withHeader({ alg: undefined }),
  'alg HS512 (T1)': () => jwt.sign(claims, key, { algorithm: 'HS512' as Algorithm }),
  'alg HS384 over a signature of HS256 (T1)': () => withHeader({ alg: 'HS384' }),
  'alg RS256 over an HMAC (T1)': () => withHeader({ alg: 'RS256' }),
  'signed with the empty key (T1)': () => forge(header, claims, ''),
  'signed with the secret the key is derived from (T1)': () =>
    forge(header, claims, w.t.service.config.tokenSecret),
  'signed with the key for API keys (T1)': () =>
    forge(header, claims, deriveKey(w.t.service.config.tokenSecret, 'api-key')),
  'signed with the router secret (T1)': () =>
    forge(header, claims, w.t.service.config.routerSecret),
  'signed with the API key of the brand (T1)': () => forge(header, claims, w.a.key),
  'signed with the id of the brand (T1)': () => forge(header, claims, w.a.brand.id),
  'kid with a path (T1)': () => withHeader({ kid: '../../../dev/null' }),
  'kid with SQL (T1)': () => withHeader({ kid: `' UNION SELECT 'key` }),
  'kid with an address (T1)': () => withHeader({ kid: 'http://attacker.example/key' }),
  'jku (T1)': () => withHeader({ jku: 'http://attacker.example/jwks.json' }),
  'x5u (T1)': () => withHeader({ x5u: 'http://attacker.example/cert.pem' }),
  'jwk (T1)': () => withHeader({ jwk: { kty: 'oct', k: encode('attacker') } }),
  'crit (T1)': () => withHeader({ crit: ['exp'] }),
  'another typ (T1)': () => withHeader({ typ: 'at+jwt' }),
  'one bit of the signature flipped (T1)': () => {
    const last = w.token.at(-10) === 'A' ? 'B' : 'A';
    return `${w.token.slice(0, -10)}${last}${w.token.slice(-9)}`;
  },
  'the claims of one and the signature of another (T1)': () => {
    const [head, , signature] = w.token.split('.');
    return [head, encode({ ...claims, sub: w.b.ids['cus'] }), signature].join('.');
  },
  'a signature too many (T1)': () => `${w.token}.${w.token.split('.')[2]}`,
  'no signature (T1)': () => w.token.split('.').slice(0, 2).join('.'),
  'nothing but dots (T1)': () => '..',
  'expired (T2)': () => withClaims({ iat: now() - 1000, exp: now() - 61 }),
  'expired a day ago (T2)': () => withClaims({ iat: now() - 2 * day, exp: now() - day }),
  'not yet valid (T2)': () => withClaims({ nbf: now() + 120 }),
  'issued in the future (T2)': () => withClaims({ iat: now() + 120, exp: now() + 1000 }),
  'lives longer than tokens may (T2)': () =>
    withClaims({ exp: (claims['iat'] as number) + day + 1 }),
  'ends before it begins (T2)': () => withClaims({ exp: (claims['iat'] as number) - 1 }),
  'exp as a text (T2)': () => withClaims({ exp: String(claims['exp']) }),
  'exp with a fraction (T2)': () => withClaims({ exp: (claims['exp'] as number) + 0.5 }),
  'no exp (T2)': () => withClaims({ exp: undefined }),
  'no iat (T2)': () => withClaims({ iat: undefined }),
  'another issuer (T2)': () => withClaims({ iss: 'https://attacker.example' }),
  'no issuer (T2)': () => withClaims({ iss: undefined }),
  'another audience (T2)': () => withClaims({ aud: 'billing' }),
  'our audience among others (T2)': () => withClaims({ aud: ['atomic-rewards', 'billing'] }),
  'no audience (T2)': () => withClaims({ aud: undefined }),
  'no subject (T2)': () => withClaims({ sub: undefined }),
  'a subject of another kind (T2)': () => withClaims({ sub: w.a.brand.id }),
  'a subject that is no id (T2)': () => withClaims({ sub: `' OR 1=1 --` }),
  'subjects in a list (T2)': () => withClaims({ sub: [claims['sub']] }),
  'no brand (T2)': () => withClaims({ brand: undefined }),
  'a customer for a brand (T2)': () => withClaims({ brand: claims['sub'] }),
  'claims nobody knows (T2)': () => withClaims({ scope: 'mu:platform', admin: true }),
  'a claim twice (T2)': () =>
    forge(header, JSON.stringify(claims).replace('{', `{"sub":"${w.b.ids['cus']}",`)),
  'a header twice (T2)': () => forge('{"alg":"none","alg":"HS256","typ":"JWT"}', claims),
  'claims with spaces (T2)': () => forge(header, JSON.stringify(claims, null, 1)),
  'claims that are a list (T2)': () => forge(header, [claims]),
  'claims that are null (T2)': () => forge(header, 'null'),
  'claims that are no JSON (T2)': () => forge(header, '{"sub":'),
  'claims with __proto__ (T2)': () =>
    forge(header, JSON.stringify(claims).replace('{', '{"__proto__":{"kind":"platform"},')),
};

test.each(Object.entries(forgeries))(
  '%s is a 401 that does not say why (T1, T2)',
  async (_, make) => {
    const unknown = await w.t.ask(me, {}, 'nothing.like.it');
    for (const door of ['/graphql', '/subgraph'] as const) {
      const answer = await w.t.ask(me, {}, make(), { door });
      expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
      expect(answer.text).toBe(unknown.text);
    }
  },
);

test('clocks may differ by a minute, no more (T2)', async () => {
  const minted = await send(w.t, w.a.key, 'createCustomerToken', {
    customer: { externalId: 'brand-a only' },
    ttlSeconds: 100,
  });
  const token = minted['token'] as string;
  const statusAt = async (seconds: number): Promise<number> => {
    w.t.clock.offsetMs = seconds * 1000;
    return (await w.t.ask(me, {}, token)).status;
  };
  expect(await statusAt(150)).toBe(200);
  expect(await statusAt(161)).toBe(401);
  expect(await statusAt(-50)).toBe(200);
  expect(await statusAt(-70)).toBe(401);
});

test.each([
  [
    'in the query string',
    (token: string) => w.t.fetch(`/graphql?token=${token}&query={me{id}}`, preflighted),
  ],
  [
    'in a cookie',
    (token: string) => ask({ cookie: `token=${token}; authorization=Bearer ${token}` }),
  ],
  ['in another header', (token: string) => ask({ 'x-authorization': `Bearer ${token}` })],
])('a token %s is none (T1)', async (_, send) => {
  const answer = await send(w.token);
  expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
});

const preflighted = { headers: { 'apollo-require-preflight': '1' } };
const ask = (headers: Record<string, string>) => w.t.post('/graphql', { query: me }, headers);

test.each([
  (token: string) => `Basic ${token}`,
  (token: string) => token,
  (token: string) => `Bearer  ${token}`,
  (token: string) => `Bearer ${token} ${token}`,
  (token: string) => `Bearer ${token},Bearer ${token}`,
  () => 'Bearer',
  () => 'Bearer ',
  () => `Bearer ${'x'.repeat(5000)}`,
])('an Authorization of form %# opens nothing (T1)', async (form) => {
  const answer = await ask({ authorization: form(w.token) });
  expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
});

const claimed = {
  'x-brand-id': 'B',
  'x-tenant-id': 'B',
  'x-customer-id': 'Y',
  'x-scopes': 'mu:platform',
  'x-forwarded-user': 'platform',
  'x-forwarded-for': '10.0.0.1',
  'apollo-federation-include-trace': 'ftv1',
  forwarded: 'for=10.0.0.1',
};

test.each(Object.keys(claimed))('the header %s changes nothing (T3)', async (name) => {
  const values: Record<string, string> = { B: w.b.brand.id, Y: w.b.ids['cus'] as string };
  const given = claimed[name as keyof typeof claimed];
  const headers = { [name]: values[given] ?? given };
  const document = `query ($id: ID!) { brand { id } foreign: brand(id: $id) { id } }`;
  for (const bearer of [w.a.key, w.token]) {
    for (const door of ['/graphql', '/subgraph'] as const) {
      const variables = { id: w.b.brand.id };
      const answer = await w.t.ask(document, variables, bearer, { headers, door });
      expect(answer.json).toEqual({ data: { brand: { id: w.a.brand.id }, foreign: null } });
    }
  }
  const nobody = await w.t.ask('{ brand { id } }', {}, undefined, { headers });
  expect(nobody.status).toBe(401);
});

test('of two Authorization headers no second one is taken (T3)', async () => {
  const body = JSON.stringify({ query: '{ brand { id } }' });
  const head = [
    'POST /graphql HTTP/1.1',
    'host: x',
    'content-type: application/json',
    `content-length: ${body.length}`,
    'connection: close',
    `authorization: Bearer ${w.a.key}`,
    `authorization: Bearer ${w.b.key}`,
  ];
  const answer = await w.t.raw(`${head.join('\r\n')}\r\n\r\n${body}`);
  expect(answer).not.toContain(w.b.brand.id);
});

test('a revoked key opens nothing from the next request on (T13)', async () => {
  const made = await send(w.t, w.a.key, 'createApiKey', { name: 'short', scopes: ['READ'] });
  const secret = made['secret'] as string;
  expect((await w.t.ask('{ brand { id } }', {}, secret)).status).toBe(200);
  const { id } = made['apiKey'] as { id: string };
  await send(w.t, w.a.key, 'revokeApiKey', { id, idempotencyKey: newKey() });
  const answer = await w.t.ask('{ brand { id } }', {}, secret);
  expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
});

test('the key of a brand with one part changed opens nothing (T1)', async () => {
  const [prefix, id, ...rest] = w.a.key.split('_');
  const secret = rest.join('_');
  const other = w.b.key.split('_')[1];
  const forged = [
    [prefix, other, secret],
    [prefix, id, secret.toUpperCase()],
    [prefix, id, `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`],
    [prefix, id?.toUpperCase(), secret],
    [prefix, id, `${secret}=`],
    [prefix, id],
    ['AR', id, secret],
  ];
  for (const parts of forged) {
    const answer = await w.t.ask('{ brand { id } }', {}, parts.join('_'));
    expect([parts.length, answer.status]).toEqual([parts.length, 401]);
  }
});
