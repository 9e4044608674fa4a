import { Field, ObjectType } from 'type-graphql';
import { MonetaryAmount } from '../platform/graphql/money.type';

@ObjectType({ simpleResolvers: true, description: 'Money paid back for an order.' })
export class PurchaseRefund {
  @Field(() => MonetaryAmount, { description: 'How much.' })
  amount!: MonetaryAmount;

  @Field(() => String, { nullable: true, description: 'Why; null when the brand did not say.' })
  reason!: string | null;

  @Field(() => Date, { description: 'When it was paid back, as the brand says.' })
  refundedAt!: Date;
}
