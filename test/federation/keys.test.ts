import { startFederatedService, type FederatedService } from '../support/federated-service';
import type { PartnerGraph } from '../support/partner-server';
import { eventually } from '../support/spawned-service';
import { newKey, type Data, type TestBrand } from '../support/test-service';

const byExternalId: PartnerGraph = {
  sdl: `
    type Customer @key(fields: "externalId") { externalId: String orders: [Order!]! }
    type Order @key(fields: "shop number") { shop: String! number: Int! total: Int! buyer: Customer }
    type Query { order(number: Int!): Order }`,
  fields: {
    order: ({ number }: { number: number }) => orderOf('main', number, 'person-3'),
  },
  entities: {
    Customer: ({ externalId }) => ({
      __typename: 'Customer',
      externalId,
      orders: [orderOf('main', Number(String(externalId).split('-')[1]), String(externalId))],
    }),
    Order: ({ shop, number }) => orderOf(String(shop), Number(number), 'person-1'),
  },
};

function orderOf(shop: string, number: number, externalId: string): Data {
  const buyer = { __typename: 'Customer', externalId };
  return { __typename: 'Order', shop, number, total: number * 100, buyer };
}

const byEmail: PartnerGraph = {
  sdl: `
    scalar EmailAddress
    type Customer @key(fields: "email") { email: EmailAddress tickets: [Ticket!]! }
    type Order @key(fields: "shop number") { shop: String! number: Int! parcel: String }
    type Ticket { subject: String! about: Order }
    type Query { lastTicket: Ticket writers: [Customer!]! }`,
  fields: {
    lastTicket: () => ticketOf(7),
    writers: () => [1, 2].map((n) => ({ __typename: 'Customer', email: `person-${n}@example.in` })),
  },
  entities: {
    Customer: ({ email }) => ({ __typename: 'Customer', email, tickets: [ticketOf(2)] }),
    Order: ({ shop, number }) => ({
      __typename: 'Order',
      shop,
      number,
      parcel: `parcel of ${String(shop)} ${Number(number)}`,
    }),
  },
};

function ticketOf(number: number): Data {
  const parcel = `parcel of main ${number}`;
  const about = { __typename: 'Order', shop: 'main', number, parcel };
  return { subject: `about ${number}`, about };
}

const byId: PartnerGraph = {
  sdl: `
    type Customer @key(fields: "id") { id: ID! note: String }
    type Brand @key(fields: "slug") { slug: String! motto: String }
    type Query { noted(id: ID!): Customer }`,
  fields: { noted: ({ id }: { id: string }) => ({ __typename: 'Customer', id, note: 'noted' }) },
  entities: {
    Customer: ({ id }) => ({ __typename: 'Customer', id, note: `note of ${String(id)}` }),
    Brand: ({ slug }) => ({ __typename: 'Brand', slug, motto: `motto of ${String(slug)}` }),
  },
};

type Name = 'shop' | 'desk' | 'notes';
let t: FederatedService<Name>;
let brand: TestBrand;
const ids: string[] = [];

beforeAll(async () => {
  t = await startFederatedService({
    partners: { shop: byExternalId, desk: byEmail, notes: byId },
  });
  brand = await t.createBrand('keys');
  for (let n = 1; n <= 25; n += 1) {
    const input = { externalId: `person-${n}`, email: `person-${n}@example.in` };
    const { data } = await t.ask(
      'mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { customer { id } } }',
      { input: { ...input, idempotencyKey: newKey() } },
      brand.apiKey,
    );
    ids.push(data['identifyCustomer'].customer.id as string);
  }
});
afterAll(() => t.close());
beforeEach(() => t.forget());

async function ask(query: string, variables: Data = {}): Promise<Data> {
  const { json } = await t.ask(query, variables, brand.apiKey);
  expect(json['errors']).toBeUndefined();
  return json['data'] as Data;
}

const counts = (): number[] =>
  [t.partners.shop, t.partners.desk, t.partners.notes].map(({ asked }) => asked.length);

test('a customer is known to each partner by the key it has, in one query', async () => {
  const data = await ask(
    '{ customer(by: { externalId: "person-2" }) { displayed: externalId orders { total } tickets { subject } note wallet { balance } } }',
  );
  expect(data['customer']).toEqual({
    displayed: 'person-2',
    orders: [{ total: 200 }],
    tickets: [{ subject: 'about 2' }],
    note: `note of ${ids[1]}`,
    wallet: { balance: 0 },
  });
  expect(counts()).toEqual([1, 1, 1]);
});

