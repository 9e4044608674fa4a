import {
  buildSchema,
  coerceInputValue,
  introspectionFromSchema,
  isInputObjectType,
  lexicographicSortSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';
import { apiSchemaOf } from '../../../src/gateway';
import { serviceSchemas } from '../../../src/server/create-service';
import { apiWith, header, partners, shop, supergraphWith } from './graphs';

interface Named {
  name: string;
}

/** Introspection as records by name, so that what is added beside our own is easy to leave out. */
function typesOf(schema: GraphQLSchema): Map<string, Record<string, unknown>> {
  const sorted = lexicographicSortSchema(schema);
  const options = { inputValueDeprecation: true, specifiedByUrl: true, oneOf: true };
  const { types } = introspectionFromSchema(sorted, options).__schema;
  return new Map(types.map((type) => [type.name, type as unknown as Record<string, unknown>]));
}

/** `type` with nothing in its lists but what `own` has too. */
function ourPart(type: Record<string, unknown>, own: Record<string, unknown>) {
  const cut = Object.entries(type).map(([key, value]) => {
    const names = Array.isArray(own[key]) ? (own[key] as Named[]).map(({ name }) => name) : null;
    if (names === null) return [key, value];
    return [key, (value as Named[]).filter(({ name }) => names.includes(name))];
  });
  return Object.fromEntries(cut) as unknown;
}

function fieldOf(schema: GraphQLSchema, type: string, field: string) {
  return (schema.getType(type) as GraphQLObjectType).getFields()[field]!;
}

const toys = (own: string, ...others: string[]) => {
  const sources = others.map((sdl, index) => ({ name: `p${index}`, url: 'http://p.test', sdl }));
  return apiSchemaOf(
    supergraphWith(sources, `${header}\n${own}`),
    buildSchema(own.replace(/@\w+(\([^)]*\))?/g, '')),
  );
};

describe('What clients see of a supergraph', () => {
  const { publicSchema } = serviceSchemas();
  const alone = apiWith([]);
  const joined = apiWith(partners);

  it.each([
    ['ours alone', alone],
    ['ours and two partners', joined],
  ])('is our own graph to the letter where it is ours: %s', (_name, api) => {
    const shown = typesOf(api);
    const own = typesOf(publicSchema);
    expect([...shown.keys()]).toEqual(expect.arrayContaining([...own.keys()]));
    for (const [name, type] of own) expect(ourPart(shown.get(name)!, type)).toEqual(type);
  });

  it('has nothing but ours when nobody else is there', () => {
    expect([...typesOf(alone).keys()].sort()).toEqual([...typesOf(publicSchema).keys()].sort());
  });

  it('keeps the join directives and their types to itself', () => {
    const names = Object.keys(joined.getTypeMap());
    expect(names.filter((name) => /^(join|link|policy|requiresScopes)__/.test(name))).toEqual([]);
    const directives = joined.getDirectives().map(({ name }) => name);
    expect(directives.sort()).toEqual(['deprecated', 'include', 'oneOf', 'skip', 'specifiedBy']);
  });

  it('carries the extensions of every field of ours', () => {
    for (const own of Object.values(publicSchema.getTypeMap())) {
      if (!('getFields' in own) || own.name.startsWith('__')) continue;
      for (const field of Object.values(own.getFields())) {
        const extensions = fieldOf(joined, own.name, field.name).extensions;
        expect({ [`${own.name}.${field.name}`]: extensions }).toEqual({
          [`${own.name}.${field.name}`]: field.extensions,
        });
      }
    }
    expect(fieldOf(joined, 'Query', 'customer').extensions['access']).toBeDefined();
  });

  it('reads and writes our scalars as we do', () => {
    const mu = joined.getType('Mu') as GraphQLScalarType;
    expect(mu.parseValue(5)).toBe(5);
    expect(() => mu.parseValue(1.5)).toThrow('whole number');
    const own = publicSchema.getType('Mu') as GraphQLScalarType;
    expect([mu.serialize, mu.parseLiteral]).toEqual([own.serialize, own.parseLiteral]);
  });

  it('holds @oneOf', () => {
    const isOneOf = (type: GraphQLNamedType) => isInputObjectType(type) && type.isOneOf;
    const names = (schema: GraphQLSchema) =>
      Object.values(schema.getTypeMap())
        .filter(isOneOf)
        .map(({ name }) => name)
        .sort();
    expect(names(joined)).toEqual(names(publicSchema));
    const errors: string[] = [];
    const by = joined.getType('CustomerBy') as never;
    coerceInputValue({ id: 'a', email: 'b' }, by, (_path, _value, error) =>
      errors.push(error.message),
    );
    expect(errors).toHaveLength(1);
  });

  it('hides what partners hide, and keeps what they deprecate and default', () => {
    expect(fieldOf(joined, 'Query', 'stock')).toBeUndefined();
    expect(joined.getType('OrderState')).toMatchObject({
      _values: [{ name: 'OPEN' }, { name: 'SENT' }],
    });
    expect(fieldOf(joined, 'Order', 'oldTotal').deprecationReason).toBe('Ask for total.');
    expect(fieldOf(joined, 'Customer', 'orders').args[0]!.defaultValue).toBe('OPEN');
  });

  it('names the subgraph of each field of a partner, and of none of ours', () => {
    expect(fieldOf(joined, 'Query', 'orders').extensions['subgraph']).toBe('shop');
    expect(fieldOf(joined, 'Query', 'customer').extensions).not.toHaveProperty('subgraph');
    expect(fieldOf(joined, 'Customer', 'wallet').extensions).not.toHaveProperty('subgraph');
    expect(fieldOf(joined, 'Customer', 'orders').extensions['subgraph']).toBe('shop');
  });

  it('carries the costs that partners give', () => {
    expect(fieldOf(joined, 'Query', 'order').extensions['cost']).toBe(5);
    expect(joined.getType('Order')!.extensions['cost']).toBe(3);
    expect(fieldOf(joined, 'Query', 'orders').args[0]!.extensions['cost']).toBe(2);
    expect(fieldOf(joined, 'Query', 'orders').extensions['listSize']).toEqual({
      slicingArguments: ['first'],
      assumedSize: 4,
    });
  });
});

