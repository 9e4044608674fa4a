import {
  Kind,
  executeSync,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from './operation';

/** The part of an operation that asks for the schema itself; null when none does. */
export function introspectionOf(operation: Operation): DocumentNode | null {
  const { definition, fragments } = operation;
  if (definition.operation !== 'query') return null;
  const selections = introspecting(definition.selectionSet, operation);
  if (selections.length === 0) return null;
  const selectionSet = { kind: Kind.SELECTION_SET as const, selections };
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...definition, selectionSet }, ...fragments.values()],
  };
}

/** Answers it from what clients see of the graph. */
export function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Readonly<Record<string, unknown>>,
): ExecutionResult {
  return executeSync({ schema, document, variableValues });
}

function introspecting(set: SelectionSetNode, operation: Operation): SelectionNode[] {
  return set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      return /^__(?:schema|type)$/.test(selection.name.value) ? [selection] : [];
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : operation.fragments.get(selection.name.value);
    if (fragment === undefined) return [];
    const selections = introspecting(fragment.selectionSet, operation);
    if (selections.length === 0) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        directives: selection.directives,
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
    ];
  });
}
