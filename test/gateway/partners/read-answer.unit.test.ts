import { SubgraphError } from '../../../src/gateway';
import { readAnswer } from '../../../src/gateway/partners/read-answer';
import { parseJson } from '../../../src/gateway/partners/safe-json';
import { requestErrorCodes } from '../../../src/platform/errors';

const errorsOf = (errors: unknown) => readAnswer('shop', { data: null, errors }).errors;

it('An answer with data and errors keeps both, and of an error only its place', () => {
  const told = {
    message: 'select * from orders',
    path: ['orders', 0, 'total'],
    locations: [{ line: 1, column: 2 }],
    extensions: { stacktrace: ['at db.internal'], code: 'INTERNAL_SERVER_ERROR' },
  };
  const answer = readAnswer('shop', { data: { orders: null }, errors: [told], extensions: told });
  expect(answer.data).toEqual({ orders: null });
  const [error] = answer.errors;
  expect(error!.path).toEqual(['orders', 0, 'total']);
  expect(error!.originalError).toBeInstanceOf(SubgraphError);
  expect(error!.originalError).toMatchObject({ subgraph: 'shop', reason: 'answered' });
  expect(JSON.stringify({ ...answer, said: error!.message, more: error!.extensions })).not.toMatch(
    /select|internal/i,
  );
});

const passed = ['BAD_USER_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'THROTTLED'];

it.each(passed)('The code %s of a partner passes, with a sentence of ours', (code) => {
  const [error] = errorsOf([{ message: 'theirs', extensions: { code, secret: 1 } }]);
  expect(error!.originalError).toMatchObject({ code, extensions: { subgraph: 'shop' } });
  expect(error!.message).toMatch(/^This part of the graph /);
});

const others = Object.keys(requestErrorCodes).filter((code) => !passed.includes(code));

it.each([...others, 'constructor', '__proto__', 'toString', 7, null, ['FORBIDDEN']])(
  'The code %j of a partner does not pass',
  (code) => {
    const [error] = errorsOf([{ message: 'theirs', extensions: { code } }]);
    expect(error!.originalError).toMatchObject({ code: 'UNAVAILABLE', reason: 'answered' });
  },
);

it.each([
  ['a text', 'orders'],
  ['a sentence in a list', ['select * from orders']],
  ['a fraction', ['orders', 0.5]],
  ['a negative number', ['orders', -1]],
  ['an object', [{ toString: 'x' }]],
  ['too long a list', Array.from({ length: 101 }, () => 'a')],
  ['too long a name', ['a'.repeat(300)]],
])('A path that is %s is none', (_, path) => {
  expect(errorsOf([{ message: 'theirs', path }])[0]!.path).toBeUndefined();
});

it.each([null, 7, 'oops', [], {}])('The error %j is an error all the same', (error) => {
  expect(errorsOf([error])[0]!.originalError).toMatchObject({ code: 'UNAVAILABLE' });
});

it('Fifty errors are looked at, and the fifty-first is not', () => {
  const many = (length: number) => errorsOf(Array.from({ length }, () => ({ message: 'no' })));
  expect(many(50)).toHaveLength(50);
  expect(many(51)).toHaveLength(50);
});

it('Errors that are null are none', () => {
  expect(readAnswer('shop', { data: {}, errors: null })).toEqual({ data: {}, errors: [] });
});

it.each([
  '{"data": {"__proto__": {"polluted": true}, "a": {"b": 1}}}',
  '{"data": {"\\u005f_proto_\\u005f": {"polluted": true}, "a": {"b": 1}}}',
  '{"data": {"\\u005f\\u005f\\u0070\\u0072\\u006f\\u0074\\u006f\\u005f\\u005f": {"polluted": true}, "a": {"b": 1}}}',
  '{"__proto__": {"errors": []}, "data": {"a": {"b": 1, "__proto__": 7}}}',
])('Keys that would change every object are left out of %s', (text) => {
  const read = parseJson(text) as { data: Record<string, unknown> };
  expect(Object.keys(read)).toEqual(['data']);
  expect(Object.keys(read.data)).toEqual(['a']);
  expect(Object.keys(read.data['a'] as object)).toEqual(['b']);
  expect(Object.assign({}, read.data)).not.toHaveProperty('polluted');
});
