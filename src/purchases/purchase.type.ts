import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import {
  OrderBucket,
  OrderDriver,
  OrderSurface,
  type OrderBucketName,
  type OrderDriverName,
  type OrderSurfaceName,
} from './order-source';

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
    "What is kept of a customer's order with a brand. Purchases are there to measure what attention leads to; they " +
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

  @Field(() => MonetaryAmount, { description: 'What has been paid back of it.' })
  refunded!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What is left of the total after refunds.' })
  net!: MonetaryAmount;

  @Field(() => OrderSurface, { description: 'Where it was made.' })
  surface!: OrderSurfaceName;

  @Field(() => OrderDriver, {
    nullable: true,
    description: 'What led to it; null when the brand did not say.',
  })
  driver!: OrderDriverName | null;

  @Field(() => String, { nullable: true, description: 'The campaign it is put down to.' })
  campaign!: string | null;

  @Field(() => OrderBucket, {
    description:
      "Where it was made, what led to it, and whether it is the customer's first with the brand. The " +
      'earliest order is the first, so a late one may take the place of another.',
  })
  bucket!: OrderBucketName;
}

export const { Connection: PurchaseConnection } = connectionTypes(Purchase, 'Purchase');
