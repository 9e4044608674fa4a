import {
  Kind,
  isAbstractType,
  isObjectType,
  type FieldNode,
  type GraphQLCompositeType,
  type SelectionSetNode,
} from 'graphql';
import { isLeftOut } from './operation';
import type { ProjectionParts } from './projection';

/** The nodes that ask for one field of an answer. */
export interface SelectedField {
  name: string;
  nodes: [FieldNode, ...FieldNode[]];
}

/** The fields that selections ask of a type, in the order in which the client named them first. */
export function collectFields(
  parts: ProjectionParts,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): SelectedField[] {
  const fields = new Map<string, SelectedField>();
  const visited = new Set<string>();
  const collect = (set: SelectionSetNode) => {
    for (const selection of set.selections) {
      if (isLeftOut(selection.directives, parts.conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const field = fields.get(name);
        if (field === undefined) fields.set(name, { name, nodes: [selection] });
        else field.nodes.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (fits(parts, type, selection.typeCondition?.name.value)) collect(selection.selectionSet);
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = parts.operation.fragments.get(selection.name.value);
        if (fragment && fits(parts, type, fragment.typeCondition.name.value)) {
          collect(fragment.selectionSet);
        }
      }
    }
  };
  for (const set of sets) collect(set);
  return [...fields.values()];
}

function fits(
  { schema }: ProjectionParts,
  type: GraphQLCompositeType,
  condition: string | undefined,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const other = schema.getType(condition);
  if (!isAbstractType(other)) return false;
  return (isObjectType(type) || 'getInterfaces' in type) && schema.isSubType(other, type);
}

/** Whether selections on an abstract type can only be answered when the concrete type is known. */
export function tellsTypesApart(
  parts: ProjectionParts,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): boolean {
  return sets.some((set) =>
    set.selections.some((selection) => {
      if (isLeftOut(selection.directives, parts.conditions)) return false;
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename';
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : parts.operation.fragments.get(selection.name.value);
      if (fragment === undefined) return false;
      if (!fits(parts, type, fragment.typeCondition?.name.value)) return true;
      return tellsTypesApart(parts, type, [fragment.selectionSet]);
    }),
  );
}
