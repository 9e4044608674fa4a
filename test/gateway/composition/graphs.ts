import { apiSchemaOf, composeSubgraphs } from '../../../src/gateway';
import { serviceSchemas } from '../../../src/server/create-service';

const directives = [
  '@key',
  '@shareable',
  '@tag',
  '@cost',
  '@listSize',
  '@inaccessible',
  '@override',
  '@interfaceObject',
  '@external',
];

/** The header of a partner's SDL, which imports every directive the tests use. */
export const header = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: [${directives.map((name) => `"${name}"`).join(', ')}]
)`;

/** A shop that adds orders to our customers. */
export const shop = `${header}
  type Query {
    order(id: ID!): Order! @cost(weight: 5)
    orders(first: Int @cost(weight: 2)): [Order!]! @listSize(slicingArguments: ["first"], assumedSize: 4)
    stock: Int! @inaccessible
  }
  type Order @key(fields: "id") @cost(weight: 3) {
    id: ID!
    total: Int! @tag(name: "money")
    buyer: Customer
    state: OrderState
    oldTotal: Int @deprecated(reason: "Ask for total.")
  }
  enum OrderState { OPEN SENT LOST @inaccessible }
  type Customer @key(fields: "externalId") { externalId: String orders(state: OrderState = OPEN): [Order!]! }
`;

/** A help desk that adds tickets to orders, and to nobody else. */
export const desk = `${header}
  type Order @key(fields: "id") { id: ID! tickets: [String!]! }
`;

export const partners = [
  { name: 'shop', url: 'http://shop.test/graphql', sdl: shop },
  { name: 'help-desk', url: 'http://desk.test/graphql', sdl: desk },
];

/** The supergraph of our own SDL and these. */
export function supergraphWith(sources: typeof partners, ownSdl = serviceSchemas().sdl): string {
  const composed = composeSubgraphs(ownSdl, sources);
  if (composed.problems !== undefined) throw new Error(JSON.stringify(composed.problems));
  return composed.sdl;
}

/** What clients see of it. */
export function apiWith(sources: typeof partners, ownSdl?: string) {
  return apiSchemaOf(supergraphWith(sources, ownSdl), serviceSchemas().publicSchema);
}
