import { SubgraphError } from '../../../src/gateway/index';
import { town } from './shop-and-desk';
import { ask, plainOf, toyGraph, toySubgraph } from './toy-graph';

// The shop greets customers by the address that the house knows.
const throughTheShop = '{ customers { orders(first: 1) { buyer { id: greeting name } } } }';

describe('A field that needs others, met within an entity of its own subgraph', () => {
  it('is computed from what they answer', async () => {
    const { graph } = town();
    const order = { buyer: { id: 'Hello 1@example.test', name: 'Name 1' } };
    expect(plainOf(await ask(graph, throughTheShop))).toEqual({
      data: { customers: [{ orders: [order] }, { orders: [order] }] },
    });
  });

  it('is lost with what it needs', async () => {
    const { graph, house } = town();
    house.instead = ({ operation }) =>
      operation.text.includes('_entities')
        ? Promise.reject(new SubgraphError('house', 'timeout'))
        : undefined;
    const { data, errors } = await ask(graph, '{ customers { orders { buyer { greeting } } } }');
    expect(data).toHaveProperty('customers.0.orders.0.buyer', { greeting: null });
    expect(errors?.[0]).toMatchObject({
      path: ['customers', 0, 'orders', 0, 'buyer', 'greeting'],
      originalError: { subgraph: 'house' },
    });
  });

  it('takes its arguments and what is below it along, in fragments and lists too', async () => {
    const far = toySubgraph(
      'far',
      `
      type Query { owners: [Person] }
      type Person @key(fields: "id") @key(fields: "mail") {
        id: ID! mail: String size(unit: String!): Int home: Place
      }
      type Place { town: String street: String }
    `,
      { find: ({ id, mail }) => person(((id ?? mail) as string).slice(0, 1)) },
    );
    const near = toySubgraph(
      'near',
      `
      type Query { things: [Thing] }
      union Thing = Box | Bag
      type Box { owner: Person owners: [[Person]] }
      type Bag { weight: Int }
      type Person @key(fields: "id") { id: ID! }
    `,
      {
        resolvers: {
          Query: {
            things: () => [
              { __typename: 'Box', owner: { id: '1' }, owners: [[{ id: '2' }, null], []] },
              { __typename: 'Bag', weight: 2 },
            ],
          },
        },
      },
    );
    const third = toySubgraph(
      'third',
      `
      type Query { none: Int }
      type Person @key(fields: "mail") {
        mail: String size(unit: String!): Int @external home: Place @external
        fit(times: Int = 1): Fit @requires(fields: "size(unit: \\"cm\\") home { town }")
      }
      type Place { town: String @external }
      type Fit { value: Int text: String }
    `,
      {
        find: ({ size, home }) => ({
          fit: ({ times }: { times: number }) => ({
            value: Number(size) * times,
            text: (home as { town: string }).town,
          }),
        }),
      },
    );
    const source = `query ($times: Int) {
      things {
        ... on Box {
          owner { ...P }
          owners { ...P mail size(unit: "inch") }
        }
        ... on Bag { weight }
      }
    }
    fragment P on Person { f: fit(times: $times) { t: text value } fit { value } }`;
    const graph = toyGraph([far, near, third]);
    expect(plainOf(await ask(graph, source, { times: 10 }))).toEqual({
      data: {
        things: [
          {
            owner: { f: { t: 'Town 1', value: 20 }, fit: { value: 2 } },
            owners: [
              [
                {
                  f: { t: 'Town 2', value: 20 },
                  fit: { value: 2 },
                  mail: '2@example.test',
                  size: 4,
                },
                null,
              ],
              [],
            ],
          },
          { weight: 2 },
        ],
      },
    });
  });
});

function person(id: string): object {
  return {
    id,
    mail: `${id}@example.test`,
    size: ({ unit }: { unit: string }) => unit.length,
    home: { town: `Town ${id}`, street: 'unknown' },
  };
}
