import { startFederatedService, type FederatedService } from '../support/federated-service';
import type { PartnerGraph } from '../support/partner-server';
import { newKey, type Data, type TestBrand } from '../support/test-service';

const shop: PartnerGraph = {
  sdl: `
    scalar EmailAddress
    type Customer @key(fields: "externalId") {
      externalId: String
      email: EmailAddress @external
      name: String @external
      greeting: String @requires(fields: "email name")
      tier: String
      points: Int
    }
    type Product @key(fields: "sku") @key(fields: "barcode") {
      sku: ID!
      barcode: String @inaccessible
      title: String! @shareable
      costPrice: Int @inaccessible
      price: Int
      stock: Int
      size: Size @shareable
    }
    type Size @shareable { cm: Int! }
    type Basket { product: Product @provides(fields: "review") }
    extend type Product { review: String @external }
    type Query { products: [Product!]! basket: Basket pages: PageInfo }
    type PageInfo @shareable {
      hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
    }`,
  fields: {
    products: () => [productOf('a'), productOf('b')],
    basket: () => ({ product: { ...productOf('a'), review: 'provided' } }),
    pages: () => ({ hasNextPage: true, hasPreviousPage: false }),
  },
  entities: {
    Customer: ({ externalId, email, name }) => ({
      __typename: 'Customer',
      externalId,
      greeting: `${String(name)} <${String(email)}>`,
      tier: 'of the shop',
      points: 1,
    }),
    Product: ({ sku, barcode }) => productOf(String(sku ?? barcode)),
  },
};

function productOf(sku: string): Data {
  const prices = { costPrice: 1, price: 100, stock: 7 };
  return {
    __typename: 'Product',
    sku,
    barcode: sku,
    title: `title ${sku}`,
    ...prices,
    size: { cm: 3 },
  };
}

const desk: PartnerGraph = {
  sdl: `
    type Customer @key(fields: "externalId") {
      externalId: String
      tier: String @override(from: "shop")
      points: Int @override(from: "shop", label: "percent(50)")
    }
    type Product @key(fields: "barcode") {
      barcode: String
      title: String! @shareable
      review: String @shareable
      size: Size @shareable
    }
    type Size @shareable { cm: Int! }
    type Query { reviewed: Product }`,
  fields: {
    reviewed: () => ({ __typename: 'Product', barcode: 'b', title: 'title b', review: 'fine' }),
  },
  entities: {
    Customer: ({ externalId }) => ({
      __typename: 'Customer',
      externalId,
      tier: 'of the desk',
      points: 2,
    }),
    Product: ({ barcode }) => ({
      __typename: 'Product',
      barcode,
      title: 'title of the desk',
      review: `looked up ${String(barcode)}`,
      size: { cm: 3 },
    }),
  },
};

let t: FederatedService<'shop' | 'desk'>;
let brand: TestBrand;

beforeAll(async () => {
  t = await startFederatedService({ partners: { shop, desk } });
  brand = await t.createBrand('directives');
  const input = { externalId: 'asha', email: 'asha@example.in', traits: { name: 'Asha' } };
  await t.ask(
    'mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { userErrors { code } } }',
    { input: { ...input, idempotencyKey: newKey() } },
    brand.apiKey,
  );
});
afterAll(() => t.close());
beforeEach(() => t.forget());

async function ask(query: string): Promise<Data> {
  const { json } = await t.ask(query, {}, brand.apiKey);
  expect(json['errors']).toBeUndefined();
  return json['data'] as Data;
}

const customer = (fields: string): string =>
  `{ customer(by: { externalId: "asha" }) { ${fields} } }`;

test('@requires: a field is computed from fields of ours, which nobody need ask for', async () => {
  const data = await ask(customer('greeting'));
  expect(data).toEqual({ customer: { greeting: 'Asha <asha@example.in>' } });
  expect(t.partners.shop.asked[0]?.variables['representations']).toEqual([
    { __typename: 'Customer', externalId: 'asha', email: 'asha@example.in', name: 'Asha' },
  ]);
});

test('@provides: a field of another is read where it comes along, and looked up elsewhere', async () => {
  const data = await ask('{ basket { product { review } } }');
  expect(data).toEqual({ basket: { product: { review: 'provided' } } });
  expect(t.partners.desk.asked).toHaveLength(0);
  const { products } = await ask('{ products { review } }');
  expect(products).toEqual([{ review: 'looked up a' }, { review: 'looked up b' }]);
  expect(t.partners.desk.asked).toHaveLength(1);
});

test('@override: a field that moved is asked of its new owner only', async () => {
  expect(await ask(customer('tier'))).toEqual({ customer: { tier: 'of the desk' } });
  expect(t.partners.shop.asked).toHaveLength(0);
});

test('@override by percent: a field that moves is asked of the one or the other, never of both', async () => {
  const owners = new Set<number>();
  for (let n = 0; n < 200 && owners.size < 2; n += 1) {
    t.forget();
    const data = await ask(customer('points'));
    const asked = [t.partners.shop.asked.length, t.partners.desk.asked.length];
    expect(asked).toEqual(data['customer'].points === 1 ? [1, 0] : [0, 1]);
    owners.add(data['customer'].points as number);
  }
  expect([...owners].sort()).toEqual([1, 2]);
});

test('@shareable: a value that several can answer is asked of the one that is asked anyway', async () => {
  const data = await ask('{ reviewed { title review } }');
  expect(data).toEqual({ reviewed: { title: 'title b', review: 'fine' } });
  expect([t.partners.shop.asked.length, t.partners.desk.asked.length]).toEqual([0, 1]);
  expect(await ask('{ products { title size { cm } } }')).toMatchObject({
    products: [{ size: { cm: 3 } }, { size: { cm: 3 } }],
  });
  expect(t.partners.desk.asked).toHaveLength(1);
});

test('@shareable: PageInfo is ours and theirs', async () => {
  const data = await ask('{ pages { hasNextPage } customers { pageInfo { hasNextPage } } }');
  expect(data).toEqual({
    pages: { hasNextPage: true },
    customers: { pageInfo: { hasNextPage: false } },
  });
});

test('@inaccessible: a hidden key joins two partners', async () => {
  const data = await ask('{ reviewed { sku price review } products { review } }');
  expect(data['reviewed']).toEqual({ sku: 'b', price: 100, review: 'fine' });
});

test.each(['barcode', 'costPrice'])(
  '@inaccessible: %s cannot be asked for or seen',
  async (field) => {
    const { status, codes } = await t.ask(`{ products { ${field} } }`, {}, brand.apiKey);
    expect({ status, codes }).toEqual({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] });
    const data = await ask('{ __type(name: "Product") { fields { name } } }');
    const names = (data['__type'].fields as Data[]).map(({ name }) => name as string);
    expect(names).toContain('sku');
    expect(names).not.toContain(field);
  },
);
