import {
  isAbstractType,
  isCompositeType,
  getNamedType,
  Kind,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './fragments';

/**
 * How many fields the code of an operation has: a compiler writes a fragment out wherever it is spread,
 * and what is asked of an interface or a union once for each of its types, so that a short document may
 * become endless code. Counts no further than `most + 1`.
 */
export function expandedFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  most: number,
): number {
  const fragments = fragmentsOf(document);
  let count = 0;
  const walk = (type: GraphQLCompositeType, { selections }: SelectionSetNode): void => {
    if (isAbstractType(type)) {
      for (const one of schema.getPossibleTypes(type))
        walk(one, { kind: Kind.SELECTION_SET, selections });
      return;
    }
    for (const selection of selections) {
      if (count > most) return;
      if (selection.kind === Kind.FIELD) {
        count += 1;
        const field = type.getFields()[selection.name.value];
        const below = field && getNamedType(field.type);
        if (selection.selectionSet && isCompositeType(below)) walk(below, selection.selectionSet);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition =
        fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const fits =
        condition === undefined ||
        condition === type ||
        (isAbstractType(condition) && schema.isSubType(condition, type));
      if (fragment !== undefined && fits) walk(type, fragment.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(definition.operation);
    if (root != null) walk(root, definition.selectionSet);
  }
  return count;
}
