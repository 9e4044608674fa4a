import { buildSchema, execute, GraphQLError, parse } from 'graphql';
import { SubgraphError } from '../../../src/gateway';
import { RequestError, UnavailableError } from '../../../src/platform/errors';
import { formatError, formatErrors } from '../../../src/platform/graphql/format-error';
import { format, recorder } from './error-recorder';

const secret = 'hunter2hunter2';

test('a refused request keeps its code, message, extensions and place', () => {
  const original = new RequestError('THROTTLED', 'Slow down', { cost: 7 });
  const error = new GraphQLError('x', { originalError: original, path: ['books', 0] });
  expect(formatError(error, recorder().log, () => 'err-1')).toEqual({
    message: 'Slow down',
    path: ['books', 0],
    extensions: { code: 'THROTTLED', cost: 7 },
  });
});

test('an answer of ours that the schema does not allow is our fault', async () => {
  const schema = buildSchema('type Query { n: Int! list: [Int] text: String }');
  const rootValue = { n: null, list: secret, text: { secret } };
  const { errors = [] } = await execute({
    schema,
    document: parse('{ text list n }'),
    rootValue,
  });
  expect(errors).toHaveLength(3);
  for (const error of errors) {
    const { code, message, extensions, path } = format(error);
    expect({ code, message, path }).toEqual({
      code: 'INTERNAL',
      message: 'Something went wrong on our side',
      path: error.path,
    });
    expect(extensions).toEqual({ code: 'INTERNAL', errorId: 'err-1' });
  }
});

test('anything unknown is masked, and logged with its stack under the id the client gets (F24)', () => {
  const original = new TypeError('cannot read /srv/app');
  const { lines, ...formatted } = format(
    new GraphQLError('x', { originalError: original, path: ['books'] }),
  );
  expect(formatted).toEqual({
    message: 'Something went wrong on our side',
    path: ['books'],
    extensions: { code: 'INTERNAL', errorId: 'err-1' },
    code: 'INTERNAL',
  });
  expect(lines).toEqual([
    ['error', expect.objectContaining({ errorId: 'err-1', stack: original.stack })],
  ]);
});

test('of a database error neither the answer nor the log holds a value', () => {
  const error = Object.assign(new Error(`duplicate key: ${secret}`), {
    code: '23505',
    table: 'accounts',
    constraint: 'accounts_pkey',
    detail: `Key (email)=(${secret}) already exists.`,
    where: `COPY ${secret}`,
    query: `SELECT '${secret}'`,
    parameters: [secret],
  });
  const { lines, ...formatted } = format(new GraphQLError('x', { originalError: error }));
  expect(formatted.code).toBe('INTERNAL');
  expect(JSON.stringify([lines, formatted])).not.toContain(secret);
  expect(lines[0]?.[1]).toMatchObject({
    code: '23505',
    table: 'accounts',
    constraint: 'accounts_pkey',
    stack: expect.stringMatching(/^\s+at /) as string,
  });
});

test('a database that is away is UNAVAILABLE and may be tried again', () => {
  const lost = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1'), { code: 'ECONNREFUSED' });
  for (const error of [new UnavailableError('queue full'), lost]) {
    const formatted = format(new GraphQLError('x', { originalError: error }));
    expect(formatted.extensions).toEqual({
      code: 'UNAVAILABLE',
      retryable: true,
      errorId: 'err-1',
    });
    expect(formatted.message).toBe('Try again with the same idempotency key.');
    expect(formatted.lines.map(([level]) => level)).toEqual(['warn']);
  }
});

test('a partner that is away is worth a warning, not a stack', () => {
  const error = new SubgraphError('crm', 'timeout');
  const formatted = format(new GraphQLError('x', { originalError: error, path: ['tier'] }));
  expect(formatted.extensions).toMatchObject({ code: 'UNAVAILABLE', subgraph: 'crm' });
  expect(formatted.lines).toEqual([
    ['warn', { errorId: 'err-1', code: 'UNAVAILABLE', reason: 'timeout', subgraph: 'crm' }],
  ]);
});

test('a code somebody else states does not open the mask', () => {
  for (const code of ['INTERNAL_SERVER_ERROR', 'INTERNAL', 'constructor', 'SECRET', 500]) {
    const error = new GraphQLError(secret, { extensions: { code, secret } });
    const formatted = format(error);
    expect(formatted.code).toBe('INTERNAL');
    expect(JSON.stringify(formatted.extensions)).not.toContain(secret);
  }
  expect(format(new RequestError('INTERNAL', secret)).message).not.toContain(secret);
});

test('things thrown that are no errors are masked too', () => {
  for (const thrown of [secret, null, undefined, 7, { code: 'FORBIDDEN', message: secret }]) {
    const formatted = format(thrown);
    expect(formatted.code).toBe('INTERNAL');
    expect(JSON.stringify(formatted)).not.toContain(secret);
  }
});

test('an answer has at most the configured number of errors', () => {
  const errors = Array.from({ length: 11 }, () => new RequestError('FORBIDDEN'));
  const count = (length: number) =>
    formatErrors(errors.slice(0, length), { errorsReturned: 10 }, recorder().log, () => 'x').length;
  expect([count(0), count(9), count(10), count(11)]).toEqual([0, 9, 10, 10]);
});

test('one failure that spoils many fields has one id and one line in the log', () => {
  const { lines, log } = recorder();
  const failure = new Error('loader');
  const errors = [0, 1, 2].map(
    (index) => new GraphQLError('x', { originalError: failure, path: ['books', index] }),
  );
  let ids = 0;
  const formatted = formatErrors(errors, { errorsReturned: 10 }, log, () => `err-${++ids}`);
  expect(formatted.map(({ extensions }) => extensions?.['errorId'])).toEqual([
    'err-1',
    'err-1',
    'err-1',
  ]);
  expect(lines).toHaveLength(1);
});
