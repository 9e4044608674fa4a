import { composeServices } from '@theguild/federation-composition';
import { graphql, isInputObjectType, isObjectType, parse, validate } from 'graphql';
import { buildSchemas } from '../../../src/platform/graphql/subgraph';
import { callers, sampleContext } from './sample-context';
import { referenceCalls, sample, sampleParts } from './sample-schema';

const stranger = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  type Query { topBook: Book  reviews: ReviewConnection! }
  type Book @key(fields: "isbn") { isbn: String!  reviews: ReviewConnection! }
  type Review { stars: Int!  book: Book! }
  type ReviewConnection { nodes: [Review!]!  pageInfo: PageInfo! }
  type PageInfo @shareable {
    hasNextPage: Boolean!  hasPreviousPage: Boolean!  startCursor: String  endCursor: String
  }
`;

function run(source: string, variableValues: Record<string, unknown> = {}) {
  return graphql({
    schema: sample.subgraphSchema,
    source,
    variableValues,
    contextValue: sampleContext(callers.platform, { representations: 5 }),
  });
}

const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename ... on Book { id title length } ... on Author { id earned }
  }
}`;

beforeEach(() => {
  referenceCalls.length = 0;
});

test('the public schema has no federation fields and shares its types with the subgraph', () => {
  const publicFields = Object.keys(sample.publicSchema.getQueryType()?.getFields() ?? {});
  const subgraphFields = Object.keys(sample.subgraphSchema.getQueryType()?.getFields() ?? {});
  expect(publicFields).not.toContain('_entities');
  expect(subgraphFields).toEqual([...publicFields, '_service', '_entities']);
  expect(sample.subgraphSchema.getType('Book')).toBe(sample.publicSchema.getType('Book'));
  expect(validate(sample.publicSchema, parse('{ _service { sdl } }'))).not.toEqual([]);
});

test('the SDL imports exactly the directives in use and prints them where they belong', () => {
  const { sdl } = sample;
  expect(sdl.slice(0, sdl.indexOf('\n\n'))).toBe(
    'extend schema\n' +
      '  @link(url: "https://specs.apollo.dev/link/v1.0")\n' +
      '  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", ' +
      '"@cost", "@inaccessible", "@key", "@listSize", "@requiresScopes", "@shareable", "@tag"])',
  );
  expect(sdl).toContain('type Book implements Thing @key(fields: "id") @key(fields: "isbn") {');
  expect(sdl).toContain('type Author implements Thing @key(fields: "id") @tag(name: "people") {');
  expect(sdl).toContain('title: String! @shareable');
  expect(sdl).toContain('enum Genre @tag(name: "a") @tag(name: "b") {');
  expect(sdl).toContain('SECRET @inaccessible');
  expect(sdl).toContain('input BookBy @oneOf {');
  expect(sdl).toContain('type PageInfo @shareable {');
  expect(sdl).toContain(
    'book(\n    """Which."""\n    by: BookBy!\n  ): Book ' +
      '@authenticated @requiresScopes(scopes: [["mu:customer"], ["mu:read"]])',
  );
  expect(sdl).toMatch(/^ {2}echo\([^]*?\): .*@authenticated.* @cost\(weight: 10\)$/m);
  expect(sdl).toContain(
    '@listSize(slicingArguments: ["first"], assumedSize: 20, sizedFields: ["nodes", "edges"], ' +
      'requireOneSlicingArgument: false)',
  );
  expect(sdl).not.toMatch(/_Any|_Entity|_Service|^schema/m);
});

test('the SDL carries every description, root types included', () => {
  for (const text of ['All questions.', 'All commands.', 'What a search finds.', 'What kind of']) {
    expect(sample.sdl).toContain(text);
  }
  const undescribed = Object.values(sample.subgraphSchema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => [
      ...(type.description ? [] : [type.name]),
      ...(isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => !field.description)
            .map((field) => `${type.name}.${field.name}`)
        : []),
    ]);
  expect(undescribed).toEqual([]);
});

test('the subgraph composes with one of strangers that extends a type and has pages too', () => {
  const result = composeServices([
    { name: 'library', typeDefs: parse(sample.sdl) },
    { name: 'reviews', typeDefs: parse(stranger) },
  ]);
  expect(result.errors ?? []).toEqual([]);
  expect(result.supergraphSdl).toContain('All questions.');
  expect(result.supergraphSdl).toContain('reviews: ReviewConnection!');
});

test('building the schemas twice prints the same SDL', () => {
  expect(buildSchemas(sampleParts).sdl).toBe(sample.sdl);
});

test('_service answers the SDL', async () => {
  const { data } = await run('{ _service { sdl } }');
  expect(data).toEqual({ _service: { sdl: sample.sdl } });
});

