import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import type { Context } from '../../platform/graphql/context';
import type { SubgraphAnswer } from '../subgraph';
import { addEntities, addFailure, addRoot, type Targets } from './answers';
import type { SupergraphTypes } from './entity-keys';
import { Failure, isData, type Data } from './failure';
import type { Asking, EntityBatch, EntityStep, FetchStep, Step } from './steps';

/** One run of a plan. */
export interface Run {
  context: Context;
  types: SupergraphTypes;
  /** The client's variables as they were sent. */
  sent: Readonly<Record<string, unknown>>;
  /** The same, coerced. */
  coerced: Readonly<Record<string, unknown>>;
  /** What has come so far. */
  root: Data;
  /** Errors that belong to no place. */
  errors: Error[];
}

/** Runs a step; nothing that a subgraph does rejects. */
export async function runStep(step: Step, run: Run): Promise<void> {
  switch (step.kind) {
    case 'sequence':
      for (const part of step.steps) await runStep(part, run);
      return;
    case 'parallel':
      await Promise.all(step.steps.map((part) => runStep(part, run)));
      return;
    case 'condition': {
      const next = run.coerced[step.variable] === true ? step.holds : step.fails;
      if (next !== null) await runStep(next, run);
      return;
    }
    case 'fetch':
      addRoot(step, await ask(step, variablesOf(step, run), run), run);
      return;
    case 'entities':
      await runEntities(step, run);
  }
}

/** The variables of a step that the client sent; defaults are in the step's operation. */
export function variablesOf(step: Asking, run: Pick<Run, 'sent'>): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const [name, clientName] of step.variables) {
    if (Object.hasOwn(run.sent, clientName)) variables[name] = run.sent[clientName];
  }
  return variables;
}

async function ask(
  step: FetchStep | EntityStep,
  variables: Record<string, unknown>,
  run: Run,
): Promise<SubgraphAnswer | Failure> {
  const { operation, subgraph } = step;
  try {
    return await subgraph.ask({ operation, variables, context: run.context });
  } catch (error) {
    return new Failure(error instanceof Error ? error : new Error('A subgraph threw no error'));
  }
}

async function runEntities(step: EntityStep, run: Run): Promise<void> {
  const variables = variablesOf(step, run);
  const wanted = step.batches.map((batch) => {
    const { representations, targets } = represented(batch, run);
    variables[batch.variable] = representations;
    return { batch, targets };
  });
  if (wanted.every(({ targets }) => targets.length === 0)) return;
  const answer = await ask(step, variables, run);
  if (answer instanceof Failure) {
    for (const { batch, targets } of wanted) addFailure(batch, targets.flat(), answer, run);
  } else {
    addEntities(step, wanted, answer, run);
  }
}

/** What is sent for the objects of a batch, each once, and the objects that wait for each answer. */
function represented(batch: EntityBatch, run: Run): { representations: Data[]; targets: Targets } {
  const representations: Data[] = [];
  const targets: Data[][] = [];
  const known = new Map<string, Data[]>();
  for (const object of batch.paths.flatMap((path) => objectsAt(run.root, path, run.types))) {
    const representation = batch.represent(object);
    if (representation === null || representation instanceof Failure) {
      addFailure(batch, [object], representation, run);
      continue;
    }
    const text = JSON.stringify(representation);
    const same = known.get(text);
    if (same !== undefined) {
      same.push(object);
      continue;
    }
    const waiting = [object];
    known.set(text, waiting);
    representations.push(representation);
    targets.push(waiting);
  }
  return { representations, targets };
}

/** The objects that a path of the planner leads to. */
function objectsAt(
  root: Data,
  path: readonly FlattenNodePathSegment[],
  types: SupergraphTypes,
): Data[] {
  let places: unknown[] = [root];
  for (const segment of path) {
    if (segment === '@') {
      // The planner writes one of these for a list of lists, too.
      places = places.flat(Infinity);
    } else if ('Field' in segment) {
      places = places.flatMap((place) => (isObject(place) ? [place[segment.Field]] : []));
    } else {
      const fitting = segment.TypeCondition.map((name) => types.matching(name));
      places = places.filter((place) => {
        const typeName = isObject(place) ? place['__typename'] : undefined;
        return typeof typeName === 'string' && fitting.some((names) => names.has(typeName));
      });
    }
  }
  return places.filter(isObject);
}

function isObject(value: unknown): value is Data {
  return isData(value) && !(value instanceof Failure);
}
