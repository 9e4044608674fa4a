import type { Graph } from '../../../src/gateway/graph';
import type { SupergraphParts } from '../../../src/gateway/index';
import { toyGraph, toySubgraph, type ToySubgraph } from './toy-graph';

/** A house with customers, a shop with their orders, a desk with their tickets. */
export interface Town {
  house: ToySubgraph;
  shop: ToySubgraph;
  desk: ToySubgraph;
  graph: Graph;
}

const customers = ['1', '2'].map((id) => ({
  __typename: 'Customer',
  id,
  name: `Name ${id}`,
  email: id === '2' ? null : `${id}@example.test`,
  wallet: { balance: Number(id) * 10 },
}));
const customer = (id: unknown) => customers.find((one) => one.id === id) ?? null;

const order = (number: string) => ({
  __typename: 'Order',
  number,
  total: Number(number) * 100,
  state: 'PAID',
  lines: [{ sku: `sku-${number}`, count: 1 }],
  buyer: { id: '1' },
});

/** A fresh town; what its subgraphs were asked and how they fail is each test's own. */
export function town(options: Partial<SupergraphParts> = {}): Town {
  const house = toySubgraph(
    'house',
    `
    type Query { customer(id: ID!): Customer customers: [Customer!]! }
    type Mutation { give(id: ID!): Customer }
    type Customer @key(fields: "id") @key(fields: "email") {
      id: ID! name: String email: String wallet: Wallet!
    }
    type Wallet { balance: Int! }
  `,
    {
      find: ({ id, email }) =>
        customer(id) ?? customers.find((one) => email && one.email === email),
      resolvers: {
        Query: { customer: (_, { id }) => customer(id), customers: () => customers },
        Mutation: { give: (_, { id }) => customer(id) },
      },
    },
  );
  const shop = toySubgraph(
    'shop',
    `
    type Query { orders: [Order!] hits: [Hit] latest: Order }
    type Mutation { place(number: String!): Order }
    type Subscription { placed: Order }
    union Hit = Order | Line
    enum State { PAID OPEN }
    type Order @key(fields: "number") {
      number: String! total: Int state: State lines: [Line!] buyer: Customer
    }
    type Line { sku: String! count: Int }
    type Customer @key(fields: "id") {
      id: ID! orders(first: Int = 2): [Order!] email: String @external
      greeting: String @requires(fields: "email")
    }
  `,
    {
      find: (reference) =>
        reference.__typename === 'Order'
          ? order(String(reference['number']))
          : {
              ...reference,
              greeting: `Hello ${String(reference['email'])}`,
              orders: ({ first }: { first: number }) => ['1', '2', '3'].slice(0, first).map(order),
            },
      resolvers: {
        Query: {
          orders: () => ['1', '2'].map(order),
          hits: () => [order('1'), { __typename: 'Line', sku: 'sku' }],
          latest: () => order('2'),
        },
        Mutation: { place: (_, { number }) => order(number) },
        Subscription: {
          placed: async function* () {
            yield { placed: order('7') };
            yield { placed: null };
          },
        },
      },
    },
  );
  const desk = toySubgraph(
    'desk',
    `
    type Query { ticket: Ticket }
    type Ticket { id: ID! text: String }
    type Customer @key(fields: "email") { email: String tickets: [Ticket!] tier: String }
    type Order @key(fields: "number") { number: String! tickets: [Ticket!] }
  `,
    {
      find: (reference) => ({
        ...reference,
        tickets: [{ id: 5, text: null }],
        tier: 'gold',
      }),
    },
  );
  return { house, shop, desk, graph: toyGraph([house, shop, desk], options) };
}
