import { Field, Float, ObjectType } from 'type-graphql';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What the model fitted on the orders of the brand foretells of a customer, over the window: a mean ' +
    'over everybody who bought as they did, not a promise about one of them.',
})
export class PredictedWorth extends Measure {
  @Field(() => Float, {
    description:
      'The chance from 0 to 1 that the customer has not stopped buying; 1 for whoever bought on one day only.',
  })
  pAlive!: number;

  @Field(() => Float, { description: 'Days with an order, on average.' })
  orders!: number;

  @Field(() => MonetaryAmount, { description: 'What is spent on such a day, on average.' })
  orderValue!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'Orders times their value.' })
  revenue!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    description: "The brand's margin of the revenue; what later years bring is discounted.",
  })
  value!: MonetaryAmount;
}
