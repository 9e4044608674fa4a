import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  Kind,
  parse,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';

/**
 * A query or mutation with the scopes its caller needs, all those of one of the alternatives, as the SDL
 * declares them.
 */
export interface RootField {
  operation: 'query' | 'mutation';
  name: string;
  field: GraphQLField<unknown, unknown>;
  alternatives: string[][];
  /** The scopes of all alternatives. */
  scopes: string[];
}

/** Every query and mutation of the service. `sdl` is what a router reads, and so what is promised. */
export function rootFields(schema: GraphQLSchema, sdl: string): RootField[] {
  const definitions = parse(sdl).definitions.filter(
    (definition): definition is ObjectTypeDefinitionNode =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
  return (['query', 'mutation'] as const).flatMap((operation) => {
    const type = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
    const declared = definitions.find((definition) => definition.name.value === type?.name);
    return (declared?.fields ?? []).map((node) => {
      const name = node.name.value;
      const directive = node.directives?.find((one) => one.name.value === 'requiresScopes');
      const value = directive?.arguments?.[0]?.value;
      const lists = value?.kind === Kind.LIST ? value.values : [];
      const alternatives = lists.map((list) =>
        list.kind === Kind.LIST
          ? list.values.flatMap((one) => (one.kind === Kind.STRING ? [one.value] : []))
          : [],
      );
      const field = type?.getFields()[name] as RootField['field'];
      return { operation, name, field, alternatives, scopes: alternatives.flat() };
    });
  });
}

/**
 * A selection of everything below a type that needs no arguments, this many levels deep. Lists are
 * asked for two items a page.
 */
export function selectionOf(schema: GraphQLSchema, type: GraphQLOutputType, depth: number): string {
  const named: GraphQLNamedType = getNamedType(type);
  if (isLeafType(named) || isInputObjectType(named)) return '';
  if (isAbstractType(named)) {
    const branches = schema
      .getPossibleTypes(named)
      .map((one) => `... on ${one.name} ${selectionOf(schema, one, depth)}`);
    const fields = isInterfaceType(named) ? Object.values(named.getFields()) : [];
    const plain = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const shared = plain.map((field) => field.name).join(' ');
    return `{ __typename ${shared} ${depth > 1 ? branches.join(' ') : ''} }`;
  }
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    if (isLeafType(getNamedType(field.type))) return [field.name];
    if (depth === 1) return [];
    const paged = field.args.some((argument) => argument.name === 'first') ? '(first: 2)' : '';
    return [`${field.name}${paged} ${selectionOf(schema, field.type, depth - 1)}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

/** The operation that runs one root field with these arguments, all of them as variables. */
export function operationOf(
  schema: GraphQLSchema,
  { operation, name, field }: RootField,
  args: Record<string, unknown>,
  depth = 3,
): string {
  const given = field.args.filter((argument) => argument.name in args);
  const declared = given.map((argument) => `$${argument.name}: ${String(argument.type)}`);
  const passed = given.map((argument) => `${argument.name}: $${argument.name}`);
  const inBrackets = (list: string[]): string => (list.length > 0 ? `(${list.join(', ')})` : '');
  // All that any type has would be more than one operation may ask.
  const levels = isAbstractType(getNamedType(field.type)) ? 1 : depth;
  const selection = selectionOf(schema, field.type, levels);
  return `${operation} ${inBrackets(declared)} { ${name}${inBrackets(passed)} ${selection} }`;
}

/** One place in the arguments of a field that takes a scalar or an enum. */
export interface InputPlace {
  /** From the argument's name down; a list is entered at its first item. */
  path: string[];
  type: GraphQLInputType;
  /** Name of the scalar or enum. */
  typeName: string;
}

/**
 * All places in the arguments of a field, however deep in input objects and lists. Where an input object
 * contains its like, the inner one is left out: it is read by the same code.
 */
export function inputPlaces(
  inputs: readonly (GraphQLArgument | GraphQLInputField)[],
  above: string[] = [],
  around: readonly string[] = [],
): InputPlace[] {
  return inputs.flatMap((input) => {
    const isList = isListType(getNullableType(input.type));
    const path = [...above, input.name, ...(isList ? ['0'] : [])];
    const named = getNamedType(input.type);
    if (isInputObjectType(named)) {
      if (around.includes(named.name)) return [];
      return inputPlaces(Object.values(named.getFields()), path, [...around, named.name]);
    }
    return [{ path, type: input.type, typeName: named.name }];
  });
}

/**
 * A copy of arguments with another value at one place; objects and lists are made on the way. Where
 * exactly one of several fields may be given, the others go.
 */
export function withValue(
  inputs: readonly (GraphQLArgument | GraphQLInputField)[],
  args: Record<string, unknown>,
  [name, ...rest]: string[],
  value: unknown,
): Record<string, unknown> {
  const input = inputs.find((one) => one.name === name);
  if (input === undefined || name === undefined) throw new Error('no such place');
  return { ...args, [name]: nested(input.type, args[name], rest, value) };
}

function nested(type: GraphQLInputType, old: unknown, path: string[], value: unknown): unknown {
  if (path.length === 0) return value;
  if (isNonNullType(type)) return nested(type.ofType, old, path, value);
  if (isListType(type)) {
    const items = Array.isArray(old) ? (old as unknown[]) : [];
    const first = nested(type.ofType, items[0], path.slice(1), value);
    return [first, ...items.slice(1)];
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error('no such place');
  const before = named.isOneOf ? {} : ((old ?? {}) as Record<string, unknown>);
  return withValue(Object.values(named.getFields()), before, path, value);
}
