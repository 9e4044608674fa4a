import { GraphQLError } from 'graphql';
import { SubgraphError } from '../../../src/gateway/index';
import { ask, plainOf, toyGraph, toySubgraph } from './toy-graph';

/** A house that knows customers, a desk that ranks them, and a shop that computes from both. */
function street() {
  const house = toySubgraph(
    'house',
    `type Query { customers: [Customer!]! }
     type Customer @key(fields: "id") { id: ID! name: String }`,
    {
      resolvers: {
        Query: {
          customers: () => [
            { id: '1', name: 'Ada' },
            { id: '2', name: 'Bea' },
          ],
        },
      },
    },
  );
  const desk = toySubgraph(
    'desk',
    `type Query { desk: String }
     type Customer @key(fields: "id") { id: ID! rank: Rank }
     type Rank { level: Int }`,
    { find: ({ id }) => ({ id, rank: { level: Number(id) * 10 } }) },
  );
  const shop = toySubgraph(
    'shop',
    `type Query { shop: String }
     type Rank { level: Int @external }
     type Customer @key(fields: "id") {
       id: ID! name: String @external rank: Rank @external
       orders: Int discount: Int @requires(fields: "rank { level }") greeting: String @requires(fields: "name")
     }`,
    {
      find: ({ id, name, rank }) => {
        const { level } = (rank ?? { level: 0 }) as { level: number };
        return { id, orders: Number(id), discount: level, greeting: `Hello ${String(name)}` };
      },
    },
  );
  return { graph: toyGraph([house, desk, shop]), desk, shop };
}

describe('A field that is computed from others', () => {
  const query = '{ customers { orders off: discount greeting } }';

  it('is computed from what other subgraphs answered', async () => {
    expect(plainOf(await ask(street().graph, query))).toEqual({
      data: {
        customers: [
          { orders: 1, off: 10, greeting: 'Hello Ada' },
          { orders: 2, off: 20, greeting: 'Hello Bea' },
        ],
      },
    });
  });

  it('is lost with them, and takes nothing along that its subgraph answers without', async () => {
    const { graph, desk, shop } = street();
    desk.instead = () => Promise.reject(new SubgraphError('desk', 'timeout'));
    const { data, errors = [] } = await ask(graph, query);
    expect(plainOf({ data })).toEqual({
      data: {
        customers: [
          { orders: 1, off: null, greeting: 'Hello Ada' },
          { orders: 2, off: null, greeting: 'Hello Bea' },
        ],
      },
    });
    expect(
      errors.map(({ path, originalError }) => [path?.join('.'), originalError as SubgraphError]),
    ).toEqual([
      ['customers.0.off', expect.objectContaining({ subgraph: 'desk' })],
      ['customers.1.off', expect.objectContaining({ subgraph: 'desk' })],
    ]);
    expect(shop.asked).toHaveLength(1);
  });

  it('is lost where they are, and nowhere else', async () => {
    const { graph, desk } = street();
    const originalError = new SubgraphError('desk', 'error');
    desk.instead = () => ({
      data: { _entities: [{ rank: null }, { rank: { level: 20 } }] },
      errors: [new GraphQLError('No.', { path: ['_entities', 0, 'rank'], originalError })],
    });
    const { data, errors = [] } = await ask(graph, query);
    expect(plainOf({ data })).toEqual({
      data: {
        customers: [
          { orders: 1, off: null, greeting: 'Hello Ada' },
          { orders: 2, off: 20, greeting: 'Hello Bea' },
        ],
      },
    });
    expect(errors.map(({ path }) => path?.join('.'))).toEqual(['customers.0.off']);
  });
});
