import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import type { KeyFields, SupergraphTypes } from './entity-keys';
import { Failure, isData, type Data } from './failure';
import type { Shape } from './shape';

/** The fields of an entity that cannot be computed for an object, each with what was lost before. */
export type LossesOf = (object: Data) => readonly (readonly [name: string, failure: Failure])[];

/**
 * Finds fields of a fetch whose `@requires` could not be had. Their subgraph got null for what was lost:
 * what it makes of that is no answer. Null when nothing in the fetch is computed from other fields.
 */
export function compileLosses(
  shape: Shape,
  subgraph: string,
  types: SupergraphTypes,
  requires: readonly RequiresSelection[],
): LossesOf | null {
  const renamed = renamedFields(requires);
  const computed = [...shape].flatMap(([name, { field, types: only }]) => {
    const of = (typeName: string) => types.requiredFor(typeName, field, subgraph);
    return only !== null && ![...only].some((one) => of(one) !== undefined) ? [] : [{ name, of }];
  });
  if (computed.length === 0) return null;
  return (object) =>
    computed.flatMap(({ name, of }) => {
      const typeName = object['__typename'];
      const required = typeof typeName === 'string' ? of(typeName) : undefined;
      const failure = required === undefined ? null : lostOf(object, required, renamed);
      return failure === null ? [] : [[name, failure] as const];
    });
}

/** Which names in the data hold a required field that is not there under its own. */
function renamedFields(requires: readonly RequiresSelection[]): Map<string, string[]> {
  const renamed = new Map<string, string[]>();
  for (const selection of requires) {
    if (selection.kind === 'InlineFragment') {
      for (const [field, names] of renamedFields(selection.selections)) {
        renamed.set(field, [...(renamed.get(field) ?? []), ...names]);
      }
    } else if (selection.kind === 'Field' && selection.alias !== undefined) {
      renamed.set(selection.alias, [...(renamed.get(selection.alias) ?? []), selection.name]);
    }
  }
  return renamed;
}

function lostOf(
  object: Data,
  required: KeyFields,
  renamed: ReadonlyMap<string, readonly string[]>,
): Failure | null {
  for (const [field, below] of Object.entries(required)) {
    for (const name of renamed.get(field) ?? [field]) {
      const failure = lostIn(object[name], below);
      if (failure !== null) return failure;
    }
  }
  return null;
}

function lostIn(value: unknown, fields: KeyFields): Failure | null {
  if (value instanceof Failure) return value;
  const items: unknown[] = Array.isArray(value) ? value : [];
  for (const item of items) {
    const failure = lostIn(item, fields);
    if (failure !== null) return failure;
  }
  if (!isData(value)) return null;
  for (const [name, below] of Object.entries(fields)) {
    const failure = lostIn(value[name], below);
    if (failure !== null) return failure;
  }
  return null;
}
