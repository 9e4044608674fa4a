import type { Context } from '../../src/platform/graphql/context';
import { Scene } from '../promises/scene';
import { startFederatedService, type FederatedService } from '../support/federated-service';
import { partnerError, type PartnerGraph } from '../support/partner-server';
import { newKey, type Data } from '../support/test-service';

const log: string[] = [];
let names: string[] = [];
const shop: PartnerGraph = {
  sdl: `
    interface Thing @key(fields: "id") { id: ID! }
    type Pen implements Thing @key(fields: "id") { id: ID! }
    type Ink implements Thing @key(fields: "id") { id: ID! colour: String }
    type Query { things: [Thing!]! buyers: [Customer!]! }
    type Mutation { place(number: Int!): Order fail(code: String!): Order }
    type Order { number: Int! buyer: Customer }
    type Customer @key(fields: "externalId") { externalId: String tier: String }`,
  fields: {
    things: () => [
      { __typename: 'Pen', id: 'pen' },
      { __typename: 'Ink', id: 'ink', colour: 'blue' },
    ],
    buyers: () => names.map((externalId) => ({ __typename: 'Customer', externalId })),
    place: ({ number }: Data) => {
      log.push(`placed ${String(number)}`);
      return { number, buyer: { __typename: 'Customer', externalId: names[0] } };
    },
    fail: ({ code }: Data) => {
      throw partnerError(String(code));
    },
  },
  entities: {
    Customer: ({ externalId }) => ({ __typename: 'Customer', externalId, tier: 'GOLD' }),
    Thing: ({ id }) => ({ __typename: id === 'ink' ? 'Ink' : 'Pen', id }),
  },
};

const desk: PartnerGraph = {
  sdl: `
    type Thing @key(fields: "id") @interfaceObject { id: ID! rating: Int }
    type Query { rated: Thing }`,
  fields: { rated: () => ({ __typename: 'Thing', id: 'pen', rating: 5 }) },
  entities: { Thing: ({ id }) => ({ __typename: 'Thing', id, rating: String(id).length }) },
};

let t: FederatedService<'shop' | 'desk'>;
let scene: Scene;
const contexts: Context[] = [];

beforeAll(async () => {
  t = await startFederatedService({ partners: { shop, desk } });
  const contextFor = t.service.contextFor.bind(t.service);
  t.service.contextFor = (...args) => {
    const context = contextFor(...args);
    contexts.push(context);
    return context;
  };
  scene = await Scene.create(t, 'own-part');
  for (let n = 0; n < 20; n += 1) names.push((await scene.customer(n < 2 ? 10 : 0)).externalId);
});
afterAll(() => t.close());
beforeEach(() => {
  t.forget();
  log.splice(0);
});

async function ask(
  query: string,
  variables: Data = {},
): Promise<{ data: Data; statements: number }> {
  contexts.splice(0);
  const { json } = await t.ask(query, variables, scene.brand.apiKey);
  expect(json['errors']).toBeUndefined();
  expect(contexts).toHaveLength(1);
  return { data: json['data'] as Data, statements: contexts[0]?.reads.statements ?? 0 };
}

const ours = 'wallet { balance } identities { kind } relationship { createdAt }';

test('our part takes as many statements beside a partner’s as without', async () => {
  const alone = await ask(`{ customers(first: 20) { nodes { ${ours} } } }`);
  const together = await ask(`{ customers(first: 20) { nodes { ${ours} tier } } }`);
  expect(together.data['customers'].nodes[0].tier).toBe('GOLD');
  expect(together.statements).toBe(alone.statements);
  expect(alone.statements).toBeGreaterThan(0);
});

test('twenty customers that a partner names take no more statements than one', async () => {
  const all = names;
  names = all.slice(0, 1);
  const one = await ask(`{ buyers { ${ours} } }`);
  names = all;
  const twenty = await ask(`{ buyers { ${ours} } }`);
  expect(twenty.data['buyers']).toHaveLength(20);
  expect(twenty.statements).toBe(one.statements);
  expect(one.statements).toBeGreaterThan(0);
});

