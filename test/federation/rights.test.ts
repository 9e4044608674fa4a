import { must } from '../promises/operations';
import { Scene } from '../promises/scene';
import { startFederatedService, type FederatedService } from '../support/federated-service';
import type { PartnerContext, PartnerGraph } from '../support/partner-server';
import { newKey, type Data } from '../support/test-service';

const guards = {
  open: '',
  signedIn: '@authenticated',
  readers: '@requiresScopes(scopes: [["mu:read"]])',
  people: '@requiresScopes(scopes: [["mu:customer"], ["mu:platform"]])',
  both: '@requiresScopes(scopes: [["mu:read", "mu:ledger"]])',
  staff: '@policy(policies: [["support_staff"]])',
  unheardOf: '@policy(policies: [["unheard_of"]])',
};
type Guarded = keyof typeof guards;
const guarded = Object.entries(guards);

const desk: PartnerGraph = {
  sdl: `
    type Query {
      ${guarded.map(([name, guard]) => `${name}: String ${guard}`).join('\n')}
      byId(id: ID!): Customer
    }
    type Customer @key(fields: "id") {
      id: ID!
      ${guarded.map(([name, guard]) => `${name}Note: String ${guard}`).join('\n')}
    }`,
  fields: {
    ...Object.fromEntries(guarded.map(([name]) => [name, () => 'seen'])),
    byId: customerOf,
  },
  entities: { Customer: customerOf },
};

const till: PartnerGraph = {
  sdl: `
    type Query { byExternalId(externalId: String!): Customer }
    type Customer @key(fields: "externalId") { externalId: String asker: String }`,
  fields: { byExternalId: customerOf },
  entities: { Customer: customerOf },
};

/** It answers any key: what it says of customers that are not there is the gateway's to hold back. */
function customerOf({ id, externalId }: Data, { headers }: PartnerContext): Data {
  return {
    __typename: 'Customer',
    id,
    externalId,
    ...Object.fromEntries(guarded.map(([name]) => [`${name}Note`, 'seen'])),
    asker: `${String(headers['x-caller'])} ${String(headers['x-brand-id'])}`,
  };
}

let t: FederatedService<'desk' | 'till'>;
let kaapi: Scene;
let chai: Scene;
const bearers: Record<string, string | undefined> = {};
let own: { id: string; externalId: string };
let others: { id: string; externalId: string };

beforeAll(async () => {
  const policies = { support_staff: [['mu:ledger'], ['mu:platform']] };
  t = await startFederatedService({ partners: { desk, till }, policies });
  kaapi = await Scene.create(t, 'kaapi');
  chai = await Scene.create(t, 'chai');
  own = await kaapi.customer(20);
  others = await kaapi.customer(30);
  bearers['a brand'] = kaapi.brand.apiKey;
  bearers['a customer'] = await kaapi.tokenOf(own);
  bearers['the platform'] = t.platformKey;
  bearers['a key that may only write'] = await keyWith(['CUSTOMERS', 'LEDGER']);
});
afterAll(() => t.close());
beforeEach(() => t.forget());

async function keyWith(scopes: string[]): Promise<string> {
  const { data } = await t.ask(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }',
    { input: { name: kaapi.name(), scopes, idempotencyKey: kaapi.name().padStart(12, '-') } },
    kaapi.brand.apiKey,
  );
  return data['createApiKey'].secret as string;
}

const passes: Record<string, Guarded[]> = {
  nobody: ['open'],
  'a brand': ['open', 'signedIn', 'readers', 'both', 'staff'],
  'a customer': ['open', 'signedIn', 'people'],
  'the platform': ['open', 'signedIn', 'people', 'staff'],
  'a key that may only write': ['open', 'signedIn', 'staff'],
};
const cases = Object.entries(passes).flatMap(([who, seen]) =>
  guarded.map(([name]) => [who, name, seen.includes(name as Guarded)] as const),
);

test.each(cases)('%s who asks a partner’s root field %s: %j', async (who, name, isSeen) => {
  const { status, json, codes } = await t.ask(`{ ${name} }`, {}, bearers[who]);
  const refusal = who === 'nobody' ? [401, 'UNAUTHENTICATED'] : [403, 'FORBIDDEN'];
  expect([status, ...codes]).toEqual(isSeen ? [200] : refusal);
  expect((json['data'] as Data | null)?.[name] ?? null).toBe(isSeen ? 'seen' : null);
  expect(t.partners.desk.asked).toHaveLength(isSeen ? 1 : 0);
});

