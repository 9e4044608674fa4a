import { startFederatedService, type FederatedService } from '../support/federated-service';
import type { PartnerGraph } from '../support/partner-server';
import { newKey, type Data, type TestBrand } from '../support/test-service';

const shop: PartnerGraph = {
  sdl: `
    type Query { order: Order @tag(name: "shown") audit: String @tag(name: "operator") }
    type Order { number: Int! @tag(name: "shown") margin: Int @tag(name: "operator") total: Int }
    type Customer @key(fields: "externalId") { externalId: String risk: Int @tag(name: "operator") tier: String }`,
  fields: { order: () => ({ number: 1, margin: 2, total: 3 }), audit: () => 'audited' },
  entities: {
    Customer: ({ externalId }) => ({ __typename: 'Customer', externalId, risk: 1, tier: 'GOLD' }),
  },
};

let t: FederatedService<'shop'>;
let brand: TestBrand;

beforeAll(async () => {
  t = await startFederatedService({
    partners: { shop },
    contracts: { frontend: { exclude: ['operator'] }, shown: { include: ['shown'] } },
  });
  brand = await t.createBrand('contracts');
});
afterAll(() => t.close());
beforeEach(() => t.forget());

const ask = (contract: string, query: string, bearer = brand.apiKey) =>
  t.ask(query, {}, bearer, { door: `/graphql/${contract}` });

async function fieldsOf(door: `/graphql${string}`, type: string): Promise<string[]> {
  const query = `{ __type(name: "${type}") { fields { name } } }`;
  const { data } = await t.ask(query, {}, brand.apiKey, { door: door as '/graphql' });
  return (data['__type'].fields as Data[]).map(({ name }) => name as string);
}

test('a contract shows what it has, ours and partners’', async () => {
  const mutations = await fieldsOf('/graphql/frontend', 'Mutation');
  expect(mutations).toContain('redeem');
  expect(mutations).not.toContain('createBrand');
  expect(await fieldsOf('/graphql/frontend', 'Order')).toEqual(['number', 'total']);
  expect(await fieldsOf('/graphql/frontend', 'Query')).not.toContain('audit');
  expect(await fieldsOf('/graphql/frontend', 'Customer')).not.toContain('risk');
  expect(await fieldsOf('/graphql/shown', 'Query')).toEqual(['order']);
  expect(await fieldsOf('/graphql/shown', 'Order')).toEqual(['number']);
});

test('the whole graph keeps what contracts leave out', async () => {
  expect(await fieldsOf('/graphql', 'Mutation')).toContain('createBrand');
  const { data } = await t.ask('{ audit order { margin } }', {}, brand.apiKey);
  expect(data).toEqual({ audit: 'audited', order: { margin: 2 } });
});

test.each([
  ['frontend', '{ audit }'],
  ['frontend', '{ order { margin } }'],
  ['frontend', '{ customer(by: { externalId: "a" }) { risk } }'],
  [
    'frontend',
    'mutation { createBrand(input: { name: "x", slug: "x", idempotencyKey: "12345678" }) { apiKey } }',
  ],
  ['shown', '{ brand { name } }'],
  ['shown', '{ order { total } }'],
])('on %s, %s does not fit the schema, whoever asks', async (contract, query) => {
  for (const bearer of [brand.apiKey, t.platformKey]) {
    const { status, codes } = await ask(contract, query, bearer);
    expect({ status, codes }).toEqual({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] });
  }
  expect(t.partners.shop.asked).toHaveLength(0);
});

test('what a contract has is answered over it, by us and by partners', async () => {
  await t.ask(
    'mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { userErrors { code } } }',
    { input: { externalId: 'asha', idempotencyKey: newKey() } },
    brand.apiKey,
    { door: '/graphql/frontend' },
  );
  const query =
    '{ customer(by: { externalId: "asha" }) { externalId tier wallet { balance } } order { total } }';
  const { data } = await ask('frontend', query);
  expect(data).toEqual({
    customer: { externalId: 'asha', tier: 'GOLD', wallet: { balance: 0 } },
    order: { total: 3 },
  });
  expect((await ask('shown', '{ order { number } }')).data).toEqual({ order: { number: 1 } });
});

test('a contract asks of its callers what the whole graph asks', async () => {
  const { status, codes } = await t.ask('{ brand { name } }', {}, undefined, {
    door: '/graphql/frontend',
  });
  expect({ status, codes }).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] });
});

test('a contract that nobody has defined is not found', async () => {
  const { status, codes } = await ask('hidden', '{ brand { name } }');
  expect({ status, codes }).toEqual({ status: 404, codes: ['NOT_FOUND'] });
});
