import type { GraphQLArgument } from 'graphql';
import { withValue } from './schema-walk';

/** What an argument excludes. */
const insteadOf: Record<string, readonly string[]> = {
  itemId: ['amount', 'description'],
  importJob: ['mapping'],
};

type Values = Record<string, unknown>;

/** Arguments without what may not stand beside a value in this place, so that it alone decides. */
export function withoutRivals(
  args: readonly GraphQLArgument[],
  values: Values,
  path: string[],
): Values {
  const rivals = (insteadOf[path.at(-1) ?? ''] ?? []).map((name) => [...path.slice(0, -1), name]);
  // An identity is one thing.
  if (path.includes('identities')) rivals.push([...path.slice(0, -1), 'externalId']);
  const steps = path.lastIndexOf('steps');
  // A step of a journey does one thing.
  if (steps >= 0) rivals.push([...path.slice(0, steps + 2), 'waitHours']);
  const alone = rivals.reduce<Values>(
    (left, rival) => withValue(args, left, rival, undefined),
    values,
  );
  if (steps < 0 || !path.includes('branch')) return alone;
  return withValue(args, alone, [...path.slice(0, steps + 2), 'branch', 'then'], 'END');
}