test('our fields are found by each key that a partner has', async () => {
  const data = await ask(
    `query ($id: ID!) {
      order(number: 3) { buyer { id email } }
      writers { id externalId relationship { brand { slug } } }
      noted(id: $id) { note externalId }
    }`,
    { id: ids[4] },
  );
  expect(data).toEqual({
    order: { buyer: { id: ids[2], email: 'person-3@example.in' } },
    writers: [1, 2].map((n) => ({
      id: ids[n - 1],
      externalId: `person-${n}`,
      relationship: { brand: { slug: 'keys' } },
    })),
    noted: { note: 'noted', externalId: 'person-5' },
  });
});

test('a partner leads through us to another, whose key it does not know', async () => {
  const data = await ask(
    '{ order(number: 3) { buyer { tickets { subject } note } } writers { orders { number } } }',
  );
  expect(data).toEqual({
    order: { buyer: { tickets: [{ subject: 'about 2' }], note: `note of ${ids[2]}` } },
    writers: [{ orders: [{ number: 1 }] }, { orders: [{ number: 2 }] }],
  });
});

test('a compound key leads from partner to partner without us', async () => {
  const data = await ask('{ order(number: 9) { parcel } lastTicket { about { total parcel } } }');
  expect(data).toEqual({
    order: { parcel: 'parcel of main 9' },
    lastTicket: { about: { total: 700, parcel: 'parcel of main 7' } },
  });
});

test('an entity of ours with another key than id has fields of partners', async () => {
  const data = await ask('{ brand { name motto } }');
  expect(data['brand']).toEqual({ name: 'keys', motto: 'motto of keys' });
});

test('twenty customers are one call to each partner', async () => {
  const { customers } = await ask(
    '{ customers(first: 20) { nodes { externalId orders { number parcel } tickets { subject } note } } }',
  );
  expect(customers.nodes).toHaveLength(20);
  for (const { externalId, orders } of customers.nodes as Data[]) {
    const number = Number(externalId.split('-')[1]);
    expect(orders).toEqual([{ number, parcel: `parcel of main ${number}` }]);
  }
  const [shop, desk, notes] = counts();
  // The desk is asked for tickets of customers, and for parcels of orders that only the shop could name.
  expect({ shop, desk, notes }).toEqual({ shop: 1, desk: 2, notes: 1 });
  expect(t.partners.shop.asked[0]?.variables).toMatchObject({
    representations: { length: 20 },
  });
});

test('the same field under many names is still one call', async () => {
  const aliases = Array.from({ length: 5 }, (_, n) => `a${n}: orders { n${n}: number }`).join(' ');
  const { customer } = await ask(`{ customer(by: { externalId: "person-4" }) { ${aliases} } }`);
  expect(Object.keys(customer as Data)).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
  expect(customer['a3']).toEqual([{ n3: 4 }]);
  expect(counts()).toEqual([1, 0, 0]);
});

test('several customers by name in one query are one call', async () => {
  const people = [1, 2, 3]
    .map((n) => `c${n}: customer(by: { externalId: "person-${n}" }) { orders { number } }`)
    .join(' ');
  const data = await ask(`{ ${people} }`);
  expect(data['c3']).toEqual({ orders: [{ number: 3 }] });
  expect(counts()).toEqual([1, 0, 0]);
});

/** How many fetches from the shop were spared because an equal one was under way. */
async function shared(): Promise<number> {
  const { text } = await t.fetch('/metrics');
  return Number(/^[a-z_]*shared_total\{[^}]*subgraph="shop"[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0);
}

test('equal queries at the same time are one call to a partner', async () => {
  const query = '{ customer(by: { externalId: "person-6" }) { orders { total } } }';
  const before = await shared();
  const held = t.partners.shop.hold();
  const answers = Promise.all(Array.from({ length: 5 }, () => ask(query)));
  await eventually(async () => (await shared()) === before + 4);
  held.release();
  for (const data of await answers) expect(data['customer'].orders).toEqual([{ total: 600 }]);
  expect(counts()).toEqual([1, 0, 0]);
});

test('what is only ours asks no partner', async () => {
  await ask(
    '{ customer(by: { externalId: "person-6" }) { id email wallet { balance } } brand { name } }',
  );
  expect(counts()).toEqual([0, 0, 0]);
});
