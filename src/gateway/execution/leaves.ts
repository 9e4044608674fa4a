import { GraphQLEnumType, isSpecifiedScalarType, type GraphQLLeafType } from 'graphql';

/** What a leaf that is wrong becomes. */
export const wrong = Symbol('wrong');

/** A value of a leaf as clients get it, or `wrong` when the type does not allow it. */
export type ReadLeaf = (value: unknown) => unknown;

const most = 2 ** 31;

const scalars: Record<string, ReadLeaf> = {
  Int: (value) => (Number.isInteger(value) && isInt32(value as number) ? value : wrong),
  Float: (value) => (Number.isFinite(value) ? value : wrong),
  String: (value) => (typeof value === 'string' ? value : wrong),
  Boolean: (value) => (typeof value === 'boolean' ? value : wrong),
  ID: (value) => {
    if (typeof value === 'string') return value;
    return Number.isSafeInteger(value) ? String(value) : wrong;
  },
};

function isInt32(value: number): boolean {
  return value >= -most && value < most;
}

/** How values of a type are read; those of custom scalars pass as they are. */
export function leafReader(type: GraphQLLeafType): ReadLeaf {
  if (type instanceof GraphQLEnumType) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => (names.has(value as string) ? value : wrong);
  }
  const read = isSpecifiedScalarType(type) ? scalars[type.name] : undefined;
  return read ?? ((value) => (typeof value === 'function' ? wrong : value));
}
