import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  valueFromAST,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Pieces } from '../pieces';

/** What SDL can say of anything that has a description. */
interface Described {
  description?: string | null;
  deprecationReason?: string | null;
}

/**
 * Gives the types of a schema that was built from SDL what SDL cannot carry of ours: how scalars are
 * read, and what fields' extensions say. Descriptions and deprecations are ours where we have them.
 * Only fields that `isOurs` says so of take extensions.
 */
export function* graftOurs(
  schema: GraphQLSchema,
  own: GraphQLSchema,
  isOurs: (type: string, field: string) => boolean,
): Pieces<void> {
  for (const type of Object.values(schema.getTypeMap())) {
    yield;
    const ownType = own.getType(type.name);
    if (ownType === undefined || ownType.name.startsWith('__')) continue;
    if (isSpecifiedScalarType(type)) continue;
    describe(type, ownType);
    graftType(type, ownType, (field) => isOurs(type.name, field));
  }
  yield* readDefaults(schema);
}

function graftType(
  type: GraphQLNamedType,
  own: GraphQLNamedType,
  isOurs: (field: string) => boolean,
): void {
  if (isScalarType(type) && isScalarType(own)) {
    type.serialize = own.serialize;
    type.parseValue = own.parseValue;
    type.parseLiteral = own.parseLiteral;
    type.specifiedByURL ??= own.specifiedByURL;
    type.extensions = own.extensions;
  }
  if (isEnumType(type) && isEnumType(own)) {
    for (const value of type.getValues()) describe(value, own.getValue(value.name));
  }
  if (isInputObjectType(type) && isInputObjectType(own)) {
    type.extensions = own.extensions;
    graftFields(type.getFields(), own.getFields(), isOurs);
  }
  if (
    (isObjectType(type) || isInterfaceType(type)) &&
    (isObjectType(own) || isInterfaceType(own))
  ) {
    type.extensions = own.extensions;
    graftFields(type.getFields(), own.getFields(), isOurs);
  }
}

type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField;

function graftFields(
  fields: Record<string, AnyField>,
  ownFields: Record<string, AnyField>,
  isOurs: (field: string) => boolean,
): void {
  for (const field of Object.values(fields)) {
    const own = ownFields[field.name];
    if (own === undefined || !isOurs(field.name)) continue;
    describe(field, own);
    field.extensions = own.extensions;
    for (const argument of argumentsIn(field)) {
      const ownArgument = argumentsIn(own).find(({ name }) => name === argument.name);
      describe(argument, ownArgument);
      if (ownArgument !== undefined) argument.extensions = ownArgument.extensions;
    }
  }
}

function argumentsIn(field: AnyField): readonly GraphQLArgument[] {
  return 'args' in field ? field.args : [];
}

function describe(target: Described, own: Described | null | undefined): void {
  if (own?.description != null && own.description !== '') target.description = own.description;
  if (own?.deprecationReason != null) target.deprecationReason = own.deprecationReason;
}

/** Defaults were read before the scalars were ours. */
function* readDefaults(schema: GraphQLSchema): Pieces<void> {
  for (const type of Object.values(schema.getTypeMap())) {
    yield;
    if (!('getFields' in type)) continue;
    for (const field of Object.values<AnyField>(type.getFields())) {
      for (const input of 'args' in field ? field.args : [field]) {
        const node = input.astNode?.defaultValue;
        if (node === undefined || isSpecifiedScalarType(getNamedType(input.type))) continue;
        input.defaultValue = valueFromAST(node, input.type);
      }
    }
  }
}
