import type * as graphql from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { customerOf, eventsOf, ledgerOf, ordersOf, ticketsOf } from './toy-data';

/** Engines bring a copy of graphql-js each; schemas are made with the one that executes them. */
type GraphQLPackage = Pick<typeof graphql, 'buildSchema'>;

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n';

const rewards = `
  type Query {
    customer(id: ID!): Customer
    customers(from: Int!, first: Int!): [Customer!]!
  }
  type Customer @key(fields: "id") {
    id: ID!
    name: String!
    email: String!
    tier: String!
    balance: Int!
    events(first: Int!): [Event!]!
    ledger(first: Int!): [Entry!]!
  }
  type Event { id: ID! action: String! channel: String! amount: Int! at: String! message: Message! }
  type Message { id: ID! subject: String! }
  type Entry { id: ID! amount: Int! balance: Int! reason: String! at: String! }
`;

const orders = `
  type Query { order(number: String!): Order }
  type Customer @key(fields: "id") { id: ID! orders(first: Int!): [Order!] }
  type Order { number: String! status: String! totalMinor: Int! items: [Item!]! }
  type Item { sku: String! name: String! quantity: Int! }
`;

const crm = `
  type Query { ticket(id: ID!): Ticket }
  type Customer @key(fields: "id") { id: ID! tickets(first: Int!): [Ticket!] }
  type Ticket { id: ID! subject: String! status: String! openedAt: String! }
`;

/** The SDL that each subgraph is composed by. */
export const toySdl = { rewards: link + rewards, orders: link + orders, crm: link + crm };

/** Our own part: a customer with what was done and what it paid, from memory. */
export function rewardsSchema({ buildSchema }: GraphQLPackage): GraphQLSchema {
  const schema = buildSchema(withKey(rewards), { assumeValidSDL: true });
  resolve(schema, 'Query', {
    customer: async (_, { id }) => customerOf(String(id)),
    customers: async (_, { from, first }) =>
      Array.from({ length: Number(first) }, (_row, at) => customerOf(String(Number(from) + at))),
  });
  resolve(schema, 'Customer', {
    events: async ({ id }, { first }) => eventsOf(id, Number(first)),
    ledger: async ({ id }, { first }) => ledgerOf(id, Number(first)),
  });
  // What the service asks of every root field: who may run it.
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    field.extensions = { access: { platform: true } };
  }
  return schema;
}

/** What a partner serves: fields of customers whose keys it is sent. */
export function partnerSchema(name: 'orders' | 'crm', { buildSchema }: GraphQLPackage) {
  const entities =
    'scalar _Any union _Entity = Customer extend type Query { _entities(representations: [_Any!]!): [_Entity]! }';
  const schema = buildSchema(`${withKey(name === 'orders' ? orders : crm)} ${entities}`, {
    assumeValidSDL: true,
  });
  resolve(schema, 'Query', {
    _entities: (_, { representations }) =>
      (representations as { id: string }[]).map(({ id }) => ({ __typename: 'Customer', id })),
  });
  resolve(
    schema,
    'Customer',
    name === 'orders'
      ? { orders: ({ id }, { first }) => ordersOf(id, Number(first)) }
      : { tickets: ({ id }, { first }) => ticketsOf(id, Number(first)) },
  );
  return schema;
}

function withKey(sdl: string): string {
  return `directive @key(fields: String!) on OBJECT ${sdl}`;
}

type Resolvers = Record<string, (source: { id: string }, args: Record<string, unknown>) => unknown>;

function resolve(schema: GraphQLSchema, typeName: string, resolvers: Resolvers): void {
  const type = schema.getType(typeName);
  if (type === undefined || !('getFields' in type)) throw new Error(`no type ${typeName}`);
  for (const [name, resolver] of Object.entries(resolvers)) {
    const field = type.getFields()[name];
    if (field === undefined || !('args' in field)) throw new Error(`no field ${name}`);
    field.resolve = resolver;
  }
}
