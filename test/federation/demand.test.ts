import { startFederatedService, type FederatedService } from '../support/federated-service';
import type { PartnerGraph } from '../support/partner-server';
import type { TestBrand } from '../support/test-service';

const orders = (count: number) => Array.from({ length: count }, (_, n) => ({ number: n }));
const shop: PartnerGraph = {
  sdl: `
    type Query {
      orders(first: Int): [Order!]! @listSize(slicingArguments: ["first"])
      all: [Order!]!
      few: [Order!]! @listSize(assumedSize: 9)
      report: String @cost(weight: 50)
    }
    type Order { number: Int! }
    type Customer @key(fields: "externalId") {
      externalId: String
      orders(first: Int = 20): [Order!]! @listSize(slicingArguments: ["first"])
    }`,
  fields: {
    orders: ({ first }: { first: number }) => orders(first),
    all: () => orders(3),
    few: () => orders(3),
    report: () => 'report',
  },
  entities: {
    Customer: ({ externalId }) => ({
      __typename: 'Customer',
      externalId,
      orders: ({ first }: { first: number }) => orders(first),
    }),
  },
};

let t: FederatedService<'shop'>;
let brand: TestBrand;

beforeAll(async () => {
  t = await startFederatedService({ partners: { shop }, limits: { operationCost: 100 } });
  brand = await t.createBrand('demand');
});
afterAll(() => t.close());
beforeEach(() => t.forget());

const times = (count: number, field: string): string =>
  Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');

// A root field of a list costs 1 and so does each item; a list nobody knows the size of has 20.
test.each([
  ['a page', '{ orders(first: 99) { number } }', '{ orders(first: 100) { number } }', 100],
  [
    'lists without a page',
    `{ ${times(4, 'all { number }')} }`,
    `{ ${times(5, 'all { number }')} }`,
    84,
  ],
  [
    'lists of a known size',
    `{ ${times(10, 'few { number }')} }`,
    `{ ${times(11, 'few { number }')} }`,
    100,
  ],
  ['what is heavy', `{ ${times(2, 'report')} }`, `{ ${times(3, 'report')} }`, 100],
  [
    'pages of partners in pages of ours',
    '{ customers(first: 8) { nodes { orders(first: 11) { number } } } }',
    '{ customers(first: 9) { nodes { orders(first: 11) { number } } } }',
    97,
  ],
])(
  '%s: what costs too much is refused before a partner is asked',
  async (_what, most, more, cost) => {
    const headers = { 'x-cost': '1' };
    const { json, codes } = await t.ask(most, {}, brand.apiKey, { headers });
    expect(codes).toEqual([]);
    expect(json['extensions']).toMatchObject({ cost: { requested: cost } });
    t.forget();
    const refused = await t.ask(more, {}, brand.apiKey);
    expect({ status: refused.status, codes: refused.codes }).toEqual({
      status: 400,
      codes: ['OPERATION_TOO_COMPLEX'],
    });
    expect(t.partners.shop.asked).toHaveLength(0);
  },
);

test('a page by a variable costs what the variable says', async () => {
  const query = 'query ($first: Int) { orders(first: $first) { number } }';
  const codesOf = async (first: number) => (await t.ask(query, { first }, brand.apiKey)).codes;
  expect(await codesOf(99)).toEqual([]);
  expect(await codesOf(100)).toEqual(['OPERATION_TOO_COMPLEX']);
});

test('a list that needs a page is refused without one', async () => {
  const { status, codes } = await t.ask('{ orders { number } }', {}, brand.apiKey);
  expect({ status, codes }).toEqual({ status: 400, codes: ['BAD_USER_INPUT'] });
  expect(t.partners.shop.asked).toHaveLength(0);
});
