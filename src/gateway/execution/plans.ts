import { QueryPlanner, type QueryPlan } from '@graphql-hive/router-query-planner';
import { GraphQLError, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphRequest } from '../graph';
import { atOnce, inPieces, type Pieces } from '../pieces';
import type { Supergraph } from '../supergraph';
import { compilePlan } from './compile-plan';
import { readSupergraphTypes, type SupergraphTypes } from './entity-keys';
import { introspectionOf } from './introspection';
import { Naming } from './naming';
import { readOperation, type Conditions, type Operation } from './operation';
import { planAround } from './plan-around';
import { plannedOperation } from './planned-operation';
import { compileProjection, type ProjectObject } from './projection';
import type { Plan } from './steps';
import type { SupergraphParts } from './supergraph-graph';

/** Told of each operation: whether it was known, and the milliseconds that planning took. */
export interface PlanReport {
  plan(outcome: 'hit' | 'miss' | 'failed', ms: number): void;
}

/** An operation under the conditions of a request, ready to run. */
export interface Planned extends Plan {
  rootType: string;
  introspection: DocumentNode | null;
  project: ProjectObject;
  /** The planner's plan, for developers to look at. */
  shown: unknown;
}

interface Planning {
  planner: QueryPlanner;
  types: SupergraphTypes;
  naming: Naming;
}

/** A subscription's events are read by the plan that opened it, whatever share a field has reached. */
const drawnForSubscriptions = 50;

/** By composed SDL: a planner takes a while to make, and the contracts of a graph share theirs. */
const plannings = new LRUCache<string, Planning>({ max: 2 });

/**
 * The plans of operations, remembered by what was sent. There is one for each combination of what
 * @skip and @include ask for, so that what is left out is never planned with what is not.
 */
export class Plans {
  private readonly planning: Planning;
  private readonly operations: LRUCache<string, Operation>;
  private readonly planned: LRUCache<string, Planned>;

  constructor(private readonly parts: SupergraphParts) {
    const { limits, supergraph } = parts;
    this.planning = planningOf(supergraph);
    this.operations = remembered(limits);
    this.planned = remembered(limits);
  }

  get types(): SupergraphTypes {
    return this.planning.types;
  }

  /** How many plans are remembered. */
  get size(): number {
    return this.planned.size;
  }

  /** The operation of a request; null when its document has none of the name. */
  operation({ source, document, operationName }: GraphRequest): Operation | null {
    const key = `${operationName ?? ''}\0${source}`;
    const known = this.operations.get(key);
    if (known !== undefined) return known;
    const operation = readOperation(document, operationName);
    if (operation !== null) this.operations.set(key, operation);
    return operation;
  }

  /** The plan of an operation under a request's variables, or the error that there can be none. */
  plan(
    request: GraphRequest,
    operation: Operation,
    variables: Readonly<Record<string, unknown>>,
  ): Planned | GraphQLError {
    const { report } = this.parts;
    const conditions = conditionsOf(operation, variables);
    const drawn = this.drawn(operation);
    const moved = this.planning.planner.overridePercentages.filter((share) => drawn < share).length;
    const held = operation.conditions.map((name) => (conditions[name] === true ? '1' : '0'));
    const { operationName = '', source } = request;
    const key = `${operationName}\0${held.join('')}\0${moved}\0${source}`;
    const known = this.planned.get(key);
    if (known !== undefined) {
      report?.plan('hit', 0);
      return known;
    }
    const started = performance.now();
    try {
      const planned = this.make(operation, conditions, drawn);
      this.planned.set(key, planned);
      report?.plan('miss', performance.now() - started);
      return planned;
    } catch (error) {
      report?.plan('failed', performance.now() - started);
      return refusal(error, request);
    }
  }

  private drawn(operation: Operation): number {
    if (this.planning.planner.overridePercentages.length === 0) return 0;
    if (operation.definition.operation === 'subscription') return drawnForSubscriptions;
    return (this.parts.draw ?? (() => Math.random() * 100))();
  }

  private make(operation: Operation, conditions: Conditions, drawn: number): Planned {
    const { planner, types, naming } = this.planning;
    const { subgraphs, supergraph } = this.parts;
    const kind = operation.definition.operation;
    const rootType = supergraph.schema.getRootType(kind)?.name ?? '';
    const text = plannedOperation(operation, conditions, naming, rootType);
    const plan: QueryPlan =
      text === null
        ? { kind: 'QueryPlan' }
        : planAround(text, types, (some) => planner.plan(some, null, new Set(), drawn));
    const compiled = compilePlan(plan.node, { types, naming, subgraphs, kind });
    const parts = { schema: supergraph.schema, operation, conditions, naming };
    return {
      ...compiled,
      rootType,
      introspection: introspectionOf(operation),
      project: compileProjection(parts, compiled.owner),
      shown: shownPlan(plan),
    };
  }
}

/** Bounded by text as well: a document of few tokens may be as long as a body. */
function remembered<Value extends object>({ plans, planText }: SupergraphParts['limits']) {
  return new LRUCache<string, Value>({
    max: plans,
    maxSize: planText,
    sizeCalculation: (_, key) => key.length,
  });
}

/** Makes in pieces what plans of a supergraph share; otherwise its first graph makes it at once. */
export async function preparePlanning({ sdl }: Supergraph): Promise<void> {
  if (!plannings.has(sdl)) plannings.set(sdl, await inPieces(makePlanning(sdl)));
}

function planningOf({ sdl }: Supergraph): Planning {
  const planning = plannings.get(sdl) ?? atOnce(makePlanning(sdl));
  plannings.set(sdl, planning);
  return planning;
}

function* makePlanning(sdl: string): Pieces<Planning> {
  const types = readSupergraphTypes(sdl);
  yield;
  const planner = new QueryPlanner(sdl);
  yield;
  return { planner, types, naming: new Naming(types.schema) };
}

function conditionsOf(
  operation: Operation,
  variables: Readonly<Record<string, unknown>>,
): Conditions {
  return Object.fromEntries(operation.conditions.map((name) => [name, variables[name] === true]));
}

/** What the planner says of an operation may quote it, and is for developers only. */
function refusal(error: unknown, { context }: GraphRequest): GraphQLError {
  const cause = context.config.developerTools ? error : undefined;
  const text = 'The operation cannot be planned';
  const said = cause instanceof Error ? `${text}: ${cause.message}` : text;
  return new GraphQLError(text, { originalError: new Error(said) });
}

function shownPlan(plan: QueryPlan): unknown {
  const text = JSON.stringify(plan, (key, value: unknown) =>
    key === 'customScalarPaths' ? undefined : value,
  );
  return JSON.parse(text) as unknown;
}
