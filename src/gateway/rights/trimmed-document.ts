import {
  Kind,
  visit,
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { RequestError } from '../../platform/errors';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** A document of one operation, with the fragments and variables it uses and no others. */
export function documentOf(operation: OperationDefinitionNode, fragments: Fragments): DocumentNode {
  const used = new Map<string, FragmentDefinitionNode>();
  const variables = new Set<string>();
  const pending: ASTNode[] = [operation.selectionSet, ...(operation.directives ?? [])];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    visit(node, {
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || used.has(name.value)) return;
        used.set(name.value, fragment);
        pending.push(fragment);
      },
    });
  }
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    variables.has(variable.name.value),
  );
  const definition = { ...operation, ...(variableDefinitions && { variableDefinitions }) };
  return { kind: Kind.DOCUMENT, definitions: [definition, ...used.values()] };
}

/**
 * Throws RequestError OPERATION_TOO_COMPLEX for more than so many selections, fragments counted
 * wherever they are spread: what is open on some types of an interface only is written once for each.
 */
export function checkSize(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  most: number,
): void {
  const sizes = new Map<SelectionSetNode, number>();
  const sizeOf = (set: SelectionSetNode): number => {
    const known = sizes.get(set);
    if (known !== undefined) return known;
    let size = 0;
    for (const selection of set.selections) {
      const below =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? fragments.get(selection.name.value)?.selectionSet
          : selection.selectionSet;
      size += 1 + (below === undefined ? 0 : sizeOf(below));
    }
    sizes.set(set, size);
    return size;
  };
  if (sizeOf(operation.selectionSet) > most) throw new RequestError('OPERATION_TOO_COMPLEX');
}

/** A response name that the document gives nothing. */
export function unusedAlias(document: DocumentNode): string {
  const taken = new Set<string>();
  visit(document, { Field: ({ alias, name }) => void taken.add((alias ?? name).value) });
  let alias = 'typeHere';
  while (taken.has(alias)) alias += '_';
  return alias;
}
