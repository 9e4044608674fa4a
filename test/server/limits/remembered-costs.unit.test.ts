import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { defaultLimits } from '../../../src/platform/limits';
import { RememberedCosts } from '../../../src/server/limits/remembered-costs';

const schema = buildSchema(`
  type Query {
    person(id: ID, by: PersonBy): Person
    people(first: Int = 20): [Person]
    named(names: [String!]): [Person]
  }
  input PersonBy { email: String, ids: [ID!] }
  type Person { id: ID best: Person }
`);
/** Counts how often a cost is reckoned, at the one field that does not say what it costs itself. */
let reckoned = 0;
const person = schema.getQueryType()!.getFields()['person']!;
person.extensions = {
  complexity: ({ childComplexity }: { childComplexity: number }) => {
    reckoned += 1;
    return 1 + childComplexity;
  },
};

function prepared(source: string) {
  const document = parse(source);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const costs = new RememberedCosts(schema, defaultLimits);
  return (variables?: Record<string, unknown>) => costs.of(document, operation, variables);
}

beforeEach(() => (reckoned = 0));

describe('the costs that are remembered', () => {
  it('are reckoned once for requests that differ in text only', () => {
    const cost = prepared(
      'query ($id: ID, $by: PersonBy) { person(id: $id, by: $by) { best { id } } }',
    );

    expect(cost({ id: 'a', by: { email: 'a@b.example' } })?.charged).toBe(2);
    expect(cost({ id: 'b', by: { email: 'c@d.example' } })?.charged).toBe(2);
    expect(reckoned).toBe(1);
    expect(cost({ id: 'b' })?.charged).toBe(2);
    expect(reckoned).toBe(2);
  });

  it('tell page sizes, conditions and lengths of lists apart', () => {
    const page = prepared('query ($n: Int) { people(first: $n) { id } }');
    const part = prepared(
      'query ($with: Boolean!) { person { id best @include(if: $with) { id } } }',
    );
    const list = prepared('query ($names: [String!]) { named(names: $names) { id } }');

    expect([2, 7, 2].map((n) => page({ n })?.charged)).toEqual([3, 8, 3]);
    expect(part({ with: false })?.charged).toBe(1);
    expect(part({ with: true })?.charged).toBe(2);
    expect(list({ names: ['a', 'b', 'c'] })?.charged).toBe(
      (list({ names: ['a'] })?.charged ?? 0) * 3,
    );
  });

  it('are none where the variables do not fit', () => {
    const cost = prepared('query ($n: Int!) { people(first: $n) { id } }');

    expect(cost({ n: 'many' })).toBeNull();
    expect(cost()).toBeNull();
    expect(cost({ n: 3 })).not.toBeNull();
  });

  it('are not kept under long variables, and reckoned right all the same', () => {
    const cost = prepared('query ($by: PersonBy) { person(by: $by) { id } }');
    const by = { ids: Array.from({ length: 400 }, String) };

    expect(cost({ by })?.charged).toBe(400);
    expect(cost({ by })?.charged).toBe(400);
    expect(reckoned).toBe(2);
  });

  it('are not mixed up by names that look like values', () => {
    const page = prepared('query ($n: Int = 1) { people(first: $n) { id } }');

    expect(page({ 'n100,""x': 0, 'n:100,': 0, '"n"100,': 0 })?.charged).toBe(2);
    expect(page({ n: 100, x: 0 })?.charged).toBe(101);
    expect(page({ 'n":100,"x': 0 })?.charged).toBe(2);
  });

  it('are reckoned for variables nested deeper than the stack', () => {
    const cost = prepared('query ($id: ID) { person(id: $id) { id } }');
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level += 1) deep = { deep };

    expect(cost({ id: 'a', deep })?.charged).toBe(1);
  });
});
