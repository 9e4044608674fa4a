import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import {
  buildSchema,
  parse,
  validate,
  visit,
  type ASTNode,
  type GraphQLEnumType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { readSupergraphConfig } from '../../src/gateway';
import { root } from '../docs/markdown';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

function composed() {
  const result = composeServices([
    { name: 'rewards', typeDefs: parse(read('schema/rewards.graphql')) },
    { name: 'orders', typeDefs: parse(read('examples/orders/schema.graphql')) },
    { name: 'crm', typeDefs: parse(read('examples/crm/schema.graphql')) },
  ]);
  assertCompositionSuccess(result);
  return result;
}

describe('The examples', () => {
  const graph = buildSchema(composed().publicSdl, { assumeValidSDL: true });
  const operations = readdirSync(join(root, 'examples/operations'));

  it('compose with our schema to one graph', () => {
    const fields = (name: string) =>
      Object.keys((graph.getType(name) as GraphQLObjectType).getFields());
    expect(fields('Customer')).toEqual(
      expect.arrayContaining(['wallet', 'orders', 'greeting', 'tier', 'tickets']),
    );
    expect(fields('Order')).toEqual(expect.arrayContaining(['total', 'tickets']));
    expect(fields('Brand')).toEqual(expect.arrayContaining(['budget', 'revenue', 'openTickets']));
  });

  it.each(operations)('ask the composed graph by %s', (file) => {
    const document = parse(read(`examples/operations/${file}`));
    expect(validate(graph, document)).toEqual([]);
  });

  it('are what supergraph.yaml names, each behind its secret', () => {
    const path = join(root, 'examples/supergraph.yaml');
    const { partners, policies, contracts } = readSupergraphConfig(path, { SHOP_SECRET: 'agreed' });
    expect(
      partners.map(({ settings: { name, url, headers } }) => ({ name, url, headers })),
    ).toEqual([
      {
        name: 'orders',
        url: 'http://127.0.0.1:4101/graphql',
        headers: { 'x-shop-secret': 'agreed' },
      },
      {
        name: 'crm',
        url: 'http://127.0.0.1:4102/graphql',
        headers: { 'x-crm-secret': 'demo-crm-secret' },
      },
    ]);
    expect(partners.map(({ schema }) => schema)).toEqual([
      { kind: 'file', path: join(root, 'examples/orders/schema.graphql') },
      { kind: 'file', path: join(root, 'examples/crm/schema.graphql') },
    ]);
    expect([...policies.keys(), ...contracts.keys()]).toEqual(['support_staff', 'frontend']);
  });

  it('mean the same by types they share', () => {
    const [orders, crm] = ['orders', 'crm'].map((name) =>
      buildSchema(read(`examples/${name}/schema.graphql`), { assumeValidSDL: true }),
    );
    const tiers = (schema: GraphQLSchema | undefined) =>
      (schema?.getType('Tier') as GraphQLEnumType).getValues().map(({ name }) => name);
    expect(tiers(orders)).toEqual(tiers(crm));
  });

  it('describe every type, field, argument and value', () => {
    const bare = ['orders', 'crm'].flatMap((name) => {
      const document = parse(read(`examples/${name}/schema.graphql`));
      const found: string[] = [];
      const roots = ['Query', 'Mutation', 'Subscription'];
      const look = {
        enter(node: ASTNode) {
          if (!('description' in node) || node.description !== undefined || !('name' in node))
            return;
          const called = node.name?.value ?? '';
          if (!roots.includes(called)) found.push(`${name}: ${called}`);
        },
      };
      visit(document, look);
      return found;
    });
    expect(bare).toEqual([]);
  });
});
