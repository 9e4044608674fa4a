import { Field, Int, ObjectType } from 'type-graphql';
import { Measure, type MeasureWindow } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';

@ObjectType({
  simpleResolvers: true,
  implements: Measure,
  description:
    "What a customer has ordered from a brand in all. Money is in the brand's currency; orders in others " +
    'are only counted.',
})
export class PurchaseTotals extends Measure {
  declare asOf: Date;
  declare window: MeasureWindow;
  declare modelVersion: string;

  @Field(() => Int, { description: "Orders in the brand's currency." })
  orders!: number;

  @Field(() => Int, { description: 'Orders in other currencies, which the money here leaves out.' })
  otherCurrencyOrders!: number;

  @Field(() => MonetaryAmount, { description: 'What they cost, before refunds.' })
  gross!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What was paid back of it.' })
  refunded!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What is left of it.' })
  net!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What an order cost on average after refunds, rounded; null without an order.',
  })
  average!: MonetaryAmount | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the earliest was ordered; null for none.',
  })
  firstAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the latest was ordered; null for none.' })
  lastAt!: Date | null;
}
