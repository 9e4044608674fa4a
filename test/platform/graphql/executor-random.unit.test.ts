import fc from 'fast-check';
import { buildSchema, execute, GraphQLError, isAbstractType, parse, validate } from 'graphql';
import { randomQuery } from '../../gateway/execution/random-query';
import { patienceMs, seeded } from '../../support/seeded';
import { callWhatIsThere, compiling, context, emptiedBy, plain, toldBy } from './compiling';

describe('random queries', () => {
  const schema = buildSchema(`
    interface Named { name: String }
    union Thing = User | Product
    type Query { users: [User!]! things: [Thing!] named: [Named] top: Product product(sku: String = "p1"): Product }
    type User implements Named {
      id: ID! name: String age: Int! friends: [User!]! circles: [[User!]] favourite: Thing cart(first: Int = 2): [Product]
    }
    type Product implements Named { id: ID! name: String! price: Int! owner: User! related: [Named!]! matrix: [[Int]!]! }
  `);
  callWhatIsThere(schema);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type))
      type.resolveType = (value: { __typename: string }) => value.__typename;
  }
  type Row = Record<string, unknown>;
  const rows: Record<string, Row> = {};
  /** Some at once, some later, some never. */
  const soon =
    <T>(value: T) =>
    () =>
      Promise.resolve(value);
  const fails = (text: string) => () => Promise.reject(new Error(text));
  const throws = (text: string) => () => {
    throw new GraphQLError(text, { extensions: { code: 'NOT_FOUND' } });
  };
  const of = (...keys: string[]) => keys.map((key) => rows[key] ?? null);
  Object.assign(rows, {
    u1: {
      ...{ __typename: 'User', id: 'u1', name: soon('Asha'), age: 30 },
      friends: async () => of('u2', 'u1'),
      circles: () => [of('u1'), null, [], of('u2')],
      favourite: async () => rows['p1'],
      cart: async ({ first }: { first: number }) => of('p1', 'p2', 'p1').slice(0, first),
    },
    u2: {
      ...{ __typename: 'User', id: 'u2', name: throws('no name'), age: fails('no age') },
      friends: () => of('u1', 'u2'),
      circles: fails('no circles'),
      favourite: () => null,
      cart: () => of('p2', 'p9'),
    },
    p1: {
      ...{ __typename: 'Product', id: 'p1', name: 'Cup', price: soon(7) },
      owner: () => rows['u1'],
      related: async () => of('p2', 'u1'),
      matrix: [[1, null], [], [2]],
    },
    p2: {
      ...{ __typename: 'Product', id: 'p2', name: soon(null), price: 'dear' },
      owner: async () => null,
      related: async () => [new Error('no relation'), rows['p1']],
      matrix: () => [[1], null],
    },
  });
  const rootValue = {
    users: () => of('u1', 'u2'),
    things: async () => of('u1', 'p1', 'u2', 'p2'),
    named: () => of('p1', 'u9', 'u2'),
    top: soon(rows['p2']),
    product: ({ sku }: { sku: string }) => rows[sku],
  };

  it(
    'are answered by compiled code as by graphql-js, errors included',
    async () => {
      const executor = await compiling(schema);
      let answered = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(999), { minLength: 3, maxLength: 100 }),
          fc.boolean(),
          async (numbers, yes) => {
            const source = randomQuery(schema, numbers);
            const document = parse(source);
            const errors = validate(schema, document);
            fc.pre(errors.every(({ message }) => /is never used/.test(message)));
            const variables = { yes, first: 1 };
            const before = executor.size;
            const answer = await executor.execute({ document, variables, context, rootValue });
            const asked = { schema, document, rootValue, variableValues: variables };
            const expected = await execute(asked);
            answered += executor.size - before;
            const { data } = plain(expected);
            expect({ source, data: plain(answer).data, told: toldBy(answer) }).toEqual({
              ...{ source, data, told: toldBy(expected) },
            });
            expect(new Set(emptiedBy(answer)).size).toBe(emptiedBy(answer).length);
          },
        ),
        seeded(500),
      );
      expect(answered).toBeGreaterThan(100);
    },
    patienceMs,
  );
});
