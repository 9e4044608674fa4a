import fc from 'fast-check';
import { buildSchema, execute, isAbstractType, parse, validate } from 'graphql';
import { SubgraphError } from '../../../src/gateway/index';
import { patienceMs, seeded } from '../../support/seeded';
import { randomQuery } from './random-query';
import { ask, plainOf, toyGraph, toySubgraph } from './toy-graph';

const root = `
  users: [User!]! user(id: ID!): User things: [Thing!]! named: [Named]
`;
const products = `products(first: Int = 2): [Product] product(sku: String!): Product`;
const reviews = `reviews: [Review!] top: Review`;

const whole = buildSchema(`
  interface Named { name: String }
  union Thing = User | Product | Review
  enum Kind { SHORT LONG }
  type Query { ${root} ${products} ${reviews} letters: Int }
  type User implements Named {
    id: ID! name: String email: String age: Int friends: [User!]! circles: [[User!]] favourite: Thing
    cart: [Product] letters: Int
    reviews(first: Int): [Review!]! score(scale: Int = 1): Float
  }
  type Product implements Named {
    sku: String! name: String price: Int! weight: Int owner: User related: [Named!]! matrix: [[Int]!]!
    reviews: [Review] shipping(fast: Boolean = false): Int
  }
  type Review {
    id: ID! stars: Int! text: String kind: Kind tags: [String!] author: User product: Product of: Thing
  }
`);

const usersSdl = `
  interface Named { name: String }
  union Thing = User | Product | Review
  type Query { ${root} }
  type User implements Named @key(fields: "id") @key(fields: "email") {
    id: ID! name: String email: String age: Int friends: [User!]! circles: [[User!]] favourite: Thing
  }
  type Product @key(fields: "sku") { sku: String! }
  type Review @key(fields: "id") { id: ID! }
`;
const productsSdl = `
  interface Named { name: String }
  type Query { ${products} }
  type User @key(fields: "id") { id: ID! cart: [Product] }
  type Product implements Named @key(fields: "sku") {
    sku: String! name: String price: Int! weight: Int owner: User related: [Named!]! matrix: [[Int]!]!
  }
`;
const reviewsSdl = `
  union Thing = User | Product | Review
  enum Kind { SHORT LONG }
  type Query { ${reviews} }
  type User @key(fields: "id") {
    id: ID! age: Int @external reviews(first: Int): [Review!]!
    score(scale: Int = 1): Float @requires(fields: "age")
  }
  type Product @key(fields: "sku") {
    sku: String! price: Int! @external weight: Int @external reviews: [Review]
    shipping(fast: Boolean = false): Int @requires(fields: "price weight")
  }
  type Review @key(fields: "id") {
    id: ID! stars: Int! text: String kind: Kind tags: [String!] author: User product: Product of: Thing
  }
`;
const lettersSdl = `
  type Query { letters: Int }
  type User @key(fields: "email") { email: String letters: Int }
`;

type Row = Record<string, unknown> & { __typename: string };

/** Rows that point to each other in circles; the same for one schema and for four. */
const rows = new Map<string, Row>();
const row = (key: string) => rows.get(key) ?? null;
const rowsOf =
  (...keys: string[]) =>
  () =>
    keys.map(row);
const limited = (keys: string[]) => (args: { first?: number | null }) =>
  keys.slice(0, args.first ?? keys.length).map(row);

const score =
  (row: Row) =>
  ({ scale }: { scale: number | null }) =>
    row['age'] == null ? null : (row['age'] as number) * 1.5 * (scale ?? 1);

const shipping =
  (row: Row) =>
  ({ fast }: { fast: boolean | null }) =>
    (row['price'] as number) * 10 + ((row['weight'] as number | null) ?? 7) * (fast ? 2 : 1);

for (const id of ['1', '2', '3']) {
  const number = Number(id);
  rows.set(`u${id}`, {
    __typename: 'User',
    id,
    name: number === 2 ? null : `User ${id}`,
    // Without an address nobody knows how many letters they have; whoever asks gets null.
    email: number === 1 ? null : `${id}@example.test`,
    letters: number === 1 ? null : number,
    age: number === 3 ? null : 20 + number,
    friends: rowsOf(`u${(number % 3) + 1}`, 'u1'),
    circles: () => [[row(`u${id}`)], [], null, [row('u2'), row('u3')]],
    favourite: () => row(['u2', 'p1', 'r2'][number - 1]!),
    cart: rowsOf('p1', `p${id}`, 'p9'),
    reviews: limited(['r1', `r${id}`]),
  });
  rows.set(`p${id}`, {
    __typename: 'Product',
    sku: id,
    name: `Product ${id}`,
    price: number * 100,
    weight: number === 1 ? null : number,
    owner: () => (number === 3 ? null : row(`u${id}`)),
    related: rowsOf(`p${(number % 3) + 1}`),
    matrix: [[number, null], [], [1, 2]],
    reviews: rowsOf(`r${id}`, 'r9', 'r1'),
  });
  rows.set(`r${id}`, {
    __typename: 'Review',
    id,
    stars: number,
    text: number === 1 ? null : `Text ${id}`,
    kind: number === 2 ? 'SHORT' : null,
    tags: number === 3 ? null : ['a', id],
    author: () => row(`u${4 - number}`),
    product: () => (number === 2 ? null : row(`p${id}`)),
    of: () => row(['r3', 'p2', 'u1'][number - 1]!),
  });
}

for (const [key, one] of rows) rows.set(key, withComputed(one));

