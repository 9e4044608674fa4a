import canonicalize from 'canonicalize';
import DataLoader from 'dataloader';
import type { Context } from './context';

/** Keys in one statement at most; a larger load becomes several statements. */
const maxBatchSize = 1000;

type AnyLoader = DataLoader<never, unknown>;

/** A request's loaders, by definition and then by arguments. */
type RequestLoaders = Map<object, Map<string, AnyLoader>>;

const loadersOf = new WeakMap<Context, RequestLoaders>();

function loaderOf<Loader extends AnyLoader>(
  context: Context,
  definition: object,
  variant: string,
  create: () => Loader,
): Loader {
  const ofRequest: RequestLoaders = loadersOf.get(context) ?? new Map<object, never>();
  loadersOf.set(context, ofRequest);
  const ofDefinition = ofRequest.get(definition) ?? new Map<string, AnyLoader>();
  ofRequest.set(definition, ofDefinition);
  const loader = (ofDefinition.get(variant) as Loader | undefined) ?? create();
  ofDefinition.set(variant, loader);
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

/** Ends the request's snapshot and forgets what it loaded: what a mutation reads next is of after its write. */
export async function refreshReads(context: Context): Promise<void> {
  await context.reads.refresh();
  forgetLoaded(context);
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
