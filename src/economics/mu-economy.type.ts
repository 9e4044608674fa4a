import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { OverDays } from './over-days';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What a brand’s Mu do: how many people got and spent, and what their attention costs.',
})
export class MuEconomy extends OverDays {
  @Field(() => Mu, { description: 'Mu the brand was issued in these days.' })
  purchased!: number;

  @Field(() => Mu, {
    description: 'Mu people got in these days; what was taken back is taken off.',
  })
  issued!: number;

  @Field(() => Mu, { description: 'Mu people spent in these days.' })
  burned!: number;

  @Field(() => Mu, { description: 'Mu that went with people who opted out.' })
  extinguished!: number;

  @Field(() => Mu, { description: 'Mu that decayed.' })
  decayed!: number;

  @Field(() => Mu, {
    description:
      'Mu people had at the end of these days: all that was ever issued, less what was burned, extinguished and decayed. Below 0 where people spend with the brand what others gave.',
  })
  outstanding!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Burned by issued, of the 90 days that end with these; null when none was issued.',
  })
  burnRate!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'People who ever got Mu of the brand; counted daily, null before the first time.',
  })
  wallets!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of them, those who have confirmed an address or number; counted daily.',
  })
  activated!: number | null;

  @Field(() => Float, { nullable: true, description: 'The activated part, from 0 to 1.' })
  activationRate!: number | null;

  @Field(() => Int, {
    description: 'Things people did in these days that only a person can have done.',
  })
  verified!: number;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What the Mu issued in these days cost; null while a Mu has no price.',
  })
  muCost!: MonetaryAmount | null;

  @Field(() => MonetaryAmount, { description: 'What the messages of these days cost.' })
  messageCost!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description:
      'Both by verified attention, in whole coins; null without any, or without a price.',
  })
  costPerVerifiedAttention!: MonetaryAmount | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'Mu that what is in the shop can take; null where something never runs out.',
  })
  sink!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The sink by what is outstanding; null where it has no end, or nothing is outstanding.',
  })
  sinkCoverage!: number | null;

  @Field(() => Mu, {
    nullable: true,
    description:
      'The sum of all accounts of the ledger, which is 0, when it was last proven; the platform alone sees it.',
  })
  ledgerSum!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was last proven; the platform alone sees it.',
  })
  ledgerProvenAt!: Date | null;
}
