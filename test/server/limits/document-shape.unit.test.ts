import { getIntrospectionQuery, parse } from 'graphql';
import { shapeOf, type OperationShape } from '../../../src/server/limits/document-shape';

function operation(source: string, name: string | null = null): OperationShape {
  return shapeOf(parse(source)).operations.get(name) as OperationShape;
}

const repeated = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(' ');

describe('the shape of a document', () => {
  it('counts levels, aliases and root fields through fragments, wherever they are spread', () => {
    const shape = operation(`
      { a: me { ...Name } b: me { ... on Person { ...Name } } ...Root }
      fragment Name on Person { x: name friend { y: name } }
      fragment Root on Query { c: me { id } me { id } }`);
    expect(shape).toMatchObject({ depth: 3, aliases: 7, rootFields: 4, selections: 13 });
    expect([...shape.rootNames]).toEqual(['me']);
  });

  it('counts the levels of a chain of fragments', () => {
    const chain = repeated(20, (at) => `fragment F${at} on P { f { ...F${at + 1} } }`);
    expect(operation(`{ ...F0 } ${chain} fragment F20 on P { id }`).depth).toBe(21);
  });

  it('measures doubling fragments without spreading them out', () => {
    const bomb = repeated(100, (at) => `fragment F${at} on P { ...F${at + 1} ...F${at + 1} }`);
    const { selections } = operation(`{ ...F0 } ${bomb} fragment F100 on P { id }`);
    expect(selections).toBe(2 ** 100);
  });

  it('ends on fragments that spread each other and on fragments that do not exist', () => {
    const shape = operation('{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A ...C }');
    expect(shape).toMatchObject({ rootFields: 2, depth: 1 });
    expect([...shape.rootNames].sort()).toEqual(['a', 'b']);
  });

  it('finds the most directives at one place, also on operations, fragments and variables', () => {
    expect(shapeOf(parse('{ a @x @x b @x }')).directives).toBe(2);
    expect(shapeOf(parse('query @x @x @x { a }')).directives).toBe(3);
    expect(shapeOf(parse('query ($v: Int @x @x) { a(v: $v) }')).directives).toBe(2);
    expect(shapeOf(parse('{ ...F @x @x } fragment F on Q @x @x @x { a }')).directives).toBe(3);
    expect(shapeOf(parse('{ ... @x @x { a } }')).directives).toBe(2);
  });

  it('counts how often a response name is written anywhere, in unused fragments too', () => {
    expect(shapeOf(parse('{ a b: a c { b } } fragment F on Q { b: x b }')).repeats).toBe(4);
  });

  it('keeps several operations apart', () => {
    const shape = shapeOf(parse('query A { a { b } } mutation B { c } subscription C { d }'));
    expect([...shape.operations].map(([name, { type, depth }]) => [name, type, depth])).toEqual([
      ['A', 'query', 2],
      ['B', 'mutation', 1],
      ['C', 'subscription', 1],
    ]);
  });

  it('finds the introspection of tools no deeper than an everyday query', () => {
    expect(operation(getIntrospectionQuery(), 'IntrospectionQuery').depth).toBeLessThanOrEqual(12);
  });
});