test('our subgraph is read in the process, without its door', async () => {
  await ask(`{ buyers { ${ours} } customers { nodes { id } } }`);
  const { text } = await t.fetch('/metrics');
  expect(text).toMatch(/route="\/graphql"/);
  expect(text).not.toMatch(/route="\/subgraph"/);
});

test('@interfaceObject: fields of an interface are those of all its types', async () => {
  const { data } = await ask(
    '{ things { id rating ... on Ink { colour } } rated { __typename id rating } }',
  );
  expect(data).toEqual({
    things: [
      { id: 'pen', rating: 3 },
      { id: 'ink', rating: 3, colour: 'blue' },
    ],
    rated: { __typename: 'Pen', id: 'pen', rating: 5 },
  });
});

test('mutations of ours and of partners run in the order of the document', async () => {
  const identify = (name: string) =>
    `identifyCustomer(input: { externalId: "${name}", idempotencyKey: "${newKey()}" }) { customer { externalId tier } }`;
  const { data } = await ask(`mutation {
    a: place(number: 1) { number buyer { wallet { balance } } }
    b: ${identify('late-1')}
    c: place(number: 2) { number }
    d: ${identify('late-2')}
  }`);
  expect(Object.keys(data)).toEqual(['a', 'b', 'c', 'd']);
  expect(data).toEqual({
    a: { number: 1, buyer: { wallet: { balance: 10 } } },
    b: { customer: { externalId: 'late-1', tier: 'GOLD' } },
    c: { number: 2 },
    d: { customer: { externalId: 'late-2', tier: 'GOLD' } },
  });
  expect(log).toEqual(['placed 1', 'placed 2']);
});

test('a write beside a partner’s is done once for its key', async () => {
  const input = { externalId: 'once', idempotencyKey: newKey() };
  const query = `mutation ($input: IdentifyCustomerInput!) {
    identifyCustomer(input: $input) { customer { id } replayed } place(number: 3) { number } }`;
  const first = await ask(query, { input });
  const second = await ask(query, { input });
  expect(second.data['identifyCustomer']).toEqual({
    ...first.data['identifyCustomer'],
    replayed: true,
  });
});

test.each([
  ['BAD_USER_INPUT', 'BAD_USER_INPUT'],
  ['NOT_FOUND', 'NOT_FOUND'],
  ['INTERNAL', 'UNAVAILABLE'],
  ['THEIR_OWN', 'UNAVAILABLE'],
])(
  'a partner’s %s is told as %s, without its words, and costs our write nothing',
  async (code, told) => {
    const { json, text, codes } = await t.ask(
      `mutation ($input: IdentifyCustomerInput!) {
      fail(code: "${code}") { number }
      identifyCustomer(input: $input) { customer { externalId } userErrors { code } } }`,
      { input: { externalId: 'beside', idempotencyKey: newKey() } },
      scene.brand.apiKey,
    );
    expect(codes).toEqual([told]);
    expect(text).not.toContain('partner-secret-words');
    expect(json['data']).toEqual({
      fail: null,
      identifyCustomer: { customer: { externalId: 'beside' }, userErrors: [] },
    });
  },
);

test('introspection shows one graph, and asks nobody', async () => {
  const query = `{
    __typename
    __schema { queryType { name } types { name } directives { name } }
    customer: __type(name: "Customer") { fields { name } }
  }`;
  const { data } = await ask(query);
  const typeNames = (data['__schema'].types as Data[]).map(({ name }) => name as string);
  expect(typeNames).toEqual(expect.arrayContaining(['Thing', 'Order', 'Wallet']));
  expect(typeNames.filter((name) => /^(join|link)__|^_(Any|Entity|Service)$/.test(name))).toEqual(
    [],
  );
  expect((data['customer'].fields as Data[]).map(({ name }) => name as string)).toEqual(
    expect.arrayContaining(['tier', 'wallet']),
  );
  expect([...t.partners.shop.asked, ...t.partners.desk.asked]).toEqual([]);
});
