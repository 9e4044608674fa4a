import { ApolloServer } from '@apollo/server';
import {
  execute,
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  validate,
  type OperationDefinitionNode,
} from 'graphql';
import { formatError } from '../../../src/platform/graphql/format-error';
import { format, recorder } from './error-recorder';
import { callers, sampleContext } from './sample-context';
import { sample } from './sample-schema';

const secret = 'hunter2hunter2';

/** The first error of a document that does not parse, or does not fit the sample schema. */
function refusalOf(source: string): unknown {
  try {
    return validate(sample.publicSchema, parse(source))[0];
  } catch (error) {
    return error;
  }
}

test.each([
  ['{ book(', 'Syntax Error: Expected Name'],
  [`{ book "${secret}" }`, 'Syntax Error: Expected Name'],
  [`"${secret}" { a }`, 'Syntax Error: Unexpected description'],
  [`{ book(a: "${secret}`, 'Syntax Error: Unterminated string'],
  [`${secret} { a }`, 'Syntax Error: Unexpected Name'],
  [`{ a(b: "\\u{${secret}}") }`, 'Syntax Error: Invalid Unicode escape sequence'],
  ['{ a(b: 0123456789) }', 'Syntax Error: Invalid number'],
])('a document that is not GraphQL is refused without its text: %s', (source, message) => {
  const formatted = format(refusalOf(source));
  expect(formatted.code).toBe('GRAPHQL_PARSE_FAILED');
  expect(formatted.message).toBe(message);
  expect(formatted.locations).toHaveLength(1);
  expect(JSON.stringify(formatted)).not.toContain(secret);
});

test('too many tokens are too complex an operation', () => {
  let error: unknown;
  try {
    parse('{ a b c d }', { maxTokens: 3 });
  } catch (thrown) {
    error = thrown;
  }
  expect(format(error).code).toBe('OPERATION_TOO_COMPLEX');
});

test.each([
  ['{ boks { id } }', 'Cannot query field "boks" on type "Query".'],
  ['{ books { node { id } } }', 'Cannot query field "node" on type "BookConnection".'],
  ['{ books(genr: NOVEL) { nodes { id } } }', 'Unknown argument "genr" on field "Query.books".'],
  [`{ books(genre: ${secret}) { nodes { id } } }`, 'Value does not exist in "Genre" enum.'],
  [
    `{ books(genre: "${secret}") { nodes { id } } }`,
    'Enum "Genre" cannot represent non-enum value.',
  ],
  [`{ books(first: "${secret}") { nodes { id } } }`, 'Int cannot represent non-integer value.'],
  [`{ book(by: "${secret}") { id } }`, 'Expected value of type "BookBy!".'],
  [`{ book(by: { ${secret}: 1 }) { id } }`, `Field "${secret}" is not defined by type "BookBy".`],
  ['{ book }', 'Field "book" of type "Book" must have a selection of subfields.'],
  ['query ($n: Int) { books { nodes { id } } }', 'Variable "$n" is never used.'],
])('a document that does not fit is refused without values and hints: %s', (source, message) => {
  const formatted = format(refusalOf(source));
  expect(formatted.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(formatted.message).toBe(message);
});

test('a name of any length does not come back at full length', () => {
  expect(format(refusalOf(`{ ${'x'.repeat(50_000)} }`)).message).toHaveLength(300);
});

test('a literal a scalar refuses is bad input, with the reason of the scalar', () => {
  const formatted = format(refusalOf(`mutation { echo(value: "${secret}") }`));
  expect(formatted.code).toBe('BAD_USER_INPUT');
  expect(formatted.message).toBe('JSONObject must be a JSON object');
  expect(formatted.locations).toHaveLength(1);
});

function variableRefusalOf(source: string, variables: Record<string, unknown>): unknown {
  const [operation] = parse(source).definitions as OperationDefinitionNode[];
  const definitions = operation?.variableDefinitions ?? [];
  return getVariableValues(sample.publicSchema, definitions, variables).errors?.[0];
}

test('a variable of the wrong shape is named by its path, never by its value', () => {
  const source = 'query ($first: Int, $by: BookBy!) { a }';
  const messages = [
    { by: { id: 'b1' }, first: secret },
    { by: { id: [secret] } },
    { by: { id: 'b1', [secret]: 1 } },
    { by: { id: secret, isbn: secret } },
    { by: null },
    {},
  ].map((variables) => {
    const formatted = format(variableRefusalOf(source, variables));
    expect(formatted.code).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(formatted)).not.toContain(secret);
    return formatted.message;
  });
  expect(messages).toEqual([
    'Variable "$first" has an invalid value.',
    'Variable "$by" has an invalid value at "by.id".',
    'Variable "$by" has an invalid value.',
    'Variable "$by" has an invalid value.',
    'Variable "$by" of non-null type "BookBy!" must not be null.',
    'Variable "$by" of required type "BookBy!" was not provided.',
  ]);
});

