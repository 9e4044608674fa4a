import {
  buildSchema,
  isInterfaceType,
  isObjectType,
  parse,
  type OperationDefinitionNode,
} from 'graphql';
import { defaultLimits } from '../../../src/platform/limits';
import { operationCost } from '../../../src/server/limits/operation-cost';

const schema = buildSchema(`
  type Query {
    me: Me
    order(number: String, deep: Boolean): Order
    orders(first: Int, last: Int): [Order!]!
    strict(first: Int = 20, last: Int): [Order]
    assumed: [Order]
    unknown: [Order]
    paged(page: Page): [Order]
    words: [String]
    report: Report
    hello: String
    free: Order
    ours: [Me]
    bulk(numbers: [String!]): Order
  }
  type Mutation { place: Order cancel: Order }
  input Page { size: Int }
  type Me { id: ID orders(first: Int = 20): OrderPage byHand(first: Int): HandPage tags: [Tag] }
  interface Priced { total: Int parts: [Part] }
  type Order implements Priced { number: String total: Int heavy: Int parts: [Part] buyer: Me report: Report }
  type Part { name: String }
  type Tag { name: String }
  type Report { text: String }
  type OrderPage { edges: [OrderEdge] nodes: [Order] extra: [Part] count: Int }
  type HandPage { items: [Order] }
  type OrderEdge { node: Order }
`);

const says: Record<string, object> = {
  'Query.orders': {
    listSize: {
      slicingArguments: ['first', 'last'],
      assumedSize: 7,
      requireOneSlicingArgument: false,
    },
  },
  'Query.strict': { listSize: { slicingArguments: ['first', 'last'] } },
  'Query.assumed': { listSize: { assumedSize: 5 } },
  'Query.paged': { listSize: { slicingArguments: ['page.size'] } },
  'Query.free': { cost: 0 },
  'Query.order': { cost: 3 },
  'Order.heavy': { cost: 4 },
  'Mutation.cancel': { cost: 2 },
  'Me.orders': { listSize: { slicingArguments: ['first'], sizedFields: ['edges', 'nodes'] } },
};
const ours = new Set(['Query.me', 'Query.ours', 'Me.id', 'Me.tags']);
for (const type of Object.values(schema.getTypeMap())) {
  if ((!isObjectType(type) && !isInterfaceType(type)) || type.name.startsWith('__')) continue;
  for (const field of Object.values(type.getFields())) {
    const place = `${type.name}.${field.name}`;
    if (!ours.has(place)) field.extensions = { subgraph: 'shop', ...says[place] };
  }
}
schema.getType('Report')!.extensions = { cost: 6 };
schema.getQueryType()!.getFields()['order']!.args[1]!.extensions = { cost: 9 };

function weighed(source: string, variables?: Record<string, unknown>): number | undefined {
  const document = parse(source);
  const operation = document.definitions[0] as OperationDefinitionNode;
  return operationCost(schema, document, operation, variables, defaultLimits)?.weighed;
}

describe('A partner’s field costs', () => {
  it.each([
    ['the weight it has, or that of its type', '{ order { number } }', 3],
    [
      'nothing more for plain values, unless they have a weight',
      '{ order { total heavy } }',
      3 + 4,
    ],
    ['what its type weighs', '{ report { text } }', 6],
    ['what its type weighs below others', '{ order { report { text } } }', 3 + 6],
    ['nothing if its subgraph says so', '{ free { buyer { id } } }', 1],
    ['one at the root', '{ hello }', 1],
    ['what an argument weighs that is given', '{ order(deep: true) { number } }', 3 + 9],
    ['ten as a mutation', 'mutation { place { buyer { id } } }', 10 + 1],
    ['a mutation’s own weight', 'mutation { cancel { number } }', 2],
    ['a list its slicing argument', '{ orders(first: 3) { number } }', 1 + 3],
    ['the larger of two', '{ orders(first: 3, last: 8) { number } }', 1 + 8],
    ['its assumed size without', '{ orders { buyer { id } } }', 1 + 7 * 2],
    ['no less than one item', '{ orders(first: -2) { number } }', 1 + 1],
    ['the argument’s default', '{ strict { number } }', 1 + 20],
    ['the size it is assumed to have', '{ assumed { heavy } }', 1 + 5 * (1 + 4)],
    ['a page when nothing is known', '{ unknown { number } }', 1 + 20],
    ['a page in every item', '{ unknown { parts { name } } }', 1 + 20 * (1 + 20)],
    [
      'the same below an interface',
      '{ unknown { ... on Priced { parts { name } } } }',
      1 + 20 * (1 + 20),
    ],
    ['a path into an input object', '{ paged(page: { size: 4 }) { number } }', 1 + 4],
    ['no more for a list of plain values', '{ words }', 1],
    [
      'once for a page of sized fields',
      '{ me { orders(first: 3) { nodes { number } } } }',
      1 + 1 + 3,
    ],
    ['through edges', '{ me { orders(first: 3) { edges { node { number } } } } }', 2 + 3 * (1 + 1)],
    ['the page’s default', '{ me { orders { nodes { buyer { id } } } } }', 2 + 20 * 2],
    [
      'a list of the page that it does not size',
      '{ me { orders(first: 1) { extra { name } } } }',
      2 + 20,
    ],
    ['something for an empty page', '{ me { orders(first: 9) { count } } }', 2 + 9],
    [
      'once for a page nothing is said of but `first`',
      '{ me { byHand(first: 3) { items { number } } } }',
      1 + 1 + 3,
    ],
    ['our own list as before', '{ ours { tags { name } } }', 1 + 1],
  ])('%s', (_what, source, expected) => {
    expect(weighed(source)).toBe(expected);
  });

  it('needs exactly one slicing argument where its subgraph insists', () => {
    const [none, one, both] = [{}, { n: 3 }, { n: 3, m: 4 }];
    const source = 'query ($n: Int, $m: Int) { strict(first: $n, last: $m) { number } }';
    expect(weighed(source, one)).toBe(1 + 3);
    expect(weighed(source, { m: 4 })).toBe(1 + 4);
    expect(weighed(source, none)).toBe(1 + 20);
    const refusal = {
      code: 'BAD_USER_INPUT',
      message: 'strict takes exactly one of first, last.',
    };
    expect(() => weighed(source, both)).toThrow(expect.objectContaining(refusal));
    expect(() => weighed('{ strict(first: null) { number } }')).toThrow(
      expect.objectContaining(refusal),
    );
    expect(() => weighed('{ paged { number } }')).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });

  it('is within the limit of an operation with n items and above it with one more', () => {
    const most = defaultLimits.operationCost;
    const source = 'query ($n: Int) { orders(first: $n) { number } }';
    expect(weighed(source, { n: most - 1 })).toBe(most);
    expect(weighed(source, { n: most })).toBe(most + 1);
    expect(weighed(source, { n: 2_000_000_000 })).toBe(2_000_000_001);
  });

  it('counts lists in its input against the limit of lists', () => {
    const numbers = (count: number) => ({ n: Array.from({ length: count }, String) });
    const source = 'query ($n: [String!]) { bulk(numbers: $n) { number } }';
    const { listInput } = defaultLimits;
    expect(weighed(source, numbers(listInput))).toBe(1);
    expect(() => weighed(source, numbers(listInput + 1))).toThrow(`at most ${listInput}`);
  });
});
