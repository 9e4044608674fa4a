import type { PlanNode, QueryPlan } from '@graphql-hive/router-query-planner';
import type { SupergraphTypes } from './entity-keys';
import { Detours } from './detours';

/**
 * Plans an operation. The planner finds no way to some fields with @requires, such as one of an entity
 * that is met within another of the same subgraph. Then it plans the operation without those fields but
 * with what they need, and they are fetched by steps of their own afterwards.
 */
export function planAround(
  text: string,
  types: SupergraphTypes,
  plan: (text: string) => QueryPlan,
): QueryPlan {
  try {
    return plan(text);
  } catch (error) {
    const detours = new Detours(text, types);
    if (detours.steps.length === 0) throw error;
    const { node } = plan(detours.text);
    const nodes: PlanNode[] = [...(node === undefined ? [] : [node]), ...detours.steps];
    return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } };
  }
}
