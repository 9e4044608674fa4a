import type { Data } from '../support/test-service';
import type { Sent } from '../support/raw-partners';

/** A partner that adds to our customers and has fields of the root, of every kind. */
export const shopSdl = `
  scalar Json
  type Query { order(id: ID!): Order orders: [Order!]! things: [Thing!]! }
  type Mutation { placeOrder(key: String!): Order! }
  type Subscription { orderPlaced: Order! }
  interface Thing { id: ID! }
  type Order implements Thing @key(fields: "id") {
    id: ID! total: Int! note: String detail: Json by: Customer gift: Order
  }
  type Parcel implements Thing { id: ID! weight: Float! }
  type Customer @key(fields: "id") { id: ID! tier: String! spent: Int orders: [Order!]! extra: Json }
`;

/** What stands in answers of partners and may reach no client. */
export const partnerWords = [
  'hunter2',
  'select * from orders',
  'db.internal',
  'postgres://shop',
  'stacktrace',
];

/** What a partner in good health answers to any of the operations of these tests. */
export function healthy({ query, representations }: Sent): unknown {
  const order = { __typename: 'Order', id: 'o1', total: 7, note: 'ours', detail: { a: 1 } };
  if (representations.length > 0) return { data: entitiesOf(query, representations.map(customer)) };
  return {
    data: {
      order,
      orders: [order],
      things: [order, { __typename: 'Parcel', id: 'p1', weight: 1.5 }],
      placeOrder: order,
    },
  };
}

/** `_entities` under whatever name the gateway asks for them. */
export function entitiesOf(query: string, entities: unknown): Data {
  const names = [...query.matchAll(/(\w+)\s*:\s*_entities/g)].map(([, name]) => name as string);
  return Object.fromEntries(
    (names.length > 0 ? names : ['_entities']).map((name) => [name, entities]),
  );
}

/** A customer as the shop knows them. */
export function customer({ id }: Data): Data {
  return {
    __typename: 'Customer',
    id,
    tier: 'gold',
    spent: 12,
    orders: [{ __typename: 'Order', id: `o-${id}`, total: 3 }],
    extra: { a: 1 },
  };
}
