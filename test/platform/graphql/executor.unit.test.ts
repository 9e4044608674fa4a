import {
  buildSchema,
  execute,
  isAbstractType,
  parse,
  validate,
  type GraphQLScalarType,
} from 'graphql';
import { Executor } from '../../../src/platform/graphql/executor';
import { expandedFields } from '../../../src/platform/graphql/expanded-fields';
import { callWhatIsThere, compiling, context, limits, plain } from './compiling';

describe('values', () => {
  const schema = buildSchema(`
    scalar Instant
    scalar Any
    input By @oneOf { id: ID email: String }
    input Change { name: String = "none" size: Int note: String tags: [String!] at: Instant any: Any inner: Change by: By }
    enum Kind { SHORT LONG }
    type Query {
      by(by: By!): String
      change(change: Change, list: [Change!], at: Instant = "2020-01-01T00:00:00.000Z", kind: Kind = SHORT): String
      text(text: String!, size: Int! = 3): String
      any(any: Any): String
      count: Int!
    }
    type Mutation { add(by: Int!): Int! fail: Int! }
    type Subscription { count: Int! }
  `);
  callWhatIsThere(schema);
  const instant = schema.getType('Instant') as GraphQLScalarType<Date>;
  instant.parseValue = (value) => new Date(String(value));
  instant.parseLiteral = (node) => new Date('value' in node ? String(node.value) : NaN);
  const seen: Record<string, unknown>[] = [];
  const shown = (args: Record<string, unknown>) => {
    seen.push(args);
    // Which argument comes first is nobody's affair.
    const sorted = Object.fromEntries(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)));
    return Promise.resolve(
      JSON.stringify(sorted, (_, value: unknown) => (value === undefined ? 'undefined' : value)),
    );
  };
  let sum = 0;
  const rootValue = {
    by: shown,
    change: shown,
    text: shown,
    any: shown,
    count: 1,
    add: async ({ by }: { by: number }) => {
      const before = sum;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return (sum = before + by);
    },
    fail: () => {
      throw new Error('it fails');
    },
  };
  let executor: Executor;
  beforeAll(async () => {
    executor = await compiling(schema);
  });

  async function both(source: string, variables: Record<string, unknown> = {}) {
    const document = parse(source);
    expect(validate(schema, document)).toEqual([]);
    const before = executor.size;
    const answer = await executor.execute({ document, variables, context, rootValue });
    const compiled = seen.at(-1);
    sum = 0;
    const asked = { schema, document, rootValue, variableValues: variables };
    const expected = await execute({ ...asked, options: { maxCoercionErrors: 9 } });
    const interpreted = seen.at(-1);
    sum = 0;
    return { answer, expected, compiled, interpreted, kept: executor.size - before };
  }

  it.each<[string, string, Record<string, unknown>]>([
    ['one of two', '($by: By!) { by(by: $by) }', { by: { id: '1' } }],
    ['both of two that may be one', '($by: By!) { by(by: $by) }', { by: { id: '1', email: 'e' } }],
    ['none of two', '($by: By!) { by(by: $by) }', { by: {} }],
    ['null of two', '($by: By!) { by(by: $by) }', { by: { id: null } }],
    ['one of two in part', '($id: ID!) { by(by: { id: $id }) }', { id: 7 }],
    ['one of two in full', '{ by(by: { email: "e" }) }', {}],
    ['a missing variable', '($by: By!) { by(by: $by) }', {}],
    ['a wrong variable', '($size: Int!) { text(text: "x", size: $size) }', { size: 'three' }],
    ['a variable of a default', '($size: Int! = 9) { text(text: "x", size: $size) }', {}],
    ['a variable nobody sent', '($size: Int) { change(change: { size: $size, note: "n" }) }', {}],
    ['a variable that is null', '($size: Int) { change(change: { size: $size }) }', { size: null }],
    ['an argument nobody sent', '($change: Change) { change(change: $change) }', {}],
    ['an argument that is null', '($change: Change) { change(change: $change) }', { change: null }],
    ['defaults of fields', '($change: Change) { change(change: $change) }', { change: {} }],
    ['defaults of written fields', '{ change(change: { inner: {} }) }', {}],
    ['one item for a list', '{ change(list: { size: 1 }) }', {}],
    ['items of variables', '($n: Int) { change(list: [{ size: $n }, { size: 2 }]) }', { n: 1 }],
    ['an instant', '{ change(at: "2024-02-03T04:05:06.000Z", change: { at: "2024-01-01" }) }', {}],
    ['an instant by variable', '($at: Instant) { change(at: $at) }', { at: '2024-01-01' }],
    ['anything', '{ any(any: { a: [1, "x", null, { b: 1.5 }] }) }', {}],
    ['an enum', '{ change(kind: LONG) }', {}],
    ['what is left out', '($no: Boolean!) { count @skip(if: $no) text(text: "x") }', { no: true }],
    [
      'a null item that may be none',
      '($t: String = "x") { change(change: { tags: [$t] }) }',
      { t: null },
    ],
  ])('%s: compiled code gets what graphql-js gives', async (_, source, variables) => {
    const { answer, expected, compiled, interpreted } = await both(`query ${source}`, variables);
    expect(plain(answer)).toEqual(plain(expected));
    expect(compiled).toEqual(interpreted);
  });

  it('takes texts of a client for texts, whatever the compiler makes of them', async () => {
    const text = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d1);globalThis.got=1;new Date(';
    for (const one of [text, "'); globalThis.got = 1; ('", '`${globalThis.got = 1}`', '\\u2028']) {
      const quoted = JSON.stringify(one);
      const { answer, kept } = await both(
        `{ text(text: ${quoted}) change(change: { note: ${quoted}, any: { a: ${quoted} } }) any(any: ${quoted}) }`,
      );
      expect(kept).toBe(1);
      expect(JSON.parse(String(answer.data?.['text']))).toEqual({ text: one, size: 3 });
    }
    expect((globalThis as { got?: number }).got).toBeUndefined();
  });

  it('gives each run values of its own, so that none sees what another did to them', async () => {
    const document = parse('{ change(change: { tags: ["a"] }) any(any: { a: 1 }) }');
    const runs = [0, 1].map(() =>
      executor.execute({ document, variables: {}, context, rootValue }),
    );
    for (const one of runs) await one;
    const [first, , second] = seen.slice(-4);
    expect(second).toEqual(first);
    expect(second?.['change']).not.toBe(first?.['change']);
  });

  it('runs mutations one after another', async () => {
    const { answer, expected } = await both(
      'mutation { a: add(by: 1) b: add(by: 2) fail c: add(by: 4) }',
    );
    expect(plain(answer)).toEqual(plain(expected));
    sum = 0;
    const { answer: three } = await both('mutation { a: add(by: 1) b: add(by: 2) c: add(by: 4) }');
    expect({ ...three.data }).toEqual({ a: 1, b: 3, c: 7 });
  });

  it.each([
    ['several operations', 'query A { count } query B { count }', 'B'],
    ['a field called __proto__', '{ __proto__: count }', undefined],
    [
      'a variable of a name that is ours',
      'query ($__written0: String!) { text(text: $__written0) }',
      undefined,
    ],
  ])('leaves %s to graphql-js', async (_, source, operationName) => {
    const document = parse(source);
    const variables = { __written0: 'x' };
    const asked = { document, operationName, variables, context, rootValue };
    const answers = [await executor.execute(asked), await executor.execute(asked)];
    const expected = await execute({
      ...{ schema, document, operationName, rootValue },
      variableValues: variables,
    });
    for (const answer of answers) expect(plain(answer)).toEqual(plain(expected));
  });
});

