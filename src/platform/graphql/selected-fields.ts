import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';

const remembered = new WeakMap<readonly FieldNode[], Map<string, readonly FieldNode[]>>();

/**
 * The arguments a field directly beneath the one being resolved is asked with, once for each time it is
 * selected: for a resolver that can begin with what will be asked of its value anyway. What a directive
 * may leave out is not among them. Throws what reading the arguments throws.
 */
export function argumentsBeneath(
  info: GraphQLResolveInfo,
  name: string,
): Record<string, unknown>[] {
  const type = getNamedType(info.returnType);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (field === undefined) return [];
  return fieldsBeneath(info, name).map((node) =>
    getArgumentValues(field, node, info.variableValues),
  );
}

function fieldsBeneath(info: GraphQLResolveInfo, name: string): readonly FieldNode[] {
  const ofNodes = remembered.get(info.fieldNodes) ?? new Map<string, readonly FieldNode[]>();
  remembered.set(info.fieldNodes, ofNodes);
  const known = ofNodes.get(name);
  if (known !== undefined) return known;
  const found = info.fieldNodes.flatMap(({ selectionSet }) => within(selectionSet, info, name));
  ofNodes.set(name, found);
  return found;
}

function within(
  selectionSet: SelectionSetNode | undefined,
  info: GraphQLResolveInfo,
  name: string,
): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.directives !== undefined && selection.directives.length > 0) return [];
    if (selection.kind === Kind.FIELD) return selection.name.value === name ? [selection] : [];
    if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet, info, name);
    return within(info.fragments[selection.name.value]?.selectionSet, info, name);
  });
}