test('a value that imitates a path does not come back', () => {
  const source = 'mutation ($v: JSONObject!, $by: BookBy!) { a }';
  for (const forged of [`x" at "by.${secret}"; `, `" at "by.${secret}`, ` at "by.${secret}"`]) {
    const imitations = [{ id: [forged] }, [forged], { [forged]: forged, id: 'b1' }, forged];
    for (const by of imitations) {
      const formatted = format(variableRefusalOf(source, { v: {}, by }));
      expect(formatted.message).toMatch(/^Variable "\$by" has an invalid value( at "by\.id")?\.$/);
    }
  }
});

test('a variable a scalar refuses has the reason of the scalar', () => {
  const formatted = format(variableRefusalOf('query ($v: JSONObject) { a }', { v: [secret] }));
  expect(formatted.code).toBe('BAD_USER_INPUT');
  expect(formatted.message).toBe(
    'Variable "$v" has an invalid value: JSONObject must be a JSON object',
  );
});

async function executionErrors(source: string, variableValues = {}) {
  const document = parse(source);
  expect(validate(sample.publicSchema, document)).toEqual([]);
  const contextValue = sampleContext(callers.platform);
  const schema = sample.publicSchema;
  return (await execute({ schema, document, variableValues, contextValue })).errors ?? [];
}

test('an argument that turns out wrong while executing is bad input', async () => {
  const source = 'mutation ($e: Genre) { echo(value: { a: $e, b: { c: 1 } }) }';
  expect(await executionErrors(source, { e: 'NOVEL' })).toEqual([]);
  const [error] = await executionErrors('query ($id: ID!) { book(by: { id: $id }) { id } }', {
    id: { secret },
  });
  expect(format(error).code).toBe('BAD_USER_INPUT');
  const argument = new GraphQLError(`Argument "by" has invalid value "${secret}".`, {
    nodes: [{ kind: Kind.STRING, value: secret }],
  });
  const located = new GraphQLError(argument.message, { originalError: argument, path: ['book'] });
  expect(format(located)).toMatchObject({
    code: 'BAD_USER_INPUT',
    message: 'Argument "by" has an invalid value.',
  });
});

test('an unknown operation is told as such, without its name', async () => {
  const document = parse('query A { __typename } query B { __typename }');
  for (const operationName of [undefined, secret]) {
    const { errors } = await execute({ schema: sample.publicSchema, document, operationName });
    const formatted = format(errors?.[0]);
    expect(formatted.code).toBe('OPERATION_RESOLUTION_FAILURE');
    expect(formatted.message).not.toContain(secret);
  }
});

test('a client cannot make a refusal look like a lost database', () => {
  const formatted = format(refusalOf('{ book(by: "connection timeout") { id } }'));
  expect(formatted.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('errors that Apollo Server has wrapped are told apart just the same', async () => {
  const { log } = recorder();
  const server = new ApolloServer({
    schema: sample.publicSchema,
    includeStacktraceInErrorResponses: false,
    formatError: (_formatted, error) => formatError(error, log, () => 'err-1'),
  });
  const codeOf = async (query: string, variables: Record<string, unknown> = {}) => {
    const { body } = await server.executeOperation(
      { query, variables },
      { contextValue: sampleContext(callers.platform) },
    );
    const result = body.kind === 'single' ? body.singleResult : null;
    expect(JSON.stringify(result)).not.toContain(secret);
    return result?.errors?.[0]?.extensions?.['code'];
  };
  const ofGenre = 'query ($g: Genre) { books(genre: $g) { nodes { id } } }';
  expect([
    await codeOf(`{ "${secret}" }`),
    await codeOf(`{ book(by: "${secret}") { id } }`),
    await codeOf(`mutation { echo(value: "${secret}") }`),
    await codeOf(ofGenre, { g: secret }),
    await codeOf('{ books(first: 101) { nodes { id } } }'),
    await codeOf('query A { __typename } query B { __typename }'),
  ]).toEqual([
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'BAD_USER_INPUT',
    'BAD_USER_INPUT',
    'BAD_USER_INPUT',
    'OPERATION_RESOLUTION_FAILURE',
  ]);
  await server.stop();
});
