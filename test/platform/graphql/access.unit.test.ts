import { buildSchema, parse, type GraphQLField } from 'graphql';
import type { Caller } from '../../../src/platform/auth/caller';
import { accessOf, Allow, checkAccess } from '../../../src/platform/graphql/access';
import { callers } from './sample-context';
import { sample } from './sample-schema';

function codeFor(source: string, caller: Caller, operationName?: string): string {
  try {
    checkAccess(sample.subgraphSchema, parse(source), operationName, caller);
    return 'OK';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const book = '{ book(by: { id: "b1" }) { id } }';

test('a field is open to each kind of caller it names and to no other', () => {
  expect(codeFor(book, callers.reader)).toBe('OK');
  expect(codeFor(book, callers.customer)).toBe('OK');
  expect(codeFor(book, callers.writer)).toBe('FORBIDDEN');
  expect(codeFor(book, callers.platform)).toBe('FORBIDDEN');
  expect(codeFor(book, callers.anonymous)).toBe('UNAUTHENTICATED');
});

test('a mutation is checked as a query is', () => {
  const echo = 'mutation { echo(value: {}) }';
  expect(codeFor(echo, callers.writer)).toBe('OK');
  expect(codeFor(echo, callers.reader)).toBe('FORBIDDEN');
});

test('fragments, inline fragments, aliases and skipped fields hide nothing', () => {
  const hidden = [
    '{ ... { ... on Query { books { nodes { id } } } } }',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { x: books { nodes { id } } }',
    '{ books @skip(if: true) { nodes { id } } }',
    '{ book(by: { id: "b1" }) { id } x: book(by: { id: "b1" }) { id } books { nodes { id } } }',
  ];
  for (const source of hidden) expect(codeFor(source, callers.reader)).toBe('FORBIDDEN');
  for (const source of hidden.slice(0, 3)) expect(codeFor(source, callers.platform)).toBe('OK');
});

test('a root field of another subgraph passes, and excuses none of ours beside it', () => {
  const schema = buildSchema('type Query { theirs: Int ours: Int bare: Int }');
  const { theirs, ours } = schema.getQueryType()!.getFields();
  theirs!.extensions = { subgraph: 'shop' };
  ours!.extensions = { access: { customer: true } };
  const code = (source: string, caller: Caller) => {
    try {
      checkAccess(schema, parse(source), undefined, caller);
      return 'OK';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  for (const caller of Object.values(callers)) expect(code('{ theirs }', caller)).toBe('OK');
  expect(code('{ theirs ours }', callers.customer)).toBe('OK');
  expect(code('{ theirs ours }', callers.reader)).toBe('FORBIDDEN');
  expect(code('{ theirs ours: theirs bare }', callers.customer)).toBe('FORBIDDEN');
  expect(code('{ theirs ours }', callers.anonymous)).toBe('UNAUTHENTICATED');
});

test('fragments that name each other end', () => {
  const circle = '{ ...A } fragment A on Query { ...B __typename } fragment B on Query { ...A }';
  expect(codeFor(circle, callers.anonymous)).toBe('OK');
});

test('only the chosen operation is checked', () => {
  const two = `query Mine ${book} query All { books { nodes { id } } }`;
  expect(codeFor(two, callers.reader, 'Mine')).toBe('OK');
  expect(codeFor(two, callers.reader, 'All')).toBe('FORBIDDEN');
  expect(codeFor(two, callers.reader, 'None')).toBe('OPERATION_RESOLUTION_FAILURE');
  expect(codeFor(two, callers.reader)).toBe('OPERATION_RESOLUTION_FAILURE');
});

test('introspection and _service are free, _entities needs any caller but an anonymous one', () => {
  expect(
    codeFor('{ __typename __schema { __typename } _service { sdl } }', callers.anonymous),
  ).toBe('OK');
  const entities = '{ _entities(representations: []) { __typename } }';
  expect(codeFor(entities, callers.anonymous)).toBe('UNAUTHENTICATED');
  expect(codeFor(entities, callers.customer)).toBe('OK');
});

test('a field without declared access, or unknown, is closed to everybody', () => {
  for (const caller of [callers.platform, callers.reader, callers.customer]) {
    expect(codeFor('{ forgotten }', caller)).toBe('FORBIDDEN');
    expect(codeFor('{ toString }', caller)).toBe('FORBIDDEN');
    expect(codeFor('subscription { books }', caller)).toBe('OPERATION_RESOLUTION_FAILURE');
  }
});

test('the declared access can be read off the built schema', () => {
  const fields = sample.publicSchema.getQueryType()?.getFields() ?? {};
  expect(accessOf(fields['book'] as GraphQLField<unknown, unknown>)).toEqual({
    brand: 'mu:read',
    customer: true,
  });
  expect(accessOf(fields['forgotten'] as GraphQLField<unknown, unknown>)).toBeUndefined();
});

test('an access that names nobody is a mistake', () => {
  expect(() => Allow({})).toThrow('at least one kind of caller');
});
