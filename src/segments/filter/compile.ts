import { userError, type UserErrorShape } from '../../platform/errors';
import type { CustomerCondition } from './customer-condition.input';
import type { CheckScope, Facet, FilterKind, SqlScope } from './filter-kind';
import { attention } from './attention.condition';
import { band } from './band.condition';
import { consent, createdAt, identity } from './profile.conditions';
import { mu, streak } from './reward.conditions';
import { trait } from './trait.condition';
import { orders, worth } from './value.conditions';

const kinds = {
  trait,
  createdAt,
  identity,
  consent,
  attention,
  orders,
  worth,
  band,
  mu,
  streak,
} as const;

/** A condition of a kind that asks something itself, with what it asks. */
interface Leaf {
  kind: FilterKind<unknown>;
  name: string;
  asked: unknown;
}

function leafOf(condition: CustomerCondition): Leaf {
  for (const [name, kind] of Object.entries(kinds)) {
    const asked = condition[name as keyof typeof kinds];
    if (asked != null) return { kind: kind, name, asked };
  }
  throw new Error('a condition without a kind');
}

function partsOf({ and, or, not }: CustomerCondition): [string, CustomerCondition[]] | null {
  if (and != null) return ['and', and];
  if (or != null) return ['or', or];
  return not == null ? null : ['not', [not]];
}

/** Why the condition cannot be asked, or null; `field` names it in the input. */
export function checkCondition(
  condition: CustomerCondition,
  scope: CheckScope,
  field: string[],
): UserErrorShape | null {
  const walk = { left: scope.limits.filterParts };
  return check(condition, scope, field, { walk, depth: 1 });
}

function check(
  condition: CustomerCondition,
  scope: CheckScope,
  field: string[],
  { walk, depth }: { walk: { left: number }; depth: number },
): UserErrorShape | null {
  walk.left -= 1;
  if (walk.left < 0) return userError('LIMIT_EXCEEDED', field, 'The condition has too many parts.');
  if (depth > scope.limits.filterDepth) {
    return userError('LIMIT_EXCEEDED', field, 'The condition is nested too deeply.');
  }
  const parts = partsOf(condition);
  if (parts === null) {
    const { kind, name, asked } = leafOf(condition);
    walk.left -= kind.parts(asked);
    if (walk.left < 0) return userError('LIMIT_EXCEEDED', [...field, name]);
    return kind.check(asked, scope, [...field, name]);
  }
  const [name, list] = parts;
  const below = [...field, name];
  if (list.length === 0) return userError('INVALID_VALUE', below, 'Name at least one condition.');
  for (const one of list) {
    const wrong = check(one, scope, below, { walk, depth: depth + 1 });
    if (wrong !== null) return wrong;
  }
  return null;
}

/** The condition as SQL about the row of `relationships` called `r`; true or false, never null. */
export function conditionSql(condition: CustomerCondition, scope: SqlScope): string {
  const parts = partsOf(condition);
  if (parts === null) {
    const { kind, asked } = leafOf(condition);
    return `(${kind.sql(asked, scope)})`;
  }
  const [name, list] = parts;
  const texts = list.map((one) => conditionSql(one, scope));
  if (name === 'not') return `(NOT ${texts.join('')})`;
  return `(${texts.join(name === 'and' ? ' AND ' : ' OR ')})`;
}

function leavesOf(condition: CustomerCondition): Leaf[] {
  const parts = partsOf(condition);
  return parts === null ? [leafOf(condition)] : parts[1].flatMap(leavesOf);
}

/** What the condition asks about, each once. */
export function facetsOf(condition: CustomerCondition): Facet[] {
  return [...new Set(leavesOf(condition).map(({ kind }) => kind.facet))].sort();
}

/** Whether time alone may change who meets it. */
export function moves(condition: CustomerCondition): boolean {
  return leavesOf(condition).some(({ kind, asked }) => kind.moves(asked));
}

/** The condition as it is stored: plain JSON, without what is not given. */
export function plainCondition(condition: CustomerCondition): CustomerCondition {
  const text = JSON.stringify(condition, (_key, value: unknown) => value ?? undefined);
  return JSON.parse(text) as CustomerCondition;
}
