import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

interface Choice {
  schema: GraphQLSchema;
  /** `Type.field` of what is left out. */
  without: ReadonlySet<string>;
}

/**
 * A selection of everything a type tells, links followed `depth` levels down; a connection and its
 * nodes are one level. Fields that need an argument are left out, those named in `without`, and the
 * moment of a measure.
 */
export function selectAll(
  schema: GraphQLSchema,
  typeName: string,
  depth: number,
  without: readonly string[] = [],
): string {
  const type = schema.getType(typeName);
  if (!isCompositeType(type)) throw new Error(`${typeName} has no fields`);
  return selectionOf({ schema, without: new Set(without) }, type, depth) ?? '{ __typename }';
}

function selectionOf(
  choice: Choice,
  type: GraphQLCompositeType,
  depth: number,
  aliased = false,
): string | null {
  if (isAbstractType(type)) {
    const parts = choice.schema
      .getPossibleTypes(type)
      .map(
        (one) => `... on ${one.name} ${selectionOf(choice, one, depth, true) ?? '{ __typename }'}`,
      );
    return `{ __typename ${parts.join(' ')} }`;
  }
  const parts = Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .filter(({ name }) => !choice.without.has(`${type.name}.${name}`))
    .filter(({ name }) => !isOfTheMoment(type, name))
    .filter(({ name }) => !(type.name.endsWith('Edge') && name === 'node'))
    .flatMap((field) => {
      const text = textOf(choice, field, depth);
      // Beside one another, types may not give one name to fields of two kinds.
      return text === null ? [] : [aliased ? `${type.name}_${field.name}: ${text}` : text];
    });
  return parts.length === 0 ? null : `{ ${parts.join(' ')} }`;
}

/** When a measure was asked for says nothing of what it measures. */
function isOfTheMoment(type: GraphQLCompositeType, field: string): boolean {
  const measures =
    'getInterfaces' in type && type.getInterfaces().some(({ name }) => name === 'Measure');
  return measures && (field === 'asOf' || field === 'window');
}

function textOf(
  choice: Choice,
  field: GraphQLField<unknown, unknown>,
  depth: number,
): string | null {
  const type = getNamedType(field.type);
  const takesPage = field.args.some(({ name }) => name === 'first');
  const call = takesPage ? `${field.name}(first: 50)` : field.name;
  if (!isCompositeType(type)) return call;
  const free = /(Connection|Edge|PageInfo)$/.test(type.name);
  const inner = /Connection$/.test(type.name) || !free ? depth : 0;
  if (!free && depth === 0) return null;
  const selection = selectionOf(choice, type, free ? inner : depth - 1);
  return selection === null ? null : `${call} ${selection}`;
}