test('_entities keeps order and length, answers null in place and asks each loader once', async () => {
  const representations = [
    { __typename: 'Book', isbn: 'isbn2' },
    { __typename: 'Author', id: 'a1' },
    { __typename: 'Book', id: 'nobody' },
    { __typename: 'constructor', id: 'x' },
    { __typename: 'Book', id: 'b1' },
  ];
  const { data, errors } = await run(entities, { representations });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    _entities: [
      { __typename: 'Book', id: 'b2', title: 'Book 2', length: 5 },
      { __typename: 'Author', id: 'a1', earned: 12 },
      null,
      null,
      { __typename: 'Book', id: 'b1', title: 'Book 1', length: 5 },
    ],
  });
  expect(referenceCalls.map(([name, items]) => [name, items.length])).toEqual([
    ['Book', 3],
    ['Author', 1],
  ]);
});

test('_entities answers null for representations that are no objects or name no type', async () => {
  const representations = ['Book', 7, ['Book'], { id: 'b1' }, { __typename: 3, id: 'b1' }];
  const { data, errors } = await run(entities, { representations });
  expect(errors).toBeUndefined();
  expect(data).toEqual({ _entities: [null, null, null, null, null] });
  expect(referenceCalls).toEqual([]);
});

test('_entities takes literals', async () => {
  const { data } = await run(
    '{ _entities(representations: [{ __typename: "Book", id: "b3" }]) { ... on Book { id } } }',
  );
  expect(data).toEqual({ _entities: [{ id: 'b3' }] });
});

test('a loader that fails spoils only the entities of its own type', async () => {
  const representations = [
    { __typename: 'Author', id: 'broken' },
    { __typename: 'Book', id: 'b1' },
  ];
  const { data, errors } = await run(entities, { representations });
  expect(data?.['_entities']).toEqual([null, expect.objectContaining({ id: 'b1' })]);
  expect(errors).toHaveLength(1);
});

test('_entities takes as many representations as the limit and not one more', async () => {
  const of = (length: number) => Array.from({ length }, () => ({ __typename: 'Book', id: 'b1' }));
  const atLimit = await run(entities, { representations: of(5) });
  expect(atLimit.data?.['_entities']).toHaveLength(5);
  const above = await run(entities, { representations: of(6) });
  expect(above.data).toBeNull();
  expect(above.errors?.[0]?.originalError).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('graphql-js itself refuses a @oneOf input with none or two of its fields', async () => {
  const type = sample.publicSchema.getType('BookBy');
  expect(isInputObjectType(type) && type.isOneOf).toBe(true);
  const source = 'query ($by: BookBy!) { book(by: $by) { id } }';
  expect((await run(source, { by: { id: 'b1' } })).data).toEqual({ book: { id: 'b1' } });
  for (const by of [{}, { id: 'b1', isbn: 'isbn1' }, { id: null }]) {
    expect((await run(source, { by })).errors).toHaveLength(1);
  }
});

test('interfaces and unions tell entities apart by their declared type name', async () => {
  const { data, errors } = await run(
    '{ thing(id: "a1") { __typename id } search { nodes { __typename } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    thing: { __typename: 'Author', id: 'a1' },
    search: { nodes: [{ __typename: 'Book' }, { __typename: 'Author' }] },
  });
});

test('plain fields have no resolver of their own, renamed ones keep theirs', () => {
  const type = sample.publicSchema.getType('Book');
  const fields = isObjectType(type) ? type.getFields() : {};
  expect(fields['isbn']?.resolve).toBeUndefined();
  expect(fields['title']?.resolve).toBeDefined();
  expect(fields['length']?.resolve).toBeDefined();
});

test('a type with a key and no loader, or a loader and no key, stops the build', () => {
  const { Book, Author } = sampleParts.references as Required<typeof sampleParts.references>;
  const build = (references: typeof sampleParts.references) => () =>
    buildSchemas({ ...sampleParts, references });
  expect(build({ Book: Book! })).toThrow('no reference loader for Author');
  expect(build({ Book: Book!, Author: Author!, PageInfo: Book! })).toThrow('no @key: PageInfo');
  expect(build({ Book: Book!, Author: Author!, Ghost: Book! })).toThrow('no @key: Ghost');
});

test('enum directives for an unknown enum or value stop the build', () => {
  const build = (name: string, value: string) => () =>
    buildSchemas({ ...sampleParts, enumDirectives: { [name]: { values: { [value]: {} } } } });
  expect(build('Book', 'NOVEL')).toThrow('not an enum');
  expect(build('Genre', 'POEM')).toThrow('no value POEM');
});

test('a page of a list comes through the schema', async () => {
  const first = await run(
    '{ books(first: 3) { nodes { id } pageInfo { hasNextPage endCursor } } }',
  );
  const page = first.data?.['books'] as { pageInfo: { endCursor: string } };
  expect(page).toMatchObject({ nodes: [{ id: 'b1' }, { id: 'b2' }, { id: 'b3' }] });
  const second = await run(
    'query ($after: String) { books(first: 3, after: $after) { edges { cursor node { id } } ' +
      'pageInfo { hasNextPage hasPreviousPage } } }',
    { after: page.pageInfo.endCursor },
  );
  expect(second.data?.['books']).toEqual({
    edges: [{ cursor: expect.any(String) as string, node: { id: 'b4' } }],
    pageInfo: { hasNextPage: false, hasPreviousPage: true },
  });
});
