import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import {
  buildSchema,
  isObjectType,
  Kind,
  parse,
  print,
  type GraphQLObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { apiSchemaOf } from '../../src/gateway';
import { defaultLimits } from '../../src/platform/limits';
import { serviceSchemas } from '../../src/server/create-service';
import { operationCost } from '../../src/server/limits/operation-cost';

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

/** Something for ids and texts, which is what most variables are. */
function sampleVariables({ variableDefinitions = [] }: OperationDefinitionNode) {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, type }) => [
      variable.name.value,
      print(type).startsWith('CustomerBy') ? { externalId: 'x' } : 'x',
    ]),
  );
}

function compose(...services: { name: string; url: string; typeDefs: ReturnType<typeof parse> }[]) {
  const result = composeServices(services);
  assertCompositionSuccess(result);
  return buildSchema(result.supergraphSdl, { assumeValid: true, assumeValidSDL: true });
}

describe('The subgraph of the committed schema', () => {
  it('is the schema that the service serves (P21)', () => {
    expect(`${serviceSchemas().sdl.trimEnd()}\n`).toBe(committed);
  });

  it('composes alone (P22)', () => {
    const graph = compose(ours);
    expect(graph.getQueryType()?.getFields()).toHaveProperty('customer');
  });

  it('composes with strangers that add fields to Customer by its id and by its e-mail (P22)', () => {
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

  it('tells routers what every mutation and every page costs', () => {
    const { publicSchema } = serviceSchemas();
    const priced = new Map<string, string>();
    for (const definition of ours.typeDefs.definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      for (const field of definition.fields ?? []) {
        const costs = field.directives?.filter(({ name }) => /^(cost|listSize)$/.test(name.value));
        const place = `${definition.name.value}.${field.name.value}`;
        if (costs?.length) priced.set(place, costs.map(({ name }) => name.value).join());
      }
    }
    const mutations = Object.keys(publicSchema.getMutationType()!.getFields());
    expect(mutations.filter((name) => priced.get(`Mutation.${name}`) !== 'cost')).toEqual([]);
    const pages = Object.values(publicSchema.getTypeMap()).flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter(({ args }) => args.some(({ name }) => name === 'first'))
            .map(({ name }) => `${type.name}.${name}`)
        : [],
    );
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.filter((place) => priced.get(place) !== 'listSize')).toEqual([]);
  });

  it('costs clients of a composed graph what it costs ours', () => {
    const { publicSchema } = serviceSchemas();
    const result = composeServices([ours, { name: 'shop', url: 'http://s.test', typeDefs: shop }]);
    assertCompositionSuccess(result);
    const schema = apiSchemaOf(result.supergraphSdl, publicSchema);
    const folder = join(__dirname, '../../schema/operations');
    const graphqlFiles = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
    const compared = graphqlFiles.flatMap((file) => {
      const document = parse(readFileSync(join(folder, file), 'utf8'));
      return document.definitions.flatMap((operation) => {
        if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
        const variables = sampleVariables(operation);
        const costOf = (of: typeof schema) =>
          operationCost(of, document, operation, variables, defaultLimits);
        return [[costOf(schema), costOf(publicSchema)]];
      });
    });
    expect(compared.length).toBeGreaterThan(20);
    expect(compared.map(([joined]) => joined)).toEqual(compared.map(([, alone]) => alone));
    expect(compared.filter(([joined]) => joined !== null).length).toBeGreaterThan(10);
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
