import type { FetchRewrite, KeyRenamer, ValueSetter } from '@graphql-hive/router-query-planner';
import type { SupergraphTypes } from './entity-keys';
import { isData, type Data } from './failure';

type Segment = ValueSetter['path'][number];

/** A change of an object that the planner asks for; `typeName` is used where the object does not say. */
export type Rewrite = (data: Data, typeName?: unknown) => void;

/** Turns the planner's rewrites into one; undefined when there are none. */
export function compileRewrites(
  rewrites: readonly FetchRewrite[] | undefined,
  types: SupergraphTypes,
): Rewrite | undefined {
  if (rewrites === undefined || rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => {
    if ('KeyRenamer' in rewrite) return renaming(rewrite.KeyRenamer, types);
    return setting('ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite, types);
  });
  return (data, typeName) => {
    for (const rewrite of compiled) rewrite(data, typeName);
  };
}

function setting({ path, setValueTo }: ValueSetter, types: SupergraphTypes): Rewrite {
  return (data, typeName) =>
    atEnd(data, typeName, path, types, (holder, key) => {
      holder[key] = setValueTo;
    });
}

function renaming({ path, renameKeyTo }: KeyRenamer, types: SupergraphTypes): Rewrite {
  return (data, typeName) =>
    atEnd(data, typeName, path, types, (holder, key) => {
      if (!Object.hasOwn(holder, key)) return;
      holder[renameKeyTo] = holder[key];
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the name is the planner's
      delete holder[key];
    });
}

function atEnd(
  value: unknown,
  typeName: unknown,
  path: readonly Segment[],
  types: SupergraphTypes,
  change: (holder: Data, key: string) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) atEnd(item, typeName, path, types, change);
    return;
  }
  const [segment, ...rest] = path;
  if (!isData(value) || segment === undefined) return;
  if ('TypenameEquals' in segment) {
    const own = value['__typename'] ?? typeName;
    const fits = segment.TypenameEquals.some((name) => types.matching(name).has(String(own)));
    if (fits) atEnd(value, typeName, rest, types, change);
  } else if (rest.length === 0) {
    change(value, segment.Key);
  } else {
    atEnd(value[segment.Key], undefined, rest, types, change);
  }
}
