import { GraphQLError, getVariableValues, type ExecutionResult } from 'graphql';
import type { Limits } from '../../platform/limits';
import type { Graph, GraphRequest } from '../graph';
import type { Subgraph } from '../subgraph';
import type { Supergraph } from '../supergraph';
import { addRoot } from './answers';
import { Failure } from './failure';
import { introspect } from './introspection';
import { Plans, type PlanReport, type Planned } from './plans';
import type { Projecting } from './projection';
import { runStep, variablesOf, type Run } from './run-plan';
import type { FetchStep } from './steps';

export interface SupergraphParts {
  supergraph: Supergraph;
  /** Our own subgraph and the partners', by name. */
  subgraphs: ReadonlyMap<string, Subgraph>;
  limits: Pick<Limits, 'plans' | 'planText' | 'errorsReturned'>;
  report?: PlanReport;
  /** A number from 0 to 100 for each operation, for fields that move in per cent of them. */
  draw?: () => number;
}

/** A graph that remembers plans. */
export interface PlannedGraph extends Graph {
  /** How many it remembers now. */
  readonly plansRemembered: number;
}

/** One graph over many subgraphs: plans each operation, runs the plan and answers what was asked. */
export function createSupergraphGraph(parts: SupergraphParts): PlannedGraph {
  return new SupergraphGraph(parts);
}

class SupergraphGraph implements PlannedGraph {
  readonly schema;
  private readonly plans: Plans;

  constructor(private readonly parts: SupergraphParts) {
    this.schema = parts.supergraph.schema;
    this.plans = new Plans(parts);
  }

  get plansRemembered(): number {
    return this.plans.size;
  }

  async execute(request: GraphRequest): Promise<ExecutionResult> {
    const prepared = this.prepare(request);
    if ('errors' in prepared) return prepared;
    const { planned, run } = prepared;
    if (planned.step !== null) await runStep(planned.step, run);
    return this.project(request, planned, run);
  }

  async listen(request: GraphRequest): Promise<AsyncIterable<unknown> | ExecutionResult> {
    const prepared = this.prepare(request);
    if ('errors' in prepared) return prepared;
    const { planned, run } = prepared;
    const primary = primaryOf(planned);
    try {
      return await primary.subgraph.listen(fetchOf(primary, run));
    } catch (error) {
      return { errors: [asGraphQLError(error)] };
    }
  }

  async update(request: GraphRequest, event: unknown): Promise<ExecutionResult> {
    const prepared = this.prepare(request);
    if ('errors' in prepared) return prepared;
    const { planned, run } = prepared;
    const primary = primaryOf(planned);
    try {
      addRoot(primary, await primary.subgraph.answer(fetchOf(primary, run), event), run);
    } catch (error) {
      addRoot(primary, new Failure(asError(error)), run);
    }
    if (planned.step !== null) await runStep(planned.step, run);
    return this.project(request, planned, run);
  }

  private prepare(request: GraphRequest) {
    const operation = this.plans.operation(request);
    if (operation === null) {
      return { errors: [new GraphQLError('Unknown operation named by the request.')] };
    }
    const sent = request.variables ?? {};
    const values = getVariableValues(
      this.schema,
      operation.definition.variableDefinitions ?? [],
      sent,
      { maxErrors: this.parts.limits.errorsReturned - 1 },
    );
    if (values.errors !== undefined) return { errors: values.errors };
    const { coerced } = values;
    const planned = this.plans.plan(request, operation, coerced);
    if (planned instanceof GraphQLError) return { errors: [planned] };
    const run: Run = {
      context: request.context,
      types: this.plans.types,
      sent,
      coerced,
      root: { __typename: planned.rootType },
      errors: [],
    };
    return { planned, run };
  }

  private project(request: GraphRequest, planned: Planned, run: Run): ExecutionResult {
    const introspected =
      planned.introspection === null
        ? {}
        : introspect(this.schema, planned.introspection, run.sent);
    const projecting: Projecting = {
      errors: [...(introspected.errors ?? [])],
      most: this.parts.limits.errorsReturned,
      failures: 0,
      path: [],
      introspected: introspected.data ?? {},
      places: new Set(),
    };
    const data = planned.project(run.root, projecting);
    const errors = [...projecting.errors, ...run.errors.map(asGraphQLError)];
    return {
      ...(errors.length > 0 && { errors }),
      data,
      ...(request.showsPlan === true && { extensions: { queryPlan: planned.shown } }),
    };
  }
}

function primaryOf(planned: Planned): FetchStep {
  if (planned.primary === null) throw new Error('The plan of a subscription has no beginning');
  return planned.primary;
}

function fetchOf(step: FetchStep, run: Run) {
  return { operation: step.operation, variables: variablesOf(step, run), context: run.context };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('A subgraph threw no error');
}

/** Without the place in the subgraph's answer, which tells a client nothing. */
function asGraphQLError(error: unknown): GraphQLError {
  const originalError = asError(error);
  return new GraphQLError(originalError.message, { originalError });
}
