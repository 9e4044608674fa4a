import { Kind, valueFromASTUntyped, type DocumentNode } from 'graphql';
import { usagesOf, type Usage } from './usages';

/** A change and what it means for those who use the graph. */
export interface SchemaChange {
  severity: 'breaking' | 'dangerous' | 'safe';
  /** Coordinate of what changed; empty for the schema itself. */
  path: string;
  message: string;
}

/** Losing one of these breaks a router, a partner or a contract; gaining one breaks nobody. */
const relied: Record<string, string> = {
  key: 'routers find the entity by it',
  shareable: 'partners who answer it as well no longer compose',
};

/** Gaining one of these takes something from somebody. */
const restricting: Record<string, string> = {
  inaccessible: 'clients lose it',
  oneOf: 'inputs with several fields are refused',
};

/** Who passes: lists of which one must be held whole. */
const guards: Record<string, string> = { requiresScopes: 'scopes', policy: 'policies' };

/**
 * What changed in the directives of federation on what both schemas have. To a differ of GraphQL these are
 * decoration; to routers, partners and contracts they are the contract.
 */
export function federationChanges(before: DocumentNode, after: DocumentNode): SchemaChange[] {
  const [old, now] = [usagesOf(before), usagesOf(after)];
  const known = new Set(
    [...old.values()]
      .flat()
      .filter(isTag)
      .map(({ args }) => args),
  );
  return [...old].flatMap(([path, had]) => {
    const has = now.get(path);
    if (has === undefined) return [];
    return [...moved(path, had, has, known), ...guarded(path, had, has)];
  });
}

/** Directives that somebody relies on and that are gone, or that restrict and are new. */
function moved(
  path: string,
  had: readonly Usage[],
  has: readonly Usage[],
  knownTags: ReadonlySet<string>,
): SchemaChange[] {
  const breaking = (verb: string, { name, args }: Usage, why: string): SchemaChange => {
    return { severity: 'breaking', path, message: `@${name}${args} was ${verb}: ${why}` };
  };
  const gone = had.filter((one) => !has.some((other) => same(one, other)));
  const fresh = has.filter((one) => !had.some((other) => same(one, other)));
  return [
    ...gone.flatMap((one) => {
      const why = isTag(one) ? 'contracts choose by it' : relied[one.name];
      return why === undefined ? [] : [breaking('removed', one, why)];
    }),
    ...fresh.flatMap((one) => {
      const hides = isTag(one) && knownTags.has(one.args);
      const why = hides ? 'contracts that leave it out lose this' : restricting[one.name];
      return why === undefined ? [] : [breaking('added', one, why)];
    }),
  ];
}

/** Changes of who may ask. An open door is as much a broken promise as a closed one. */
function guarded(path: string, had: readonly Usage[], has: readonly Usage[]): SchemaChange[] {
  const find = (usages: readonly Usage[], name: string) => usages.find((one) => one.name === name);
  const say = (severity: SchemaChange['severity'], message: string) => ({
    severity,
    path,
    message,
  });
  return ['authenticated', ...Object.keys(guards)].flatMap((name) => {
    const [old, now] = [find(had, name), find(has, name)];
    if (old === undefined && now === undefined) return [];
    if (now === undefined) return say('breaking', `@${name} was removed: everybody may ask`);
    if (old === undefined) return say('breaking', `@${name} was added: some may no longer ask`);
    if (name === 'authenticated' || same(old, now)) return [];
    const [passed, pass] = [alternatives(old), alternatives(now)];
    const lost = passed.filter((list) => !pass.some((other) => isSubset(other, list)));
    if (lost.length > 0) {
      const lists = lost.map((list) => `[${list.join(', ')}]`).join(' or ');
      return say('breaking', `@${name} no longer lets pass who holds ${lists}`);
    }
    return say('dangerous', `@${name} lets more callers pass: ${now.args}`);
  });
}

function alternatives({ name, node }: Usage): string[][] {
  const argument = node.arguments?.find((one) => one.name.value === guards[name]);
  if (argument?.value.kind !== Kind.LIST) return [];
  return valueFromASTUntyped(argument.value) as string[][];
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  return some.every((one) => all.includes(one));
}

function same(one: Usage, other: Usage): boolean {
  return one.name === other.name && one.args === other.args;
}

function isTag({ name }: Usage): boolean {
  return name === 'tag';
}
