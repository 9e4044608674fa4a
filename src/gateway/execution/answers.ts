import type { GraphQLError } from 'graphql';
import { SubgraphError, type SubgraphAnswer } from '../subgraph';
import { blank, markNulls, merge, mergeBlank, placeFailure, take } from './data';
import { Failure, isData, type Data } from './failure';
import type { Run } from './run-plan';
import type { Asking, EntityBatch, EntityStep, FetchStep } from './steps';

/** The objects that wait for each of the representations. */
export type Targets = readonly (readonly Data[])[];

interface Placed {
  error: GraphQLError;
  /** Where in the entity it arose. */
  path: readonly (string | number)[];
}

/** Adds what came for the root. */
export function addRoot(step: FetchStep, answer: SubgraphAnswer | Failure, run: Run): void {
  const typeName = run.root['__typename'];
  if (answer instanceof Failure || answer.data === null) {
    const failure = answer instanceof Failure ? answer : lost(answer.errors, step);
    mergeBlank(run.root, blank(step.shape, failure, typeName, run.types));
    return;
  }
  const data = take(answer.data, step.shape) as Data;
  for (const error of answer.errors) {
    if (placeFailure(data, step.shape, error.path ?? [], error)) continue;
    if (!markNulls(data, error)) run.errors.push(error);
  }
  step.rewrite?.(data, typeName);
  merge(run.root, data);
}

/** Adds what came for entities. */
export function addEntities(
  step: EntityStep,
  wanted: readonly { batch: EntityBatch; targets: Targets }[],
  answer: SubgraphAnswer,
  run: Run,
): void {
  const seen = new Set<GraphQLError>();
  for (const { batch, targets } of wanted) {
    const entities: unknown = answer.data?.[batch.alias];
    const errors = answer.errors.filter(({ path }) => path?.[0] === batch.alias);
    const ofAll = answer.errors.filter((error) => !wanted.some((one) => isOf(one.batch, error)));
    if (!Array.isArray(entities) || entities.length !== targets.length) {
      const [error] = [...errors, ...ofAll, ...answer.errors];
      for (const one of answer.errors) seen.add(one);
      const failure = new Failure(error ?? new SubgraphError(step.subgraph.name, 'entities'));
      addFailure(batch, targets.flat(), failure, run);
      continue;
    }
    const { byIndex, others } = sorted(errors, targets.length);
    for (const [index, objects] of targets.entries()) {
      const reported = { placed: byIndex.get(index) ?? [], others: [...others, ...ofAll] };
      for (const object of objects) {
        const entity: unknown = entities[index];
        for (const error of addEntity(batch, object, entity, reported, step, run)) seen.add(error);
      }
    }
  }
  run.errors.push(...answer.errors.filter((error) => !seen.has(error)));
}

/** Puts a failure, or null, where a batch would have brought something for objects. */
export function addFailure(
  batch: EntityBatch,
  objects: readonly Data[],
  failure: Failure | null,
  run: Run,
): void {
  for (const object of objects) {
    const typeName = object['__typename'];
    const data = blank(batch.shape, failure, typeName, run.types);
    batch.rewrite?.(data, typeName);
    mergeBlank(object, data);
  }
}

/** Adds one entity to one object, and answers the errors that found a place in it. */
function addEntity(
  batch: EntityBatch,
  object: Data,
  entity: unknown,
  reported: { placed: readonly Placed[]; others: readonly GraphQLError[] },
  step: Asking,
  run: Run,
): GraphQLError[] {
  const { placed, others } = reported;
  if (!isData(entity)) {
    const [first] = placed;
    const error = first?.error ?? others[0];
    const path = first?.path ?? [];
    const lie = entity === null ? null : new SubgraphError(step.subgraph.name, 'entity');
    const cause = error ?? lie;
    const failure = cause === null ? null : new Failure(cause, path, path.length > 0);
    addFailure(batch, [object], failure, run);
    return [...placed.map((one) => one.error), ...(error === undefined ? [] : [error])];
  }
  const data = take(entity, batch.shape) as Data;
  const found = placed.filter(
    ({ error, path }) => placeFailure(data, batch.shape, path, error) || markNulls(data, error),
  );
  const marked = others.filter((error) => markNulls(data, error));
  for (const [name, failure] of batch.losses?.(object) ?? []) data[name] = failure;
  batch.rewrite?.(data, object['__typename']);
  merge(object, data);
  return [...found.map(({ error }) => error), ...marked];
}

function isOf(batch: EntityBatch, error: GraphQLError): boolean {
  return error.path?.[0] === batch.alias;
}

/** Errors of a list of entities by the entity they arose in. */
function sorted(errors: readonly GraphQLError[], count: number) {
  const byIndex = new Map<number, Placed[]>();
  const others: GraphQLError[] = [];
  for (const error of errors) {
    const [, index, ...path] = error.path ?? [];
    if (typeof index !== 'number' || index >= count) others.push(error);
    else byIndex.set(index, [...(byIndex.get(index) ?? []), { error, path }]);
  }
  return { byIndex, others };
}

/** All of the root is lost with what could not be null. */
function lost(errors: readonly GraphQLError[], step: Asking): Failure {
  const [error] = errors;
  if (error === undefined) return new Failure(new SubgraphError(step.subgraph.name, 'no-data'));
  const path = error.path ?? [];
  return new Failure(error, path, path.length > 0);
}
