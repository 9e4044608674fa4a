import { Field, InputType } from 'type-graphql';
import type { UserErrorShape } from '../../platform/errors';
import { checkText } from '../../platform/text';
import type { CheckScope, FilterKind } from './filter-kind';
import { checkNumbers, numberClause, rowMeets } from './ranges';
import { NumberRange } from './ranges.input';

@InputType({ description: 'The longest streak the customer is on now.' })
export class StreakCondition {
  @Field(() => NumberRange, { description: 'How long it is; 0 without one.' })
  current!: NumberRange;

  @Field(() => String, {
    nullable: true,
    description: 'Only streaks of the earn rule of this name; of any when left out.',
  })
  rule?: string | null;
}

@InputType({
  description: 'The brand’s own part of the customer’s Mu: what it granted, less what was spent.',
})
export class MuCondition {
  @Field(() => NumberRange, { description: 'How much is left of it.' })
  balance!: NumberRange;
}

/** A brand knows of a wallet what it granted itself, whatever the customer has besides. */
export const mu: FilterKind<MuCondition> = {
  facet: 'mu',
  check: ({ balance }, _scope, field) => checkNumbers(balance, [...field, 'balance']),
  parts: () => 0,
  moves: () => false,
  sql: ({ balance }, scope) =>
    rowMeets('wallet_shares', numberClause('greatest(coalesce(t.balance, 0), 0)', balance, scope)),
};

function checkStreak(
  { current, rule }: StreakCondition,
  { limits }: CheckScope,
  field: string[],
): UserErrorShape | null {
  const wrong = checkNumbers(current, [...field, 'current']);
  if (wrong !== null || rule == null) return wrong;
  const name = checkText(rule, { maxBytes: limits.textBytes, field: [...field, 'rule'] });
  return name.refusal ?? null;
}

/** How long the customer has kept at it. */
export const streak: FilterKind<StreakCondition> = {
  facet: 'streak',
  check: checkStreak,
  parts: () => 0,
  moves: () => false,
  sql({ current, rule }, scope) {
    const only = rule == null ? '' : `AND s.rule_name = ${scope.value(rule, 'text')}`;
    const longest = `coalesce((SELECT max(s.current) FROM streaks s
      WHERE s.brand_id = r.brand_id AND s.customer_id = r.customer_id AND s.state = 'ALIVE' ${only}), 0)`;
    return numberClause(longest, current, scope)
      .map(({ sql }) => `(${sql})`)
      .join(' AND ');
  },
};
