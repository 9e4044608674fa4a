import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';

@Directive('@shareable')
@ObjectType({
  simpleResolvers: true,
  description: 'An amount of money. Money is measured here and never paid; Mu is not money.',
})
export class PurchaseTotal {
  @Field(() => String, {
    description: 'The amount as a decimal, with all decimals of the currency, such as "29.33".',
  })
  amount!: string;

  @Field(() => String, { description: 'The currency by its ISO 4217 code, such as INR.' })
  currencyCode!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    "A customer's purchase from a brand. Purchases are there to measure what attention leads to; they " +
    'pay no Mu.',
})
export class Purchase extends Node {
  @Field(() => String, { description: "The purchase's id in the brand's own systems." })
  externalId!: string;

  @Field(() => DateTime, { description: 'When it was ordered, as the brand says.' })
  purchasedAt!: Date;

  @Field(() => Int, { description: 'How many things were bought; at least 1.' })
  items!: number;

  @Field(() => PurchaseTotal, { description: 'What the purchase cost in all.' })
  total!: PurchaseTotal;
}

export const { Connection: PurchaseConnection } = connectionTypes(Purchase, 'Purchase');
