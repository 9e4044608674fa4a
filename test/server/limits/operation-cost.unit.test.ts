import { buildSchema, parse, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { defaultLimits } from '../../../src/platform/limits';
import { operationCost, type OperationCost } from '../../../src/server/limits/operation-cost';

const schema: GraphQLSchema = buildSchema(`
  type Query {
    me: Person
    hello: String
    lookup(email: String): Person
    people(first: Int = 20, after: String): PersonConnection
    views(names: [String!]!): [Person]
    _entities(representations: [_Any!]!): [Person]
  }
  type Mutation {
    touch(input: TouchInput!): Touched
    touchAll(input: TouchAllInput!): Touched
    mint: Int
  }
  scalar _Any
  scalar JSONObject
  input TouchInput { key: String, amounts: JSONObject }
  input TouchAllInput { events: [TouchInput!]!, note: String }
  type Touched { count: Int person: Person }
  type Person implements Named { id: ID name: String best: Person friends(first: Int): PersonConnection bonus: Int }
  interface Named { name: String best: Person }
  type PersonConnection { edges: [PersonEdge] nodes: [Person] pageInfo: PageInfo }
  type PersonEdge { cursor: String node: Person }
  type PageInfo { hasNextPage: Boolean }
`);
const fields = (type: string) =>
  (schema.getType(type) as ReturnType<GraphQLSchema['getQueryType']>)!.getFields();
fields('Query')['lookup']!.extensions = {
  complexity: ({ childComplexity }: { childComplexity: number }) => 10 + childComplexity,
};
fields('Query')['views']!.extensions = { listLimit: 'messageViewRecipients' };
fields('Person')['bonus']!.extensions = { complexity: 7 };
fields('Mutation')['mint']!.extensions = { complexity: 50 };

it('lets a root field have a list limit of its own', () => {
  const names = (count: number) => ({ names: Array.from({ length: count }, String) });
  const source = 'query ($names: [String!]!) { views(names: $names) { id } }';
  const { messageViewRecipients: most, listInput } = defaultLimits;
  expect(most).toBeGreaterThan(listInput);
  expect(cost(source, names(most))?.charged).toBe(most);
  expect(() => cost(source, names(most + 1))).toThrow(`A list holds at most ${most}.`);
});

function cost(source: string, variables?: Record<string, unknown>): OperationCost | null {
  const document = parse(source);
  const operation = document.definitions[0] as OperationDefinitionNode;
  return operationCost(schema, document, operation, variables, defaultLimits);
}

const charged = (source: string, variables?: Record<string, unknown>) =>
  cost(source, variables)?.charged;

describe('the cost of an operation', () => {
  it('is one an object, ten a mutation, and what a field declares', () => {
    expect(charged('{ me { id name } }')).toBe(1);
    expect(charged('{ me { best { best { id } } } }')).toBe(3);
    expect(charged('{ hello }')).toBe(1);
    expect(charged('{ lookup(email: "a") { id best { id } } }')).toBe(11);
    expect(charged('{ me { bonus } }')).toBe(8);
    expect(charged('mutation { touch(input: {}) { count person { id } } }')).toBe(11);
    expect(charged('mutation { mint }')).toBe(50);
  });

  it('multiplies a list by its page, asked or default, in literals and variables', () => {
    expect(charged('{ people(first: 3) { nodes { id name } } }')).toBe(1 + 3);
    expect(charged('{ people(first: 3) { nodes { best { id } } } }')).toBe(1 + 3 * 2);
    expect(charged('{ people { nodes { id } } }')).toBe(1 + 20);
    expect(charged('{ me { friends { nodes { id } } } }')).toBe(2 + 20);
    const document = 'query ($n: Int) { people(first: $n) { nodes { id } } }';
    expect(charged(document, { n: 5 })).toBe(1 + 5);
    expect(charged(document, {})).toBe(1 + 20);
  });

  it('takes an edge and its node for one row, and each row for something', () => {
    const document =
      '{ people(first: 2) { edges { cursor node { id } } pageInfo { hasNextPage } } }';
    expect(charged(document)).toBe(1 + 2);
    expect(charged('{ people(first: 100) { edges { cursor } } }')).toBe(1 + 100);
    expect(charged('{ people(first: 100) { pageInfo { hasNextPage } } }')).toBe(1 + 100);
  });

  it('multiplies lists in lists', () => {
    const nested = (inner: string) =>
      `{ people(first: 100) { nodes { friends(first: 100) { ${inner} } } } }`;
    expect(charged(nested('nodes { id }'))).toBe(1 + 100 * (1 + 1 + 100));
    expect(charged(nested('pageInfo { hasNextPage }'))).toBe(1 + 100 * (1 + 1 + 100));
  });

  it('is not misled by a page size that the field itself will refuse', () => {
    expect(charged('{ people(first: -5) { nodes { id } } }')).toBe(1 + 1);
    expect(charged('{ people(first: 1000000) { nodes { id } } }')).toBe(1 + 100);
  });

  it('charges a list in the input item by item and weighs it once', () => {
    const document = 'mutation ($e: [TouchInput!]!) { touchAll(input: { events: $e }) { count } }';
    const events = Array.from({ length: 500 }, () => ({ key: 'k' }));
    expect(cost(document, { e: events })).toEqual({ charged: 500 * 10, weighed: 10 });
    expect(cost(document, { e: [] })).toEqual({ charged: 10, weighed: 10 });
    expect(() => cost(document, { e: [...events, { key: 'k' }] })).toThrow('at most 500');
  });

  it('does not take lists inside a JSON object for lists of the input', () => {
    const document = 'mutation ($i: TouchInput!) { touch(input: $i) { count } }';
    expect(charged(document, { i: { amounts: { list: [1, 2, 3] } } })).toBe(10);
  });

  it('charges representations one by one, with a limit of their own', () => {
    const document = 'query ($r: [_Any!]!) { _entities(representations: $r) { id best { id } } }';
    const representations = Array.from({ length: 1000 }, () => ({ __typename: 'Person' }));
    expect(cost(document, { r: representations })).toEqual({ charged: 2000, weighed: 2 });
  });

  it('leaves out what is skipped and counts fragments as spread', () => {
    const document = `query ($no: Boolean!) { me { ...F best @include(if: $no) { id } } }
      fragment F on Person { best { id } ... on Named { best { id } } }`;
    expect(charged(document, { no: false })).toBe(3);
    expect(charged(document, { no: true })).toBe(4);
  });

  it('is unknown for variables that do not fit, and an error for arguments that do not', () => {
    expect(cost('query ($n: Int!) { people(first: $n) { nodes { id } } }', { n: 'x' })).toBeNull();
    expect(cost('query ($n: Int!) { people(first: $n) { nodes { id } } }', {})).toBeNull();
    expect(() => cost('query ($r: [_Any!]) { _entities(representations: $r) { id } }', {})).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });

  it('refuses more selections than it will count', () => {
    const bomb = Array.from(
      { length: 20 },
      (_, at) => `fragment F${at} on Person { ...F${at + 1} ...F${at + 1} }`,
    );
    const document = `{ me { ...F0 } } ${bomb.join(' ')} fragment F20 on Person { id }`;
    expect(() => cost(document)).toThrow(
      expect.objectContaining({ code: 'OPERATION_TOO_COMPLEX' }),
    );
  });
});
