import { SubgraphError } from '../../../src/gateway/index';
import { ask, plainOf, toyGraph, toySubgraph } from './toy-graph';

const library = () =>
  toySubgraph(
    'library',
    `
    type Query { media: [Media!]! items: [Item!]! }
    interface Media @key(fields: "id") { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int size: Int! }
    type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int size: String }
    union Item = Book | Film
  `,
    {
      find: ({ id }) => media.find((one) => one.id === id),
      resolvers: { Query: { media: () => media, items: () => media } },
    },
  );

const media = [
  { __typename: 'Book', id: '1', title: 'A', pages: 9, size: 5 },
  { __typename: 'Film', id: '2', title: 'B', minutes: 90, size: 'long' },
];

/** Knows of media only that they have stars. */
const stars = () =>
  toySubgraph(
    'stars',
    `
    type Query { best: [Media!]! }
    type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int notes: [Note!]! }
    type Note { text: String about: Media }
  `,
    {
      find: ({ id }) => starred(String(id)),
      resolvers: { Query: { best: () => [starred('2'), starred('1')] } },
    },
  );

function starred(id: string): object {
  return { __typename: 'Media', id, stars: Number(id), notes: [{ text: 'n', about: { id } }] };
}

describe('A type that is an interface elsewhere', () => {
  const graphOf = () => {
    const toys = [library(), stars()] as const;
    return { graph: toyGraph(toys), library: toys[0], stars: toys[1] };
  };

  it('adds its fields to every type of the interface', async () => {
    const source = '{ media { title stars ... on Book { pages } } }';
    expect(plainOf(await ask(graphOf().graph, source))).toEqual({
      data: {
        media: [
          { title: 'A', stars: 1, pages: 9 },
          { title: 'B', stars: 2 },
        ],
      },
    });
  });

  it('learns its concrete type where that is asked for', async () => {
    const source = '{ best { __typename id stars title ... on Film { minutes } } }';
    expect(plainOf(await ask(graphOf().graph, source))).toEqual({
      data: {
        best: [
          { __typename: 'Film', id: '2', stars: 2, title: 'B', minutes: 90 },
          { __typename: 'Book', id: '1', stars: 1, title: 'A' },
        ],
      },
    });
  });

  it('needs no concrete type where nobody asks for one', async () => {
    const { graph, library: other } = graphOf();
    expect(plainOf(await ask(graph, '{ best { id stars } }'))).toEqual({
      data: {
        best: [
          { id: '2', stars: 2 },
          { id: '1', stars: 1 },
        ],
      },
    });
    expect(other.asked).toHaveLength(0);
  });

  it('is found again by its concrete type', async () => {
    const source = '{ best { notes { about { title ... on Book { pages stars } } } } }';
    expect(plainOf(await ask(graphOf().graph, source))).toEqual({
      data: {
        best: [
          { notes: [{ about: { title: 'B' } }] },
          { notes: [{ about: { title: 'A', pages: 9, stars: 1 } }] },
        ],
      },
    });
  });

  it('is lost where nobody can tell its concrete type', async () => {
    const { graph, library: other } = graphOf();
    other.instead = () => Promise.reject(new SubgraphError('library', 'timeout'));
    const { data, errors } = await ask(graph, '{ best { notes { about { __typename id } } } }');
    expect(plainOf({ data })).toEqual({
      data: { best: [{ notes: [{ about: null }] }, { notes: [{ about: null }] }] },
    });
    expect(errors?.map(({ path, originalError }) => [path, originalError])).toEqual([
      [['best', 0, 'notes', 0, 'about'], expect.objectContaining({ subgraph: 'library' })],
      [['best', 1, 'notes', 0, 'about'], expect.objectContaining({ subgraph: 'library' })],
    ]);
  });

  it('gives fields of one name their own types', async () => {
    const source = '{ items { ... on Book { size } ... on Film { size } } }';
    expect(plainOf(await ask(graphOf().graph, source))).toEqual({
      data: { items: [{ size: 5 }, { size: 'long' }] },
    });
    const aliased = '{ items { ... on Book { size: title } ... on Film { size: minutes } } }';
    expect(plainOf(await ask(graphOf().graph, aliased))).toEqual({
      data: { items: [{ size: 'A' }, { size: 90 }] },
    });
  });
});