describe('A field of a partner that may be missing', () => {
  const joined = apiWith(partners);
  const typeAt = (schema: GraphQLSchema, type: string, field: string) =>
    String(fieldOf(schema, type, field).type);

  it('is nullable at the root', () => {
    expect(typeAt(joined, 'Query', 'order')).toBe('Order');
    expect(typeAt(joined, 'Query', 'orders')).toBe('[Order!]');
  });

  it('is nullable on a type of ours, and on one that two partners share', () => {
    expect(typeAt(joined, 'Customer', 'orders')).toBe('[Order!]');
    expect(typeAt(joined, 'Order', 'tickets')).toBe('[String!]');
    expect(typeAt(joined, 'Order', 'total')).toBe('Int');
  });

  it('is as its SDL says where everything comes from one place', () => {
    expect(typeAt(joined, 'Order', 'id')).toBe('ID!');
    const only = apiWith([{ name: 'shop', url: 'http://shop.test', sdl: shop }]);
    expect(typeAt(only, 'Order', 'total')).toBe('Int!');
    expect(typeAt(only, 'Query', 'order')).toBe('Order');
  });

  const own =
    'type Query { me: Person } interface Named { name: String! } type Person implements Named @key(fields: "id") { id: ID! name: String! }';

  it('makes the field of its interface nullable too', () => {
    const api = toys(
      own,
      `${header} interface Rated { rating: Int! } interface Judged implements Rated { rating: Int! }
       type Person implements Rated & Judged @key(fields: "id") { id: ID! rating: Int! }`,
    );
    expect(typeAt(api, 'Person', 'rating')).toBe('Int');
    expect(typeAt(api, 'Judged', 'rating')).toBe('Int');
    expect(typeAt(api, 'Rated', 'rating')).toBe('Int');
    expect(typeAt(api, 'Named', 'name')).toBe('String!');
  });

  it('keeps what an interface of ours promises', () => {
    const api = toys(
      `${own} type Robot implements Named @key(fields: "id") { id: ID! name: String! }`,
      `${header} type Robot @key(fields: "id") { id: ID! wheels: Int! }
       interface Named { name: String! } type Cat implements Named @key(fields: "id") { id: ID! name: String! }`,
      `${header} type Cat @key(fields: "id") { id: ID! lives: Int! }`,
    );
    expect(typeAt(api, 'Named', 'name')).toBe('String!');
    expect(typeAt(api, 'Cat', 'name')).toBe('String!');
    expect(typeAt(api, 'Cat', 'lives')).toBe('Int');
    expect(typeAt(api, 'Robot', 'wheels')).toBe('Int');
  });

  it('is nullable when it comes by an interface object', () => {
    const api = toys(
      'type Query { media: [Media!]! } interface Media @key(fields: "id") { id: ID! } type Book implements Media @key(fields: "id") { id: ID! }',
      `${header} type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! }`,
    );
    expect(typeAt(api, 'Media', 'stars')).toBe('Int');
    expect(typeAt(api, 'Book', 'stars')).toBe('Int');
    expect(typeAt(api, 'Media', 'id')).toBe('ID!');
    expect(typeAt(api, 'Query', 'media')).toBe('[Media!]!');
  });

  it.each(['', ', label: "percent(5)"'])(
    'is nullable when it has moved to a partner%s',
    (label) => {
      const api = toys(
        'type Query { me: Person } type Person @key(fields: "id") { id: ID! name: String! }',
        `${header} type Person @key(fields: "id") {
         id: ID! name: String! @override(from: "rewards"${label})
       }`,
      );
      expect(typeAt(api, 'Person', 'name')).toBe('String');
    },
  );
});
