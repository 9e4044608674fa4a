import type { Caller } from '../../platform/auth/caller';

/** Lists of names, of which one list must be had in full. */
export type Alternatives = readonly (readonly string[])[];

type Condition = (scopes: ReadonlySet<string>) => boolean;

/** What a caller must be to see something: known, and whatever else was said of it. */
export class Requirement {
  constructor(private readonly conditions: readonly Condition[]) {}

  allows(caller: Caller): boolean {
    if (caller.kind === 'anonymous') return false;
    if (this.conditions.length === 0) return true;
    const scopes = new Set<string>(scopesOf(caller));
    return this.conditions.every((holds) => holds(scopes));
  }

  /** Asks for both. */
  and(other: Requirement | undefined): Requirement {
    return other === undefined ? this : new Requirement([...this.conditions, ...other.conditions]);
  }
}

/** Holds for whoever has all scopes of one of the lists; no list at all lets nobody pass. */
export function hasScopes(alternatives: Alternatives): Condition {
  return (scopes) => alternatives.some((every) => every.every((scope) => scopes.has(scope)));
}

/** The same of policies. A policy that nobody has defined lets nobody pass. */
export function hasPolicies(
  alternatives: Alternatives,
  policies: ReadonlyMap<string, Alternatives>,
): Condition {
  const passes = new Map([...policies].map(([name, scopes]) => [name, hasScopes(scopes)]));
  return (scopes) =>
    alternatives.some((every) => every.every((policy) => passes.get(policy)?.(scopes) ?? false));
}

function scopesOf(caller: Caller): readonly string[] {
  if (caller.kind === 'brand') return caller.scopes;
  if (caller.kind === 'customer') return ['mu:customer'];
  return caller.kind === 'platform' ? ['mu:platform'] : [];
}
