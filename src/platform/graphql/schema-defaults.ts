import {
  defaultTypeResolver,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  type GraphQLAbstractType,
  type GraphQLInputObjectType,
  type GraphQLSchema,
} from 'graphql';

/** The part of TypeGraphQL's field metadata this file reads and sets. */
interface FieldMetadata {
  name: string;
  schemaName: string;
  simple?: boolean;
  middlewares?: unknown[];
  roles?: unknown[];
}

interface SharedMetadata {
  TypeGraphQLMetadataStorage?: { fields: FieldMetadata[] };
}

/**
 * Makes every plain field a property read by graphql-js itself, which is several times cheaper than
 * TypeGraphQL's own resolver. TypeGraphQL has this only as an option of each `@ObjectType`
 * (`simpleResolvers: true`); so features need not write it. What a feature writer must know:
 * a field without a resolver is read from the property of its own name, so `@Field({ name: … })`
 * keeps TypeGraphQL's resolver, as do fields with middlewares; methods and `@FieldResolver`s are
 * never touched.
 */
export function addDefaults(): void {
  const storage = (globalThis as SharedMetadata).TypeGraphQLMetadataStorage;
  if (storage === undefined) throw new Error('TypeGraphQL keeps its metadata elsewhere now');
  for (const field of storage.fields) {
    const renamed = field.schemaName !== field.name;
    const guarded = (field.middlewares?.length ?? 0) > 0 || (field.roles?.length ?? 0) > 0;
    if (!renamed && !guarded) field.simple ??= true;
  }
}

/**
 * Says which GraphQL type instances of a class are, for fields that answer an interface or a union:
 * what resolvers hand out are entities, and those are no instances of the type's class.
 */
export function TypeName(name: string): ClassDecorator {
  return (target) => {
    Object.defineProperty(target.prototype, '__typename', { value: name });
  };
}

/**
 * Resolves interfaces and unions synchronously: by the value's `__typename` (see `TypeName`), else by
 * the type's class. A `resolveType` given to TypeGraphQL is not asked, because it would be async.
 */
export function resolveTypesByName(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) resolveByName(type);
  }
}

function resolveByName(type: GraphQLAbstractType): void {
  const byClass = type.resolveType ?? defaultTypeResolver;
  type.resolveType = (value, context, info, abstractType) => {
    const name = (value as { __typename?: unknown } | null)?.__typename;
    return typeof name === 'string' ? name : byClass(value, context, info, abstractType);
  };
}

/** TypeGraphQL writes `@oneOf` into the SDL only; graphql-js enforces it by this flag. */
export function enforceOneOf(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type) && hasOneOf(type)) type.isOneOf = true;
  }
}

function hasOneOf(type: GraphQLInputObjectType): boolean {
  return type.astNode?.directives?.some((directive) => directive.name.value === 'oneOf') ?? false;
}

/** The applications of each directive, by its name without the @: `{ tag: [{ name: 'partner' }] }`. */
export type DirectiveMap = Record<string, Record<string, unknown> | Record<string, unknown>[]>;

/** Directives of an enum and of its values, which TypeGraphQL's `@Directive` cannot reach. */
export interface EnumDirectives {
  type?: DirectiveMap;
  values?: Record<string, DirectiveMap>;
}

/** Puts directives on enums, by the enum's GraphQL name. Throws for an unknown enum or value. */
export function applyEnumDirectives(
  schema: GraphQLSchema,
  byName: Record<string, EnumDirectives>,
): void {
  for (const [name, { type: ofType, values = {} }] of Object.entries(byName)) {
    const type = schema.getType(name);
    if (!isEnumType(type)) throw new Error(`${name} is not an enum of the schema`);
    if (ofType !== undefined) type.extensions = { ...type.extensions, directives: ofType };
    for (const [valueName, directives] of Object.entries(values)) {
      const value = type.getValue(valueName);
      if (!value) throw new Error(`${name} has no value ${valueName}`);
      value.extensions = { ...value.extensions, directives };
    }
  }
}
