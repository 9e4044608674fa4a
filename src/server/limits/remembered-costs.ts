import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Limits } from '../../platform/limits';
import { operationCost, type OperationCost } from './operation-cost';

/** Distinct variables of one operation that matter to its cost: page sizes, mostly. */
const remembered = 32;
/** Longer variables are reckoned anew each time, rather than kept. */
const longestKey = 512;

/**
 * What operations of one schema cost, reckoned once for all requests that differ in text only: no text
 * makes an operation dearer, but numbers, conditions and the lengths of lists do. Variables that do not
 * fit are charged like others of their form; execution refuses them all the same.
 */
export class RememberedCosts {
  private readonly known = new WeakMap<OperationDefinitionNode, Map<string, OperationCost>>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
  ) {}

  /** As `operationCost`, which says what it throws and when it is null. */
  of(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Record<string, unknown> | undefined,
  ): OperationCost | null {
    const reckon = () => operationCost(this.schema, document, operation, variables, this.limits);
    const key = formOf(variables);
    if (key === null) return reckon();
    let costs = this.known.get(operation);
    if (costs === undefined) {
      costs = new Map();
      this.known.set(operation, costs);
    }
    const known = costs.get(key);
    if (known !== undefined) return known;
    const cost = reckon();
    if (costs.size >= remembered) costs.clear();
    if (cost !== null) costs.set(key, cost);
    return cost;
  }
}

/**
 * The variables without their texts; null when that is long. It stops there, so that neither a batch of
 * events nor what is nested deeper than the stack costs more than a short one.
 */
function formOf(variables: Record<string, unknown> | undefined): string | null {
  const form = new Form();
  return form.add(variables ?? {}) ? form.text : null;
}

class Form {
  text = '';

  /** False when the text has become too long; every level adds to it, which bounds the depth. */
  add(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return this.write(leafOf(value));
    if (Array.isArray(value)) {
      return this.write('[') && value.every((item) => this.add(item)) && this.write(']');
    }
    const entries = Object.entries(value);
    return (
      this.write('{') &&
      entries.every(([name, item]) => this.write(JSON.stringify(name)) && this.add(item)) &&
      this.write('}')
    );
  }

  private write(part: string): boolean {
    this.text += part;
    return this.text.length <= longestKey;
  }
}

function leafOf(value: unknown): string {
  return typeof value === 'string' ? '"",' : `${String(value)},`;
}