describe('Keys', () => {
  it('of several fields, and of fields below fields, find an entity', async () => {
    const one = toySubgraph(
      'one',
      `
      type Query { seats: [Seat!]! }
      type Seat @key(fields: "hall { id } row") { hall: Hall! row: Int! }
      type Hall { id: ID! @shareable name: String }
    `,
      {
        resolvers: {
          Query: {
            seats: () => [
              { hall: { id: 'a', name: 'A' }, row: 1 },
              { hall: { id: 'b', name: 'B' }, row: 0 },
            ],
          },
        },
      },
    );
    const two = toySubgraph(
      'two',
      `
      type Query { none: Int }
      type Seat @key(fields: "hall { id } row") { hall: Hall! row: Int! price: Int }
      type Hall @shareable { id: ID! }
    `,
      { find: (reference) => ({ price: Number(reference['row']) * 10 }) },
    );
    expect(plainOf(await ask(toyGraph([one, two]), '{ seats { price } }'))).toEqual({
      data: { seats: [{ price: 10 }, { price: 0 }] },
    });
    expect(two.asked[0]?.variables['representations']).toEqual([
      { __typename: 'Seat', hall: { id: 'a' }, row: 1 },
      { __typename: 'Seat', hall: { id: 'b' }, row: 0 },
    ]);
  });
});

describe('A field that moves in per cent of operations', () => {
  const graphAt = (drawn: number) => {
    const old = toySubgraph(
      'old',
      `type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! colour: String }`,
      { resolvers: { Query: { thing: () => ({ id: '1', colour: 'from the old' }) } } },
    );
    const next = toySubgraph(
      'next',
      `
      type Query { none: Int }
      type Thing @key(fields: "id") { id: ID! colour: String @override(from: "old", label: "percent(20)") }
    `,
      { find: () => ({ colour: 'from the next' }) },
    );
    return toyGraph([old, next], { draw: () => drawn });
  };

  it.each([
    [19, 'from the next'],
    [21, 'from the old'],
  ])('is asked at a draw of %d %s', async (drawn, colour) => {
    expect(plainOf(await ask(graphAt(drawn), '{ thing { colour } }'))).toEqual({
      data: { thing: { colour } },
    });
  });
});

describe('Names', () => {
  it('that planners and keys use too are the client’s to use', async () => {
    const toys = [
      toySubgraph(
        'a',
        `
        type Query { thing: Thing }
        type Thing @key(fields: "id") { id: ID! colour: String size(unit: String): Int }
      `,
        {
          find: ({ id }) => (id === '1' ? thing : null),
          resolvers: { Query: { thing: () => thing } },
        },
      ),
      toySubgraph(
        'b',
        `
        type Query { none: Int }
        type Thing @key(fields: "id") {
          id: ID! size(unit: String): Int @external box: Int @requires(fields: "size(unit: \\"cm\\")")
          weight(unit: String): Int again: Thing
        }
      `,
        {
          find: ({ id, size }) => ({
            box: Number(size) + 1,
            again: { id, weight: ({ unit }: { unit: string }) => unit.length },
          }),
        },
      ),
    ];
    const source = `query ($representations: String!, $cm: Boolean!) {
      thing {
        id: colour __typename: id __proto__: colour size(unit: "inch") box @include(if: $cm)
        again { weight(unit: $representations) _as_id: size(unit: $representations) }
      }
    }`;
    const { data } = await ask(toyGraph(toys), source, { representations: 'xyz', cm: true });
    expect(JSON.stringify(data)).toBe(
      '{"thing":{"id":"red","__typename":"1","__proto__":"red","size":4,"box":3,"again":{"weight":3,"_as_id":3}}}',
    );
  });
});

const thing = {
  id: '1',
  colour: 'red',
  size: ({ unit }: { unit: string }) => unit.length,
};