test.each(Object.keys(passes))(
  '%s gets the open fields of an entity, and codes for the others',
  async (who) => {
    const notes = guarded.map(([name]) => `${name}Note`);
    const { json } = await t.ask(
      `query ($id: ID!) { byId(id: $id) { ${notes.join(' ')} } }`,
      { id: own.id },
      bearers[who],
    );
    const seen = passes[who]?.map((name) => `${name}Note`) ?? [];
    const refused = notes.filter((note) => !seen.includes(note));
    expect((json['data'] as Data)['byId']).toEqual(
      Object.fromEntries(notes.map((note) => [note, seen.includes(note) ? 'seen' : null])),
    );
    const code = who === 'nobody' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect((json['errors'] as Data[]).map(({ path, extensions }) => [path, extensions])).toEqual(
      refused.map((note) => [['byId', note], { code }]),
    );
    for (const { query } of t.partners.desk.asked) {
      expect(refused.filter((note) => query.includes(note))).toEqual([]);
    }
  },
);

const ours = 'externalId email wallet { balance } relationship { externalId }';

test('a partner that names a customer leads the brand to what is ours of them', async () => {
  const { data } = await t.ask(
    `query ($id: ID!) { byId(id: $id) { ${ours} } }`,
    { id: others.id },
    kaapi.brand.apiKey,
  );
  const { externalId } = others;
  expect(data['byId']).toMatchObject({ externalId, wallet: { balance: 30 } });
});

const byId = (fields: string, id: string, bearer: string | undefined) =>
  t.ask(`query ($id: ID!) { byId(id: $id) { id ${fields} } }`, { id }, bearer);

test.each(['a customer', 'another brand'])(
  'a partner that names a customer leads %s to nothing that is ours, as if there were none',
  async (who) => {
    const bearer = who === 'another brand' ? chai.brand.apiKey : bearers[who];
    const unknown = `${others.id.slice(0, -1)}${others.id.endsWith('0') ? '1' : '0'}`;
    for (const id of [others.id, unknown]) {
      const plain = await byId('externalId email relationship { externalId }', id, bearer);
      expect(plain.json).toEqual({
        data: { byId: { id, externalId: null, email: null, relationship: null } },
      });
      expect((await byId('wallet { balance }', id, bearer)).json).toEqual({ data: { byId: null } });
      const timeline = await byId('timeline { nodes { __typename } }', id, bearer);
      expect(timeline.json).toEqual({ data: { byId: null } });
    }
  },
);

test.each([
  ['nobody', 'UNAUTHENTICATED'],
  ['a key that may only write', 'FORBIDDEN'],
])(
  'a partner that names a customer leads %s to nothing that is ours, but %s',
  async (who, code) => {
    const { id } = others;
    const { json, codes } = await byId('externalId email', id, bearers[who]);
    expect(json['data']).toEqual({ byId: { id, externalId: null, email: null } });
    expect(codes).toEqual([code, code]);
    const { json: none } = await byId('wallet { balance }', id, bearers[who]);
    expect([none['data']?.byId ?? null, none['errors'][0].extensions]).toEqual([null, { code }]);
  },
);

test('a partner that names the customer who asks leads them to their own', async () => {
  const { data } = await t.ask(
    'query ($id: ID!) { byId(id: $id) { wallet { balance } } }',
    { id: own.id },
    bearers['a customer'],
  );
  expect(data['byId']).toEqual({ wallet: { balance: 20 } });
});

test('the same key is another customer for each brand, also at the same moment', async () => {
  const inBoth = { externalId: 'in-both', idempotencyKey: newKey() };
  const ids: string[] = [];
  for (const { brand } of [kaapi, chai]) {
    const { customer } = await must(t, brand.apiKey, 'identifyCustomer', inBoth);
    ids.push(customer.id as string);
  }
  const query = '{ byExternalId(externalId: "in-both") { id asker } }';
  const held = t.partners.till.hold();
  const answers = Promise.all([kaapi, chai].map(({ brand }) => t.ask(query, {}, brand.apiKey)));
  await held.asked;
  await new Promise((resolve) => setTimeout(resolve, 100));
  held.release();
  const found = (await answers).map(({ data }) => data['byExternalId'] as Data);
  expect(found).toEqual([
    { id: ids[0], asker: `brand ${kaapi.brand.id}` },
    { id: ids[1], asker: `brand ${chai.brand.id}` },
  ]);
  expect(ids[0]).not.toBe(ids[1]);
});
