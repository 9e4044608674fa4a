import { Field, ObjectType } from 'type-graphql';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { SpendPurpose, type SpendPurposeName } from './marketing';

@ObjectType({ simpleResolvers: true, description: 'What a plan sets aside for one purpose.' })
export class PlannedLine {
  @Field(() => SpendPurpose, { description: 'What it is for.' })
  purpose!: SpendPurposeName;

  @Field(() => MonetaryAmount, { description: 'How much, over all days of the plan.' })
  amount!: MonetaryAmount;
}

@ObjectType({ simpleResolvers: true, description: 'What a brand means to spend in some days.' })
export class BudgetPlan {
  @Field(() => String, { description: 'Its first local day, as 2026-11-01.' })
  firstDay!: string;

  @Field(() => String, { description: 'Its last local day.' })
  lastDay!: string;

  @Field(() => [PlannedLine], { description: 'What is set aside, by purpose.' })
  lines!: PlannedLine[];

  @Field(() => DateTime, { description: 'When it was made.' })
  recordedAt!: Date;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A decision to pay customers for their attention with money that was for something else.',
})
export class BudgetShift {
  @Field(() => SpendPurpose, { description: 'What the money was for.' })
  from!: SpendPurposeName;

  @Field(() => MonetaryAmount, { description: 'How much.' })
  amount!: MonetaryAmount;

  @Field(() => Mu, {
    nullable: true,
    description: 'What it buys at the brand’s price of a Mu; null while it has none.',
  })
  mu!: number | null;

  @Field(() => String, { description: 'The local day it counts on.' })
  day!: string;

  @Field(() => String, { description: 'Why, as the brand said.' })
  reason!: string;

  @Field(() => DateTime, { description: 'When it was decided.' })
  recordedAt!: Date;
}
