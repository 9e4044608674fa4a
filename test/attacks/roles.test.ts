import { brandScopes } from '../../src/platform/auth/caller';
import { serviceSchemas } from '../../src/server/create-service';
import type { Door } from '../support/http-service';
import { newKey } from '../support/test-service';
import { validArguments } from './samples';
import { operationOf, rootFields, type RootField } from './schema-walk';
import { someOf } from './some-of';
import { isOfBrand, send, startWorld, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const roots = rootFields(publicSchema, sdl);
const scopes = Object.keys(brandScopes);

/** A kind of caller, and the scopes a router would say it has. */
interface Role {
  name: string;
  bearer: string | undefined;
  has: string[];
  /** The status of everything this caller tries. */
  always?: number;
}

let w: World;
let roles: Role[];

beforeAll(async () => {
  w = await startWorld();
  const revoked = await keyFor(['READ', 'KEYS']);
  await send(w.t, w.a.key, 'revokeApiKey', { id: revoked.id });
  const bare = await keyFor(['READ']);
  await w.t.database.query(`UPDATE api_keys SET scopes = '{}' WHERE name = $1`, [bare.name]);
  roles = [
    { name: 'nobody', bearer: undefined, has: [], always: 401 },
    { name: 'a revoked key', bearer: revoked.secret, has: [], always: 401 },
    { name: 'the platform', bearer: w.t.platformKey, has: ['mu:platform'] },
    { name: 'a person', bearer: w.token, has: ['mu:customer'] },
    { name: 'a key without scopes', bearer: bare.secret, has: [] },
    { name: 'a key with all scopes', bearer: w.a.key, has: scopes },
  ];
  for (const scope of scopes) {
    const key = await keyFor([nameOf(scope)]);
    roles.push({ name: `a key with ${scope} alone`, bearer: key.secret, has: [scope] });
  }
});

afterAll(() => w.close());

/** The name the schema gives a scope: `mu:read` is READ. */
function nameOf(scope: string): string {
  return scope.replace('mu:', '').toUpperCase();
}

async function keyFor(names: string[]): Promise<{ id: string; name: string; secret: string }> {
  const name = newKey();
  const made = await send(w.t, w.a.key, 'createApiKey', { name, scopes: names });
  return { name, id: (made['apiKey'] as { id: string }).id, secret: made['secret'] as string };
}

function argumentsOf(root: RootField): Record<string, unknown> {
  const args = validArguments(root, w.a) as { input?: Record<string, unknown> };
  // A key gives away only what it has.
  if (root.name === 'createApiKey') args.input = { ...args.input, scopes: ['KEYS'] };
  return args;
}

test('the schema says of every query and mutation who may run it (T8)', () => {
  const undeclared = roots.filter((root) => root.scopes.length === 0);
  expect(undeclared.map((root) => root.name)).toEqual([]);
  const known = [...scopes, 'mu:platform', 'mu:customer'];
  for (const scope of roots.flatMap((root) => root.scopes)) expect(known).toContain(scope);
});

describe.each<Door>(['/graphql', '/subgraph'])('at %s', (door) => {
  test.each(roots.map((root, at): [string, RootField, number] => [root.name, root, at]))(
    '%s is run for those the schema names and for nobody else (T8)',
    async (_, root, at) => {
      const args = argumentsOf(root);
      const document = operationOf(publicSchema, root, args, 1);
      const mayRun = ({ has }: Role): boolean =>
        root.alternatives.some((all) => all.every((scope) => has.includes(scope)));
      const asking = new Set([roles.find(mayRun) as Role, ...someOf(roles, 5, at)]);
      for (const role of asking) {
        const { name, bearer, always } = role;
        const allowed = mayRun(role);
        const expected = always ?? (allowed ? 200 : 403);
        const answer = await w.t.ask(document, argumentsOf(root), bearer, { door });
        const refusal = { 200: [], 401: ['UNAUTHENTICATED'], 403: ['FORBIDDEN'] }[expected];
        expect({ name, status: answer.status, codes: answer.codes }).toEqual({
          name,
          status: expected,
          codes: refusal,
        });
        expect([name, (answer.json['data'] ?? null) !== null]).toEqual([name, expected === 200]);
      }
    },
  );

  test.each([
    '{ brand { id } me { id } }',
    '{ brand { id } hidden: me { id } }',
    '{ brand { id } me @skip(if: true) { id } }',
    'query ($no: Boolean = false) { brand { id } me @include(if: $no) { id } }',
    '{ brand { id } ...Hidden } fragment Hidden on Query { ... { ... on Query { me { id } } } }',
  ])('a field the caller may not run is found in %s (T8)', async (document) => {
    const answer = await w.t.ask(document, {}, w.a.key, { door });
    expect({
      status: answer.status,
      codes: answer.codes,
      data: answer.json['data'] ?? null,
    }).toEqual({
      status: 403,
      codes: ['FORBIDDEN'],
      data: null,
    });
  });

  test('a mutation beside a forbidden one does nothing (T8)', async () => {
    const name = newKey();
    const document = `mutation ($name: String!, $key: String!) {
      upsertEarnRule(input: { name: $name, action: SCAN, amount: 1, idempotencyKey: $key }) { replayed }
      createBrand(input: { name: "x", slug: "x", idempotencyKey: $key }) { replayed } }`;
    const answer = await w.t.ask(document, { name, key: newKey() }, w.a.key, { door });
    expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']]);
    const rules = await w.t.database.query('SELECT FROM earn_rules WHERE name = $1', [name]);
    expect(rules).toEqual([]);
  });
});

test('a key cannot make one that may do more than itself (T8)', async () => {
  const keys = await keyFor(['KEYS']);
  const document = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }`;
  for (const scope of scopes.map(nameOf).filter((name) => name !== 'KEYS')) {
    const input = { name: 'more', scopes: ['KEYS', scope], idempotencyKey: newKey() };
    const answer = await w.t.ask(document, { input }, keys.secret);
    expect([scope, answer.status, answer.codes]).toEqual([scope, 403, ['FORBIDDEN']]);
  }
  const mine = { name: 'as much', scopes: ['KEYS'], idempotencyKey: newKey() };
  expect((await w.t.ask(document, { input: mine }, keys.secret)).status).toBe(200);
});

describe('a key that may write and not read', () => {
  const record = (selection: string) => `mutation ($input: RecordAttentionInput!) {
    recordAttention(input: $input) { ${selection} } }`;
  const input = () => ({
    customer: { externalId: w.a.customer['externalId'] },
    action: 'SCAN',
    idempotencyKey: newKey(),
  });

  async function ask(selection: string, extra = '') {
    const { secret } = await keyFor(['ATTENTION']);
    return w.t.ask(record(selection) + extra, { input: input() }, secret);
  }

  test('gets what its mutation itself answers (T8)', async () => {
    const answer = await ask(`event { id action confidence recordedAt } streak { current }
      grants { amount reason entry { id amount balanceAfter } } wallet { balance } userErrors { code }`);
    expect([answer.status, answer.codes]).toEqual([200, []]);
  });

  test.each([
    'event { customer { email traits } }',
    'event { message { subject } }',
    'grants { rule { name } }',
    'wallet { statement { nodes { amount } } }',
    'grants { entry { transfer { id } } }',
    '... on RecordAttentionPayload { event { ... { hidden: customer { id } } } }',
    'event { customer @skip(if: true) { id } }',
  ])('reads nothing else below it: %s (T8)', async (selection) => {
    const before = await w.t.database.query('SELECT count(*) FROM attention_events');
    const answer = await ask(selection);
    expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']]);
    expect(await w.t.database.query('SELECT count(*) FROM attention_events')).toEqual(before);
  });

  test('reads nothing through a fragment (T8)', async () => {
    const extra = ' fragment Rest on AttentionEvent { customer { email } }';
    expect((await ask('event { ...Rest }', extra)).codes).toEqual(['FORBIDDEN']);
  });

  test('resolves no entities for a router (T8)', async () => {
    const { secret } = await keyFor(['ATTENTION', 'CUSTOMERS']);
    const document = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }`;
    const of = [{ __typename: 'Customer', externalId: w.a.customer['externalId'] }];
    const answer = await w.t.ask(document, { of }, secret, { door: '/subgraph' });
    expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']]);
    const reader = await w.t.ask(document, { of }, w.a.key, { door: '/subgraph' });
    expect(reader.json['data']).toEqual({ _entities: [{ __typename: 'Customer' }] });
  });
});

test('scopes of brands are the only ones a brand can be given (T8)', () => {
  expect(scopes.filter((scope) => !isOfBrand(scope))).toEqual([]);
});
