import type { SupergraphTypes } from './entity-keys';
import { Failure, isData, type Data } from './failure';
import type { Shape, ShapeField } from './shape';

/** A copy of what was asked for in a value of an answer; whatever else came is left behind. */
export function take(value: unknown, shape: Shape | null): unknown {
  if (value == null || shape === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => take(item, shape));
  if (!isData(value)) return value;
  const copy: Data = {};
  for (const [name, { below }] of shape) {
    const part = value[name];
    if (part !== undefined) copy[name] = below === null ? part : take(part, below);
  }
  return copy;
}

/**
 * Adds what another fetch brought. Objects and lists grow together; a value displaces a failure and
 * nothing, never the other way round.
 */
export function merge(target: Data, added: Data): void {
  for (const name of Object.keys(added)) target[name] = joined(target[name], added[name]);
}

function joined(known: unknown, added: unknown): unknown {
  if (known == null) return added ?? null;
  if (added == null || added instanceof Failure) return known;
  if (known instanceof Failure) return added;
  if (Array.isArray(known) && Array.isArray(added) && known.length === added.length) {
    return known.map((item: unknown, index) => joined(item, added[index]));
  }
  if (!isData(known) || !isData(added)) return added;
  merge(known, added);
  return known;
}

/**
 * What a fetch would have brought for an object of a type, with a failure or null in each place. An
 * object whose concrete type the fetch was to tell has none then either.
 */
export function blank(
  shape: Shape,
  value: Failure | null,
  typeName: unknown,
  types: SupergraphTypes,
): Data {
  const data: Data = {};
  for (const [name, { types: asked }] of shape) {
    if (name === '__typename') {
      if (typeof typeName !== 'string' || types.matching(typeName).size > 1) data[name] = value;
    } else if (asked === null || typeof typeName !== 'string' || asked.has(typeName)) {
      data[name] = value;
    }
  }
  return data;
}

/** Adds what `blank` made. */
export function mergeBlank(target: Data, added: Data): void {
  merge(target, added);
  if (added['__typename'] !== undefined) target['__typename'] = added['__typename'];
}

/**
 * Puts a failure where the path of an error leads in the data, or where they end before that because
 * of it. False when something is there, or the path leads nowhere.
 */
export function placeFailure(
  data: Data,
  shape: Shape,
  path: readonly (string | number)[],
  error: Error,
): boolean {
  let place: Data | unknown[] = data;
  let asked: Shape | null = shape;
  for (const [depth, key] of path.entries()) {
    const inList: boolean = Array.isArray(place);
    if (inList !== (typeof key === 'number')) return false;
    const field: ShapeField | undefined = inList ? undefined : asked?.get(String(key));
    if (!inList && field === undefined) return false;
    if (field !== undefined) asked = field.below;
    const holder = place as Record<string | number, unknown>;
    const value = holder[key];
    if (value == null) {
      if (inList && Number(key) >= (place as unknown[]).length) return false;
      holder[key] = new Failure(error, path.slice(depth + 1));
      return true;
    }
    if (!Array.isArray(value) && (!isData(value) || value instanceof Failure)) {
      return value instanceof Failure;
    }
    place = value;
  }
  return false;
}

/** Says of all that came back as nothing that it did because of an error; false when nothing did. */
export function markNulls(data: Data, error: Error): boolean {
  const names = Object.keys(data).filter((name) => data[name] === null);
  for (const name of names) data[name] = new Failure(error);
  return names.length > 0;
}
