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

test('T1 a token forged with the key itself is taken, so that each of the others fails for its reason', async () => {
  const answer = await w.t.ask(me, {}, forge(header, claims));
  expect(answer.data['me']).toEqual({ id: claims['sub'], externalId: 'brand-a only' });
});

const forgeries: Record<string, () => string> = {
  'T1 unsigned, alg none': () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`,
  'T1 alg none, with a signature': () => withHeader({ alg: 'none' }),
  'T1 alg nOnE': () => withHeader({ alg: 'nOnE' }),
  'T1 no alg': () => withHeader({ alg: undefined }),
  'T1 alg HS512': () => jwt.sign(claims, key, { algorithm: 'HS512' as Algorithm }),
  'T1 alg HS384 over a signature of HS256': () => withHeader({ alg: 'HS384' }),
  'T1 alg RS256 over an HMAC': () => withHeader({ alg: 'RS256' }),
  'T1 signed with the empty key': () => forge(header, claims, ''),
  'T1 signed with the secret the key is derived from': () =>
    forge(header, claims, w.t.service.config.tokenSecret),
  'T1 signed with the key for API keys': () =>
    forge(header, claims, deriveKey(w.t.service.config.tokenSecret, 'api-key')),
  'T1 signed with the router secret': () => forge(header, claims, w.t.service.config.routerSecret),
  'T1 signed with the API key of the brand': () => forge(header, claims, w.a.key),
  'T1 signed with the id of the brand': () => forge(header, claims, w.a.brand.id),
  'T1 kid with a path': () => withHeader({ kid: '../../../dev/null' }),
  'T1 kid with SQL': () => withHeader({ kid: `' UNION SELECT 'key` }),
  'T1 kid with an address': () => withHeader({ kid: 'http://attacker.example/key' }),
  'T1 jku': () => withHeader({ jku: 'http://attacker.example/jwks.json' }),
  'T1 x5u': () => withHeader({ x5u: 'http://attacker.example/cert.pem' }),
  'T1 jwk': () => withHeader({ jwk: { kty: 'oct', k: encode('attacker') } }),
  'T1 crit': () => withHeader({ crit: ['exp'] }),
  'T1 another typ': () => withHeader({ typ: 'at+jwt' }),
  'T1 one bit of the signature flipped': () => {
    const last = w.token.at(-10) === 'A' ? 'B' : 'A';
    return `${w.token.slice(0, -10)}${last}${w.token.slice(-9)}`;
  },
  'T1 the claims of one and the signature of another': () => {
    const [head, , signature] = w.token.split('.');
    return [head, encode({ ...claims, sub: w.b.ids['cus'] }), signature].join('.');
  },
  'T1 a signature too many': () => `${w.token}.${w.token.split('.')[2]}`,
  'T1 no signature': () => w.token.split('.').slice(0, 2).join('.'),
  'T1 nothing but dots': () => '..',
  'T2 expired': () => withClaims({ iat: now() - 1000, exp: now() - 61 }),
  'T2 expired a day ago': () => withClaims({ iat: now() - 2 * day, exp: now() - day }),
  'T2 not yet valid': () => withClaims({ nbf: now() + 120 }),
  'T2 issued in the future': () => withClaims({ iat: now() + 120, exp: now() + 1000 }),
  'T2 lives longer than tokens may': () => withClaims({ exp: (claims['iat'] as number) + day + 1 }),
  'T2 ends before it begins': () => withClaims({ exp: (claims['iat'] as number) - 1 }),
  'T2 exp as a text': () => withClaims({ exp: String(claims['exp']) }),
  'T2 exp with a fraction': () => withClaims({ exp: (claims['exp'] as number) + 0.5 }),
  'T2 no exp': () => withClaims({ exp: undefined }),
  'T2 no iat': () => withClaims({ iat: undefined }),
  'T2 another issuer': () => withClaims({ iss: 'https://attacker.example' }),
  'T2 no issuer': () => withClaims({ iss: undefined }),
  'T2 another audience': () => withClaims({ aud: 'billing' }),
  'T2 our audience among others': () => withClaims({ aud: ['atomic-rewards', 'billing'] }),
  'T2 no audience': () => withClaims({ aud: undefined }),
  'T2 no subject': () => withClaims({ sub: undefined }),
  'T2 a subject of another kind': () => withClaims({ sub: w.a.brand.id }),
  'T2 a subject that is no id': () => withClaims({ sub: `' OR 1=1 --` }),
  'T2 subjects in a list': () => withClaims({ sub: [claims['sub']] }),
  'T2 no brand': () => withClaims({ brand: undefined }),
  'T2 a customer for a brand': () => withClaims({ brand: claims['sub'] }),
  'T2 claims nobody knows': () => withClaims({ scope: 'mu:platform', admin: true }),
  'T2 a claim twice': () =>
    forge(header, JSON.stringify(claims).replace('{', `{"sub":"${w.b.ids['cus']}",`)),
  'T2 a header twice': () => forge('{"alg":"none","alg":"HS256","typ":"JWT"}', claims),
  'T2 claims with spaces': () => forge(header, JSON.stringify(claims, null, 1)),
  'T2 claims that are a list': () => forge(header, [claims]),
  'T2 claims that are null': () => forge(header, 'null'),
  'T2 claims that are no JSON': () => forge(header, '{"sub":'),
  'T2 claims with __proto__': () =>
    forge(header, JSON.stringify(claims).replace('{', '{"__proto__":{"kind":"platform"},')),
};

test.each(Object.entries(forgeries))('%s is a 401 that does not say why', async (_, make) => {
  const unknown = await w.t.ask(me, {}, 'nothing.like.it');
  for (const door of ['/graphql', '/subgraph'] as const) {
    const answer = await w.t.ask(me, {}, make(), { door });
    expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(answer.text).toBe(unknown.text);
  }
});

test('T2 clocks may differ by a minute, no more', async () => {
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
])('T1 a token %s is none', async (_, send) => {
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
])('T1 an Authorization of form %# opens nothing', async (form) => {
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

test.each(Object.keys(claimed))('T3 the header %s changes nothing', async (name) => {
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

test('T3 of two Authorization headers no second one is taken', async () => {
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

test('T13 a revoked key opens nothing from the next request on', async () => {
  const made = await send(w.t, w.a.key, 'createApiKey', { name: 'short', scopes: ['READ'] });
  const secret = made['secret'] as string;
  expect((await w.t.ask('{ brand { id } }', {}, secret)).status).toBe(200);
  const { id } = made['apiKey'] as { id: string };
  await send(w.t, w.a.key, 'revokeApiKey', { id, idempotencyKey: newKey() });
  const answer = await w.t.ask('{ brand { id } }', {}, secret);
  expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
});

test('T1 the key of a brand with one part changed opens nothing', async () => {
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
