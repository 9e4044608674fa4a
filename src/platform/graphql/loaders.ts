import canonicalize from 'canonicalize';
import DataLoader from 'dataloader';
import type { Context } from './context';

/** Keys in one statement at most; a larger load becomes several statements. */
const maxBatchSize = 1000;

type AnyLoader = DataLoader<never, unknown>;

/** Every loader of a request, so that all can be forgotten at once. */
const loadersOf = new WeakMap<Context, Map<object, Map<string, AnyLoader>>>();

function loaderOf<Loader extends AnyLoader>(
  context: Context,
  definition: object,
  variant: string,
  create: () => Loader,
): Loader {
  let definitions = loadersOf.get(context);
  if (definitions === undefined) loadersOf.set(context, (definitions = new Map()));
  let variants = definitions.get(definition);
  if (variants === undefined) definitions.set(definition, (variants = new Map()));
  let loader = variants.get(variant) as Loader | undefined;
  if (loader === undefined) variants.set(variant, (loader = create()));
  return loader;
}

/**
 * Drops what a request has loaded so far. To be called with `context.reads.refresh()`, for a mutation
 * that must see what it has just written. Ask the definition for its loader anew each time: one kept
 * in a variable still answers what it has cached.
 */
export function forgetLoaded(context: Context): void {
  loadersOf.delete(context);
}

/**
 * Declares a loader that turns many keys into one statement. `batch` answers one value (or one Error)
 * a key, in the order of the keys. Keys that are objects need `keyText`, which tells equal ones.
 */
export function defineLoader<Key, Value>(
  batch: (context: Context, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
  keyText?: (key: Key) => string,
): (context: Context) => DataLoader<Key, Value, unknown> {
  const create = (context: Context) =>
    new DataLoader<Key, Value, unknown>((keys) => batch(context, keys), {
      maxBatchSize,
      ...(keyText === undefined ? {} : { cacheKeyFn: keyText }),
    });
  return (context) => loaderOf(context, batch, '', () => create(context));
}

/**
 * Declares a loader of lists, or of anything that also depends on arguments: all ids asked for with
 * equal arguments (a page, a filter; plain data) share one statement.
 */
export function defineListLoader<Args, Value>(
  batch: (
    context: Context,
    ids: readonly string[],
    args: Args,
  ) => Promise<readonly (Value | Error)[]>,
): (context: Context, args: Args) => DataLoader<string, Value> {
  const create = (context: Context, args: Args) =>
    new DataLoader<string, Value>((ids) => batch(context, ids, args), { maxBatchSize });
  return (context, args) =>
    loaderOf(context, batch, canonicalize(args) ?? '', () => create(context, args));
}
