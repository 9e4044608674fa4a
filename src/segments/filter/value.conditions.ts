import { Field, InputType } from 'type-graphql';
import { userError } from '../../platform/errors';
import type { FilterKind } from './filter-kind';
import {
  checkMoment,
  checkMoney,
  checkNumbers,
  momentClauses,
  momentMoves,
  moneyClause,
  numberClause,
  rowMeets,
} from './ranges';
import { MomentRange, MoneyRange, NumberRange } from './ranges.input';

@InputType({ description: 'What the customer has bought; all that is given must hold.' })
export class OrdersCondition {
  @Field(() => NumberRange, { nullable: true, description: 'How many orders; 0 for none ever.' })
  count?: NumberRange | null;

  @Field(() => MoneyRange, {
    nullable: true,
    description: 'What all of them brought, less what was paid back, in the brand’s currency.',
  })
  value?: MoneyRange | null;

  @Field(() => MomentRange, { nullable: true, description: 'When the first one was made.' })
  first?: MomentRange | null;

  @Field(() => MomentRange, { nullable: true, description: 'When the last one was made.' })
  last?: MomentRange | null;
}

@InputType({ description: 'What the customer is worth to the brand; all that is given must hold.' })
export class WorthCondition {
  @Field(() => MoneyRange, {
    nullable: true,
    description: 'The customer lifetime value, in the brand’s currency.',
  })
  lifetimeValue?: MoneyRange | null;

  @Field(() => NumberRange, {
    nullable: true,
    description: 'The probability, from 0 to 1, that they are still a customer.',
  })
  alive?: NumberRange | null;
}

/** What the customer bought, as it is kept in the orders' own transaction. */
export const orders: FilterKind<OrdersCondition> = {
  facet: 'orders',
  check({ count, value, first, last }, { currency }, field) {
    if ([count, value, first, last].every((one) => one == null)) {
      return userError('INVALID_VALUE', field, 'Say something of the orders.');
    }
    return (
      checkNumbers(count, [...field, 'count']) ??
      checkMoney(value, currency, [...field, 'value']) ??
      checkMoment(first, [...field, 'first']) ??
      checkMoment(last, [...field, 'last'])
    );
  },
  parts: () => 0,
  moves: ({ first, last }) => momentMoves(first) || momentMoves(last),
  sql: ({ count, value, first, last }, scope) =>
    rowMeets('purchase_totals', [
      ...numberClause('coalesce(t.orders + t.other_currency_orders, 0)', count, scope),
      ...moneyClause('coalesce(t.gross_minor - t.refunded_minor, 0)', value, scope),
      ...momentClauses('t.first_at', first, scope),
      ...momentClauses('t.last_at', last, scope),
    ]),
};

/** What the customer is worth; somebody nobody has reckoned is worth nothing yet. */
export const worth: FilterKind<WorthCondition> = {
  facet: 'worth',
  check({ lifetimeValue, alive }, { currency }, field) {
    if (lifetimeValue == null && alive == null) {
      return userError('INVALID_VALUE', field, 'Say something of the worth.');
    }
    return (
      checkMoney(lifetimeValue, currency, [...field, 'lifetimeValue']) ??
      checkNumbers(alive, [...field, 'alive'])
    );
  },
  parts: () => 0,
  moves: () => false,
  sql: ({ lifetimeValue, alive }, scope) =>
    rowMeets('customer_worth', [
      ...moneyClause('coalesce(t.clv_minor, 0)', lifetimeValue, scope),
      ...numberClause('t.p_alive', alive, scope).map(({ sql }) => ({ sql, ofNone: false })),
    ]),
};
