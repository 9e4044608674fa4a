import {
  getDirectiveValues,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { RequestError } from '../../platform/errors';
import type { Sight } from './rights';

type Path = readonly (string | number)[];
type Answer = Record<string, unknown>;

/** What an operation asked for, and what of it was taken out before it ran. */
export interface TrimmedOperation {
  /** As the client sent it. */
  operation: OperationDefinitionNode;
  root: GraphQLObjectType;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  sight: Sight;
  /** Fields below whose values something was taken out. */
  touched: ReadonlySet<FieldNode>;
  /** Under which response name values tell their type. */
  mark: string;
  code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  /** How many errors are kept; a list of a partner may have a hundred thousand places. */
  most: number;
}

/**
 * Makes the answer to what was asked of the answer to what was left: null and an error at each place
 * that is not open to the caller, and nulls further up where the schema promises a value. `variables`
 * are coerced.
 */
export function restore(
  trimmed: TrimmedOperation,
  result: ExecutionResult,
  variables: Record<string, unknown>,
): ExecutionResult {
  if (result.data == null) return result;
  const restorer = new Restorer(trimmed, variables);
  const sets = [trimmed.operation.selectionSet];
  const data = restorer.object(trimmed.root, result.data, sets, []);
  if (restorer.errors.length === 0) return { ...result, data };
  return { ...result, data, errors: [...(result.errors ?? []), ...restorer.errors] };
}

class Restorer {
  readonly errors: GraphQLError[] = [];

  constructor(
    private readonly trimmed: TrimmedOperation,
    private readonly variables: Record<string, unknown>,
  ) {}

  object(
    type: GraphQLObjectType,
    value: Answer,
    sets: readonly SelectionSetNode[],
    path: Path,
  ): Answer | null {
    // A response name may be any, such as __proto__.
    const answer = Object.create(null) as Answer;
    const groups = this.collect(type, sets);
    for (const [name, nodes] of groups) {
      const field = type.getFields()[nodes[0]?.name.value ?? ''];
      if (field === undefined) {
        answer[name] = value[name];
        continue;
      }
      const at = [...path, name];
      answer[name] = this.trimmed.sight.refuses(type, field)
        ? this.refuse(nodes, at)
        : this.value(field.type, value[name], nodes, at);
      if (answer[name] == null && isNonNullType(field.type)) return null;
    }
    return answer;
  }

  private value(
    type: GraphQLOutputType,
    value: unknown,
    nodes: readonly FieldNode[],
    path: Path,
  ): unknown {
    if (value == null) return null;
    if (!nodes.some((node) => this.trimmed.touched.has(node))) return value;
    if (isNonNullType(type)) return this.value(type.ofType, value, nodes, path);
    if (isListType(type)) return this.list(type.ofType, value as unknown[], nodes, path);
    const known = value as Answer;
    const { sight, mark } = this.trimmed;
    const concrete = isAbstractType(type) ? sight.schema.getType(String(known[mark])) : type;
    if (!isObjectType(concrete) || sight.hides(concrete.name)) return this.refuse(nodes, path);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return this.object(concrete, known, sets, path);
  }

  private list(
    type: GraphQLOutputType,
    values: readonly unknown[],
    nodes: readonly FieldNode[],
    path: Path,
  ): unknown[] | null {
    const items: unknown[] = [];
    for (const [at, value] of values.entries()) {
      const item = this.value(type, value, nodes, [...path, at]);
      if (item === null && isNonNullType(type)) return null;
      items.push(item);
    }
    return items;
  }

  private refuse(nodes: readonly FieldNode[], path: Path): null {
    if (this.errors.length >= this.trimmed.most) return null;
    const originalError = new RequestError(this.trimmed.code);
    this.errors.push(new GraphQLError(originalError.message, { nodes, path, originalError }));
    return null;
  }

  /** The fields asked of an object of this type, by response name, as GraphQL collects them. */
  private collect(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
  ): Map<string, FieldNode[]> {
    const groups = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const visit = (selection: SelectionNode): void => {
      if (!this.isIncluded(selection)) return;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const group = groups.get(name);
        if (group === undefined) groups.set(name, [selection]);
        else group.push(selection);
        return;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(selection.name.value)) return;
        spread.add(selection.name.value);
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.trimmed.fragments.get(selection.name.value)
          : selection;
      if (fragment === undefined || !this.applies(fragment.typeCondition?.name.value, type)) return;
      fragment.selectionSet.selections.forEach(visit);
    };
    for (const set of sets) set.selections.forEach(visit);
    return groups;
  }

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const { schema } = this.trimmed.sight;
    const wider = schema.getType(condition);
    return isAbstractType(wider) && schema.isSubType(wider, type);
  }

  private isIncluded(selection: SelectionNode): boolean {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, this.variables);
    if (skip?.['if'] === true) return false;
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, this.variables);
    return include?.['if'] !== false;
  }
}
