import {
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** Every `Type.field` of a concrete type that an executor of the document might resolve. */
export function reached(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const found = new Set<string>();
  const done = new Set<string>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  const ids = new Map<SelectionSetNode, number>();
  const idOf = (set: SelectionSetNode) => {
    if (!ids.has(set)) ids.set(set, ids.size);
    return ids.get(set)!;
  };
  const concrete = (type: GraphQLCompositeType) =>
    isObjectType(type) ? [type] : schema.getPossibleTypes(type);

  const visit = (type: GraphQLObjectType, set: SelectionSetNode): void => {
    const key = `${type.name} ${idOf(set)}`;
    if (done.has(key)) return;
    done.add(key);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        visitField(type, selection);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : selection;
      const condition = schema.getType(fragment.typeCondition?.name.value ?? type.name);
      if (isCompositeType(condition) && concrete(condition).includes(type)) {
        visit(type, fragment.selectionSet);
      }
    }
  };
  const visitField = (type: GraphQLObjectType, node: FieldNode): void => {
    const field = type.getFields()[node.name.value];
    if (field === undefined) return;
    found.add(`${type.name}.${field.name}`);
    const below = getNamedType(field.type);
    if (!isCompositeType(below) || node.selectionSet === undefined) return;
    for (const one of concrete(below)) visit(one, node.selectionSet);
  };
  for (const one of document.definitions) {
    if (one.kind === Kind.OPERATION_DEFINITION) {
      visit(schema.getRootType(one.operation)!, one.selectionSet);
    }
  }
  return found;
}
