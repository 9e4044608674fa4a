import {
  Kind,
  getOperationAST,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { fragmentsOf } from '../../platform/graphql/fragments';

/** Which of the variables that @skip and @include ask for are true. */
export type Conditions = Readonly<Record<string, boolean>>;

/** One operation of a client's document, with what it can refer to. */
export interface Operation {
  definition: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The variables that @skip and @include ask for. */
  conditions: readonly string[];
}

/** Finds the operation that a valid document is to run; null when there is none of that name. */
export function readOperation(
  document: DocumentNode,
  operationName: string | undefined,
): Operation | null {
  const definition = getOperationAST(document, operationName);
  if (definition == null) return null;
  const fragments = fragmentsOf(document);
  const conditions = new Set<string>();
  const own = new Set(definition.variableDefinitions?.map(({ variable }) => variable.name.value));
  visit(document, {
    Directive(directive) {
      const condition = conditionOf(directive);
      if (condition?.kind !== Kind.VARIABLE) return;
      if (own.has(condition.name.value)) conditions.add(condition.name.value);
    },
  });
  return { definition, fragments, conditions: [...conditions].sort() };
}

/** Whether @skip or @include leave a field or fragment out. */
export function isLeftOut(
  directives: readonly DirectiveNode[] | undefined,
  conditions: Conditions,
): boolean {
  return (directives ?? []).some((directive) => {
    const condition = conditionOf(directive);
    if (condition === undefined) return false;
    const holds =
      condition.kind === Kind.VARIABLE
        ? conditions[condition.name.value] === true
        : condition.kind === Kind.BOOLEAN && condition.value;
    return holds === (directive.name.value === 'skip');
  });
}

function conditionOf(directive: DirectiveNode) {
  if (directive.name.value !== 'skip' && directive.name.value !== 'include') return undefined;
  return directive.arguments?.find(({ name }) => name.value === 'if')?.value;
}
