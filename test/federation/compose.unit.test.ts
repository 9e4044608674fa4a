import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import { buildSchema, parse, type GraphQLObjectType } from 'graphql';
import { serviceSchemas } from '../../src/server/create-service';

const committed = readFileSync(join(__dirname, '../../schema/rewards.graphql'), 'utf8');
const ours = { name: 'rewards', url: 'http://rewards.test/subgraph', typeDefs: parse(committed) };

const shop = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  type Query { order(id: ID!): Order }
  type Order @key(fields: "id") { id: ID! totalMinor: Int! buyer: Customer }
  type Customer @key(fields: "id") { id: ID! orderHistory(first: Int = 20): OrderPage! }
  type OrderPage { nodes: [Order!]! pageInfo: PageInfo! }
  type PageInfo @shareable {
    hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
  }
`);

const crm = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { ticket(id: ID!): Ticket }
  type Ticket { id: ID! from: Customer }
  type Customer @key(fields: "email") { email: EmailAddress tickets: [Ticket!]! }
  scalar EmailAddress
`);

function compose(...services: { name: string; url: string; typeDefs: ReturnType<typeof parse> }[]) {
  const result = composeServices(services);
  assertCompositionSuccess(result);
  return buildSchema(result.supergraphSdl, { assumeValid: true, assumeValidSDL: true });
}

describe('The subgraph of the committed schema', () => {
  it('is the schema that the service serves', () => {
    expect(`${serviceSchemas().sdl.trimEnd()}\n`).toBe(committed);
  });

  it('composes alone', () => {
    const graph = compose(ours);
    expect(graph.getQueryType()?.getFields()).toHaveProperty('customer');
  });

  it('composes with strangers that add fields to Customer by its id and by its e-mail', () => {
    const graph = compose(
      ours,
      { name: 'shop', url: 'http://shop.test', typeDefs: shop },
      { name: 'crm', url: 'http://crm.test', typeDefs: crm },
    );
    const customer = graph.getType('Customer') as GraphQLObjectType;
    expect(customer.getFields()).toHaveProperty('wallet');
    expect(customer.getFields()).toHaveProperty('orderHistory');
    expect(customer.getFields()).toHaveProperty('tickets');
  });

  it('keeps _service and _entities out of the public schema', () => {
    const { publicSchema, subgraphSchema } = serviceSchemas();
    expect(publicSchema.getQueryType()?.getFields()).not.toHaveProperty('_entities');
    expect(publicSchema.getType('_Any')).toBeUndefined();
    expect(subgraphSchema.getQueryType()?.getFields()).toHaveProperty('_entities');
  });

  it('describes every type, field, argument and value', () => {
    const { publicSchema } = serviceSchemas();
    const bare: string[] = [];
    for (const type of Object.values(publicSchema.getTypeMap())) {
      if (
        type.name.startsWith('__') ||
        ['ID', 'Int', 'Float', 'String', 'Boolean'].includes(type.name)
      )
        continue;
      if (!type.description) bare.push(type.name);
      if ('getValues' in type) {
        for (const value of type.getValues()) {
          if (!value.description) bare.push(`${type.name}.${value.name}`);
        }
      }
      if (!('getFields' in type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!field.description) bare.push(`${type.name}.${field.name}`);
        const args = 'args' in field ? field.args : [];
        for (const arg of args)
          if (!arg.description) bare.push(`${type.name}.${field.name}(${arg.name})`);
      }
    }
    expect(bare).toEqual([]);
  });
});
