import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Context } from '../platform/graphql/context';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { readWaste } from './ad-waste.loader';
import { costOfOne, moneyOf } from './figures';
import { readAttentionCost } from './mu-economy.loader';
import { OverDays } from './over-days';
import { measured, type Asked } from './period';

const model = 'attention-vs-auction-1';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What it costs to have the attention of one’s own customers, beside what it costs to buy them back.',
})
export class AttentionVsAuction extends OverDays {
  @Field(() => Int, { description: 'Things people did that only a person can have done.' })
  verified!: number;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What the Mu and the messages of these days cost; null while a Mu has no price.',
  })
  attentionCost!: MonetaryAmount | null;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'That, for one verified thing; null without any.',
  })
  costPerVerifiedAttention!: MonetaryAmount | null;

  @Field(() => Int, { description: 'Customers who were bought back.' })
  reacquisitions!: number;

  @Field(() => MonetaryAmount, { description: 'What they cost.' })
  reacquisitionCost!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What one of them cost; null when there was none.',
  })
  costPerReacquisition!: MonetaryAmount | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'How many verified things one reacquisition would have paid for; null without both.',
  })
  attentionPerReacquisition!: number | null;
}

/** Both costs of some days, side by side. */
export async function readAttentionVsAuction(
  context: Context,
  asked: Asked,
): Promise<AttentionVsAuction> {
  const [attention, waste] = await Promise.all([
    readAttentionCost(context, asked),
    readWaste(context, asked),
  ]);
  const money = moneyOf(asked.brand.currency);
  const orNull = (minor: number | null) => (minor === null ? null : money(minor));
  const { count, spend } = waste.reacquisition;
  const each = attention.each ?? 0;
  return {
    ...measured(asked, model),
    verified: attention.verified,
    attentionCost: orNull(attention.mu === null ? null : attention.mu + attention.messages),
    costPerVerifiedAttention: orNull(attention.each),
    reacquisitions: count,
    reacquisitionCost: money(spend),
    costPerReacquisition: orNull(costOfOne(spend, count)),
    attentionPerReacquisition: count > 0 && each > 0 ? spend / count / each : null,
  };
}