describe('limits', () => {
  const schema = buildSchema('type Query { count: Int }');
  const run = (executor: Executor, source: string) => {
    const document = parse(source);
    return () => executor.execute({ document, variables: {}, context, rootValue: { count: 1 } });
  };

  it('compiles what comes once more than the limit, and no earlier', async () => {
    const executor = await compiling(schema, { compileAfter: 3 });
    const { size } = executor;
    const once = run(executor, '{ a: count }');
    for (let times = 0; times < 3; times += 1) await once();
    expect(executor.size).toBe(size);
    await once();
    expect(executor.size).toBe(size + 1);
  });

  it('keeps as many as the limit, and forgets what was used longest ago', async () => {
    const executor = await compiling(schema, { compiledOperations: 3 });
    for (let n = 0; n < 2; n += 1) await run(executor, `{ a${n}: count }`)();
    expect(executor.size).toBe(3);
    await run(executor, '{ b: count }')();
    expect(executor.size).toBe(3);
  });

  it('writes no more code than the limit, however short the document', async () => {
    const nested = buildSchema(`
      interface Any { any: Any name: String }
      type A implements Any { any: Any name: String } type B implements Any { any: Any name: String }
      type Query { any: Any name: String }`);
    for (const type of Object.values(nested.getTypeMap())) {
      if (isAbstractType(type)) type.resolveType = () => 'A';
    }
    const executor = await compiling(nested, { compiledFields: 12 });
    const asked = (source: string) => {
      expect(validate(nested, parse(source))).toEqual([]);
      return expandedFields(nested, parse(source), 12);
    };
    const n = '{ any { any { name } name } name b: name c: name }';
    const more = n.replace('c: name', 'c: name d: name');
    expect([asked(n), asked(more)]).toEqual([12, 13]);
    const bomb = `{ ${'any { '.repeat(11)} name ${'}'.repeat(11)} }`;
    const spread = `{ ...F0 } ${Array.from({ length: 20 }, (_, at) => `fragment F${at} on Query { ${at < 19 ? `...F${at + 1} a: any { any { name } } ` : ''} name }`).join(' ')}`;
    expect([asked(bomb), asked(spread)]).toEqual([13, 13]);
    for (const source of [more, bomb, spread]) {
      const document = parse(source);
      const answer = await executor.execute({ document, variables: {}, context, rootValue: {} });
      expect(answer.errors).toBeUndefined();
    }
  });

  it('compiles nothing when it may keep nothing', async () => {
    const executor = new Executor(schema, { ...limits, compiledOperations: 0 });
    const once = run(executor, '{ a: count }');
    for (let times = 0; times < 5; times += 1) {
      expect(await once()).toEqual({ data: { a: 1 } });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(executor.size).toBe(0);
  });
});
