import { buildSchema, isObjectType, type GraphQLEnumType, type GraphQLSchema } from 'graphql';
import { contractSchemaOf } from '../../../src/gateway';
import { serviceSchemas } from '../../../src/server/create-service';
import { header, partners, supergraphWith } from './graphs';

const { publicSchema, sdl } = serviceSchemas();

function rootFields(schema: GraphQLSchema, root: 'Query' | 'Mutation'): string[] {
  const type = schema.getType(root);
  return isObjectType(type) ? Object.keys(type.getFields()).sort() : [];
}

/** What a contract shows of a toy graph that is ours alone. */
function shown(own: string, filter: { exclude?: string[]; include?: string[] }): GraphQLSchema {
  const supergraph = supergraphWith([], `${header}\n${own}`);
  const plain = buildSchema('type Query { nothing: Int }');
  return contractSchemaOf(supergraph, { exclude: [], include: [], ...filter }, plain);
}

function fieldsOf(schema: GraphQLSchema, type: string): string[] {
  const found = schema.getType(type);
  return found !== undefined && 'getFields' in found ? Object.keys(found.getFields()) : [];
}

describe('A contract that leaves operators’ fields out', () => {
  const operators = { exclude: ['operator'], include: [] };
  const alone = contractSchemaOf(supergraphWith([]), operators, publicSchema);
  const tagged = [...sdl.matchAll(/@tag\(name: "operator"\)/g)];

  it('has all of our graph but what is tagged so', () => {
    expect(tagged.length).toBeGreaterThan(1);
    const left = rootFields(alone, 'Mutation');
    expect(left).toHaveLength(rootFields(publicSchema, 'Mutation').length - tagged.length);
    expect(left).not.toContain('issueMu');
    expect(left).toContain('redeem');
    expect(rootFields(alone, 'Query')).toEqual(rootFields(publicSchema, 'Query'));
  });

  it('has no type that only they led to', () => {
    expect(publicSchema.getType('IssueMuInput')).toBeDefined();
    expect(alone.getType('IssueMuInput')).toBeUndefined();
    expect(alone.getType('IssueMuPayload')).toBeUndefined();
  });

  it('has the fields of partners, and our extensions as ever', () => {
    const joined = contractSchemaOf(supergraphWith(partners), operators, publicSchema);
    expect(fieldsOf(joined, 'Customer')).toContain('orders');
    expect(joined.getQueryType()!.getFields()['customer']!.extensions['access']).toBeDefined();
    expect(joined.getQueryType()!.getFields()['order']!.extensions['subgraph']).toBe('shop');
  });
});

describe('A contract that excludes a tag', () => {
  it.each<[string, string, Record<string, string[]>]>([
    ['field', 'type Query { a: Int b: Int @tag(name: "x") }', { Query: ['a'] }],
    [
      'type, with the fields of it',
      'type Query { a: Int b: B } type B @tag(name: "x") { c: Int }',
      { Query: ['a'], B: [] },
    ],
    [
      'field that was all its type had',
      'type Query { a: Int b: B } type B { c: C } type C { d: Int @tag(name: "x") }',
      { Query: ['a'], B: [], C: [] },
    ],
    [
      'input field',
      'type Query { a(by: By): Int } input By { id: ID name: String @tag(name: "x") }',
      { By: ['id'] },
    ],
    [
      'interface, which its types then do not have',
      'type Query { a: A } interface I @tag(name: "x") { b: Int } type A implements I { b: Int }',
      { A: ['b'], I: [] },
    ],
    [
      'scalar, with the fields of it',
      'type Query { a: Int b: Secret } scalar Secret @tag(name: "x")',
      { Query: ['a'] },
    ],
  ])('leaves out a %s', (_what, own, left) => {
    const schema = shown(own, { exclude: ['x'] });
    const found = Object.keys(left).map((type) => [type, fieldsOf(schema, type)]);
    expect(Object.fromEntries(found)).toEqual(left);
  });

  it('leaves out arguments, enum values and members of unions', () => {
    const schema = shown(
      `type Query { a(b: Int c: Int @tag(name: "x")): E u: U } enum E { F G @tag(name: "x") }
       union U = V | W type V { a: Int } type W @tag(name: "x") { b: Int }`,
      { exclude: ['x'] },
    );
    const { a } = schema.getQueryType()!.getFields();
    expect(a!.args.map(({ name }) => name)).toEqual(['b']);
    expect((schema.getType('E') as GraphQLEnumType).getValues()).toHaveLength(1);
    expect(schema.getPossibleTypes(schema.getType('U') as never)).toHaveLength(1);
  });

  it.each([
    ['everything', 'type Query { a: Int @tag(name: "x") }', 'Query root type must be provided'],
    [
      'what an interface that stays promises',
      'type Query { a: A } interface I { b: Int } type A implements I { b: Int @tag(name: "x") c: I }',
      'Interface field I.b expected but A does not provide it',
    ],
    [
      'the type of an argument that must be given',
      'type Query { a(by: By!): Int b: Int } input By @tag(name: "x") { id: ID }',
      'by must be given, and its type is left out',
    ],
  ])('cannot leave out %s', (_what, own, message) => {
    expect(() => shown(own, { exclude: ['x'] })).toThrow(message);
  });
});

describe('A contract that includes a tag', () => {
  it('has the fields that carry it, or whose type does, and what they lead to', () => {
    const schema = shown(
      `type Query { a(by: By): A @tag(name: "in") b: B } type B @tag(name: "in") { c: Int }
       type A { d: State @tag(name: "in") e: Int } enum State { ON OFF } input By { id: ID }`,
      { include: ['in'] },
    );
    expect(fieldsOf(schema, 'Query')).toEqual(['a']);
    expect(fieldsOf(schema, 'A')).toEqual(['d']);
    expect(fieldsOf(schema, 'By')).toEqual(['id']);
    expect(schema.getType('State')).toBeDefined();
    expect(schema.getType('B')).toBeUndefined();
  });

  it('leaves out what is excluded as well', () => {
    const own = 'type Query { a: Int @tag(name: "in") b: Int @tag(name: "in") @tag(name: "x") }';
    expect(fieldsOf(shown(own, { include: ['in'], exclude: ['x'] }), 'Query')).toEqual(['a']);
  });
});