const rootValue = {
  users: rowsOf('u1', 'u2', 'u3'),
  user: ({ id }: { id: string }) => row(`u${id}`),
  things: rowsOf('u1', 'p1', 'r1', 'p2', 'u3'),
  named: rowsOf('u1', 'u9', 'u2'),
  products: limited(['p1', 'p9', 'p2', 'p3']),
  product: ({ sku }: { sku: string }) => row(`p${sku}`),
  reviews: rowsOf('r1', 'r2', 'r3'),
  top: () => row('r3'),
  letters: () => 12,
};

function find(reference: { __typename: string; [key: string]: unknown }): Row | null {
  const [first = ''] = String(reference['email'] ?? reference['id'] ?? reference['sku']).split('@');
  const found = row(`${reference.__typename.charAt(0).toLowerCase()}${first}`);
  return found === null ? null : withComputed({ ...found, ...reference });
}

/** The fields that are computed from others, which may come from the subgraph that has them. */
function withComputed(found: Row): Row {
  return { ...found, score: score(found), shipping: shipping(found) };
}

/** What the subgraph of reviews knows itself: it computes from what the others send along. */
function findForReviews(reference: Parameters<typeof find>[0]): Row | null {
  const found = find(reference);
  if (found === null) return null;
  const { age: _, price: __, weight: ___, ...own } = found;
  return own;
}

const resolvers = Object.fromEntries(
  Object.entries(rootValue).map(([name, value]) => [
    name,
    (_: unknown, args: never) => value(args),
  ]),
);
const rootOf = (...names: string[]) => ({
  Query: Object.fromEntries(names.map((name) => [name, resolvers[name] as never])),
});

const toys = [
  toySubgraph('users', usersSdl, { find, resolvers: rootOf('users', 'user', 'things', 'named') }),
  toySubgraph('products', productsSdl, { find, resolvers: rootOf('products', 'product') }),
  toySubgraph('letters', lettersSdl, { find, resolvers: rootOf('letters') }),
  toySubgraph('reviews', reviewsSdl, {
    find: findForReviews,
    resolvers: rootOf('reviews', 'top'),
  }),
];
const graph = toyGraph(toys, { schema: whole });

for (const type of Object.values(whole.getTypeMap())) {
  if (isAbstractType(type)) type.resolveType = (value: Row) => value.__typename;
}

describe('A graph over four subgraphs', () => {
  it(
    'answers every query as one schema over the same data does',
    async () => {
      let asked = 0;
      let answered = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(999), { minLength: 3, maxLength: 120 }),
          fc.boolean(),
          async (numbers, yes) => {
            const source = randomQuery(whole, numbers);
            const document = parse(source);
            const rules = validate(whole, document).filter(
              ({ message }) => !/is never used/.test(message),
            );
            fc.pre(rules.length === 0);
            const variables = { yes, first: 1 };
            const expected = await execute({
              schema: whole,
              document,
              rootValue,
              variableValues: variables,
            });
            const answer = await ask(graph, source, variables);
            answered += 1;
            asked += toys.reduce((sum, toy) => sum + toy.asked.splice(0).length, 0);
            expect({ source, answer: JSON.stringify(plainOf(answer)) }).toEqual({
              source,
              answer: JSON.stringify(plainOf(expected)),
            });
          },
        ),
        seeded(400),
      );
      expect(answered).toBeGreaterThan(100);
      expect(asked).toBeGreaterThan(answered);
    },
    patienceMs,
  );

  it(
    'loses what a dead subgraph had, with an error for each place, and nothing else',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(999), { minLength: 3, maxLength: 80 }),
          fc.constantFrom(...toys),
          async (numbers, dead) => {
            const source = randomQuery(whole, numbers);
            fc.pre(validate(whole, parse(source)).every(({ message }) => /never/.test(message)));
            const healthy = await ask(graph, source, { yes: true });
            dead.instead = () => Promise.reject(new SubgraphError(dead.name, 'refused'));
            const answer = await ask(graph, source, { yes: true }).finally(() => {
              dead.instead = () => undefined;
            });
            const errors = answer.errors ?? [];
            const named = errors.map(
              ({ originalError }) => (originalError as SubgraphError).subgraph,
            );
            expect({ source, named: [...new Set([...named, dead.name])] }).toEqual({
              source,
              named: [dead.name],
            });
            const places = errors.map(({ path = [] }) => JSON.stringify(path).slice(0, -1));
            expect({
              source,
              lost: lostWithoutError(healthy.data, answer.data, [], places),
            }).toEqual({ source, lost: [] });
          },
        ),
        seeded(200),
      );
    },
    patienceMs,
  );
});

/** Places that differ from the healthy answer, but for nulls that an error speaks of. */
function lostWithoutError(
  healthy: unknown,
  answer: unknown,
  path: (string | number)[],
  errors: string[],
): string[] {
  const place = JSON.stringify(path).slice(0, -1);
  if (answer === null && healthy !== null) {
    return errors.some((error) => error.startsWith(place)) ? [] : [place];
  }
  if (typeof healthy !== 'object' || healthy === null) return healthy === answer ? [] : [place];
  if (JSON.stringify(Object.keys(healthy)) !== JSON.stringify(Object.keys(answer as object))) {
    return [place];
  }
  return Object.entries(healthy).flatMap(([name, value]) => {
    const key = Array.isArray(healthy) ? Number(name) : name;
    return lostWithoutError(
      value,
      (answer as Record<string, unknown>)[name],
      [...path, key],
      errors,
    );
  });
}
