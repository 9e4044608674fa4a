import {
  Kind,
  specifiedScalarTypes,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type NamedTypeNode,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';

const standard = new Set(specifiedScalarTypes.map(({ name }) => name));
const roots = ['Query', 'Mutation', 'Subscription'];

/**
 * A schema's definitions without what leads nowhere: fields and arguments of types that are not there,
 * types without anything in them, and types that no field leads to. Throws an Error where an argument
 * or input field that must be given would have to go.
 */
export function pruned(document: DocumentNode): DocumentNode {
  // What nothing leads to is not in the way of anything, so it goes first.
  let before = reachable(document);
  for (;;) {
    const after = reachable(withoutHoles(before));
    if (after === before) return after;
    before = after;
  }
}

/** One round: what it empties, the next one takes away. */
function withoutHoles(document: DocumentNode): DocumentNode {
  const names = new Set(standard);
  for (const definition of document.definitions) {
    if (isType(definition) && !isEmpty(definition)) names.add(definition.name.value);
  }
  const known = (type: TypeNode) => names.has(namedType(type));
  return visit(document, {
    FieldDefinition: { enter: (field) => (known(field.type) ? undefined : null) },
    InputValueDefinition: { enter: (input) => (known(input.type) ? undefined : dropped(input)) },
    ...onTypes((type) => (isEmpty(type) ? null : withKnownNames(type, names))),
  });
}

function dropped({ name, type, defaultValue }: InputValueDefinitionNode): null {
  if (type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined) {
    throw new Error(`${name.value} must be given, and its type is left out`);
  }
  return null;
}

type Visit = (type: TypeDefinitionNode) => object | null | undefined;

function onTypes(enter: Visit) {
  return {
    ObjectTypeDefinition: { enter },
    InterfaceTypeDefinition: { enter },
    UnionTypeDefinition: { enter },
    EnumTypeDefinition: { enter },
    InputObjectTypeDefinition: { enter },
  };
}

/** Undefined when it names nothing that is not there. */
function withKnownNames(type: TypeDefinitionNode, names: ReadonlySet<string>) {
  const listed = type.kind === Kind.UNION_TYPE_DEFINITION ? type.types : interfacesOf(type);
  const known = listed?.filter(({ name }) => names.has(name.value));
  if (known?.length === listed?.length) return undefined;
  return type.kind === Kind.UNION_TYPE_DEFINITION
    ? { ...type, types: known }
    : { ...type, interfaces: known };
}

function interfacesOf(type: TypeDefinitionNode): readonly NamedTypeNode[] | undefined {
  return type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION
    ? type.interfaces
    : undefined;
}

function isEmpty(type: TypeDefinitionNode): boolean {
  switch (type.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
      return false;
    case Kind.UNION_TYPE_DEFINITION:
      return (type.types ?? []).length === 0;
    case Kind.ENUM_TYPE_DEFINITION:
      return (type.values ?? []).length === 0;
    default:
      return (type.fields ?? []).length === 0;
  }
}

function reachable(document: DocumentNode): DocumentNode {
  const types = new Map<string, TypeDefinitionNode>();
  for (const definition of document.definitions) {
    if (isType(definition)) types.set(definition.name.value, definition);
  }
  const reached = new Set<string>();
  const pending = roots.filter((name) => types.has(name));
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const type = types.get(name);
    if (type === undefined || reached.has(name)) continue;
    reached.add(name);
    pending.push(...namesIn(type));
    if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const one of types.values()) {
      if (namesOf(interfacesOf(one)).includes(name)) pending.push(one.name.value);
    }
  }
  const definitions = document.definitions.filter(
    (definition) => !isType(definition) || reached.has(definition.name.value),
  );
  return definitions.length === document.definitions.length
    ? document
    : { ...document, definitions };
}

function namesIn(type: TypeDefinitionNode): string[] {
  switch (type.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
      return [];
    case Kind.UNION_TYPE_DEFINITION:
      return namesOf(type.types);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (type.fields ?? []).map((field) => namedType(field.type));
    default:
      return [...namesOf(type.interfaces), ...(type.fields ?? []).flatMap(typesOfField)];
  }
}

function typesOfField(field: FieldDefinitionNode): string[] {
  return [field, ...(field.arguments ?? [])].map(({ type }) => namedType(type));
}

function namesOf(types: readonly { name: { value: string } }[] | undefined): string[] {
  return (types ?? []).map(({ name }) => name.value);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function isType(definition: DefinitionNode): definition is TypeDefinitionNode {
  return 'name' in definition && definition.kind.endsWith('TypeDefinition');
}
