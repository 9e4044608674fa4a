import type DataLoader from 'dataloader';
import type { ReferenceLoader } from '../feature';
import type { IdKind } from '../ids';
import type { Context } from './context';

/** What the loader answers for the keys that are there, in their places. Throws what it fails with. */
export async function loadInPlaces<Value>(
  loader: Pick<DataLoader<string, Value | null, unknown>, 'loadMany'>,
  keys: readonly (string | null)[],
): Promise<(Value | null)[]> {
  const loaded = await loader.loadMany(keys.filter((key) => key !== null));
  const next = loaded.values();
  return keys.map((key) => {
    const value = key === null ? null : next.next().value;
    if (value instanceof Error) throw value;
    return value ?? null;
  });
}

/** Entities a router names by id, as the caller may see them; null for anything else. */
export function referencesById<Value extends object>(
  kind: IdKind,
  loader: (context: Context) => DataLoader<string, Value | null, unknown>,
): ReferenceLoader {
  return (representations, context) => {
    const keys = representations.map(({ id }) => (typeof id === 'string' ? kind.decode(id) : null));
    return loadInPlaces(loader(context), keys);
  };
}
