import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import type { KeyFields, SupergraphTypes } from './entity-keys';
import { Failure, isData, type Data } from './failure';
import type { Rewrite } from './rewrites';

/** What is sent for an object; null when the subgraph cannot know it, a failure when a part of it was lost. */
export type Represent = (object: Data) => Data | Failure | null;

export interface Requirements {
  subgraph: string;
  requires: readonly RequiresSelection[];
  rewrite: Rewrite | undefined;
  types: SupergraphTypes;
  /** The failure of a part that never came. */
  missing: (name: string) => Failure;
}

/** Compiles what a subgraph needs to find an object, and to compute from it. */
export function compileRepresentation(needs: Requirements): Represent {
  const { requires, rewrite, types, subgraph } = needs;
  return (object) => {
    const typeName = object['__typename'];
    if (typeName instanceof Failure) return typeName;
    if (typeName === null) return null;
    if (typeof typeName !== 'string') return needs.missing('__typename');
    const representation: Data = {};
    copyEntity(object, representation, requires, needs);
    if (representation['__typename'] === undefined) return null;
    rewrite?.(representation);
    const sentAs = representation['__typename'] as string;
    const keys = types.keysOf(sentAs, subgraph);
    const lost = Object.entries(representation).filter(isLost);
    const found = keys.some((key) => holds(representation, key));
    if (!found && lost[0] !== undefined) return lost[0][1];
    // Without the key nobody can be found; without the rest, only what is computed from it is lost.
    for (const [name] of lost) representation[name] = null;
    return keys.length === 0 || found ? representation : null;
  };
}

function isLost(entry: [string, unknown]): entry is [string, Failure] {
  return entry[1] instanceof Failure;
}

/** Copies what is required of an entity, with the failures in it. */
function copyEntity(
  from: Data,
  to: Data,
  selections: readonly RequiresSelection[],
  needs: Requirements,
): void {
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const own = from['__typename'];
      const matching = needs.types.matching(selection.typeCondition);
      if (typeof own === 'string' && !matching.has(own)) continue;
      copyEntity(from, to, selection.selections, needs);
    } else if (selection.kind === 'Field') {
      const failure = copySelected(from, to, [selection], needs);
      if (failure !== null) to[selection.alias ?? selection.name] = failure;
    }
  }
}

/** Copies what is required; answers the failure it meets. */
function copySelected(
  from: Data,
  to: Data,
  selections: readonly RequiresSelection[],
  needs: Requirements,
): Failure | null {
  for (const selection of selections) {
    if (selection.kind === 'FragmentSpread') continue;
    if (selection.kind === 'InlineFragment') {
      const own = from['__typename'];
      const matching = needs.types.matching(selection.typeCondition);
      if (typeof own === 'string' && !matching.has(own)) continue;
      const failure = copySelected(from, to, selection.selections, needs);
      if (failure !== null) return failure;
      continue;
    }
    const value = from[selection.name];
    const copied =
      value === undefined
        ? needs.missing(selection.name)
        : copyValue(value, selection.selections ?? [], needs);
    if (copied instanceof Failure) return copied;
    to[selection.alias ?? selection.name] = copied;
  }
  return null;
}

function copyValue(
  value: unknown,
  selections: readonly RequiresSelection[],
  needs: Requirements,
): unknown {
  if (value instanceof Failure || value == null || selections.length === 0) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => copyValue(item, selections, needs));
    return items.find((item) => item instanceof Failure) ?? items;
  }
  if (!isData(value)) return value;
  const copy: Data = {};
  return copySelected(value, copy, selections, needs) ?? copy;
}

/** Whether every field of a key is there. */
function holds(value: unknown, key: KeyFields): boolean {
  if (value == null || value instanceof Failure) return false;
  if (Array.isArray(value)) return value.every((item) => holds(item, key));
  const names = Object.keys(key);
  return (
    names.length === 0 ||
    (isData(value) && names.every((name) => holds(value[name], key[name] ?? {})))
  );
}
