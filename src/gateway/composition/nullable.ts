import { Kind, visit, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { isOutputType, type Joins, type OutputTypeNode } from './joins';

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * Makes nullable what may be missing because a partner is: its root fields, and its fields on types
 * that others answer too; with them the fields of the interfaces that promised them. What our own
 * interfaces promise stays promised, for whoever implements them.
 */
export function relaxPartners(document: DocumentNode, joins: Joins): DocumentNode {
  const relaxed = relaxedFields(document, joins);
  const relax = (type: OutputTypeNode): OutputTypeNode => ({
    ...type,
    fields: type.fields?.map((field) =>
      relaxed.has(coordinate(type, field)) && field.type.kind === Kind.NON_NULL_TYPE
        ? { ...field, type: field.type.type }
        : field,
    ),
  });
  return visit(document, { ObjectTypeDefinition: relax, InterfaceTypeDefinition: relax });
}

/** Coordinates of the fields whose subgraphs say that they are never null, and that may be all the same. */
export function relaxedFields(document: DocumentNode, joins: Joins): Set<string> {
  const types = outputTypes(document);
  const relaxed = new Set<string>();
  for (const type of types.values()) {
    for (const field of type.fields ?? []) {
      if (field.type.kind !== Kind.NON_NULL_TYPE || !mayBeMissing(type, field, joins)) continue;
      if (!isPromised(type, field, types, joins)) relaxed.add(coordinate(type, field));
    }
  }
  for (const type of types.values()) {
    for (const field of type.fields ?? []) {
      if (!relaxed.has(coordinate(type, field))) continue;
      for (const promise of promisesOf(type, types)) {
        if (hasNonNull(promise, field)) relaxed.add(coordinate(promise, field));
      }
    }
  }
  return relaxed;
}

function hasNonNull(type: OutputTypeNode, { name }: FieldDefinitionNode): boolean {
  const field = type.fields?.find((one) => one.name.value === name.value);
  return field?.type.kind === Kind.NON_NULL_TYPE;
}

function mayBeMissing(type: OutputTypeNode, field: FieldDefinitionNode, joins: Joins): boolean {
  const { ours, apart, moving } = joins.of(type, field);
  if (moving) return true;
  return !ours && (apart || rootTypes.has(type.name.value));
}

function isPromised(
  type: OutputTypeNode,
  field: FieldDefinitionNode,
  types: ReadonlyMap<string, OutputTypeNode>,
  joins: Joins,
): boolean {
  return promisesOf(type, types).some((promise) => {
    const promised = promise.fields?.find(({ name }) => name.value === field.name.value);
    return promised?.type.kind === Kind.NON_NULL_TYPE && joins.of(promise, promised).ours;
  });
}

/** The interfaces a type implements; GraphQL has it name all of them. */
function promisesOf(
  type: OutputTypeNode,
  types: ReadonlyMap<string, OutputTypeNode>,
): OutputTypeNode[] {
  return (type.interfaces ?? []).flatMap(({ name }) => types.get(name.value) ?? []);
}

function outputTypes(document: DocumentNode): Map<string, OutputTypeNode> {
  const types = new Map<string, OutputTypeNode>();
  for (const definition of document.definitions) {
    if (isOutputType(definition)) types.set(definition.name.value, definition);
  }
  return types;
}

function coordinate({ name }: Pick<OutputTypeNode, 'name'>, field: FieldDefinitionNode): string {
  return `${name.value}.${field.name.value}`;
}
