import { Directive, Field, ObjectType } from 'type-graphql';
import { toDecimal, type MinorAmount } from '../money';

@Directive('@shareable')
@ObjectType({
  simpleResolvers: true,
  description: 'An amount of money. Money is measured here and never paid; Mu is not money.',
})
export class MonetaryAmount {
  @Field(() => String, {
    description:
      'The amount as a decimal, with all decimals of the currency, such as "29.33"; it may be below 0.',
  })
  amount!: string;

  @Field(() => String, { description: 'The currency by its ISO 4217 code, such as INR.' })
  currencyCode!: string;
}

/** An amount of minor units as clients see it. */
export function monetaryAmount(amount: MinorAmount): MonetaryAmount {
  return { amount: toDecimal(amount), currencyCode: amount.currency };
}
