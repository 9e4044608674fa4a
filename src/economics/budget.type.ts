import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import {
  MarketingRoute,
  SpendPurpose,
  type MarketingRouteName,
  type SpendPurposeName,
} from './marketing';
import { OverDays } from './over-days';

const shareText = 'from 0 to 1; null when there is none';

@ObjectType({ simpleResolvers: true, description: 'What of a purpose went by one route.' })
export class RouteSpend {
  @Field(() => MarketingRoute, { description: 'By what way it went.' })
  route!: MarketingRouteName;

  @Field(() => MonetaryAmount, { description: 'How much.' })
  spent!: MonetaryAmount;

  @Field(() => Float, { nullable: true, description: `Its part of all spend, ${shareText}.` })
  share!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What was spent for one purpose, and planned.' })
export class BudgetLine {
  @Field(() => SpendPurpose, { description: 'What it was for.' })
  purpose!: SpendPurposeName;

  @Field(() => MonetaryAmount, { description: 'What was spent.' })
  spent!: MonetaryAmount;

  @Field(() => Float, { nullable: true, description: `Its part of all spend, ${shareText}.` })
  spentShare!: number | null;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What was planned for these days; null without a plan.',
  })
  planned!: MonetaryAmount | null;

  @Field(() => MonetaryAmount, {
    description: 'What was decided since to move into it, or out of it where it is below 0.',
  })
  moved!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    description:
      'The budget after all decisions: the plan, or what was spent without one, and what was moved.',
  })
  budget!: MonetaryAmount;

  @Field(() => Float, { nullable: true, description: `Its part of all budgets, ${shareText}.` })
  budgetShare!: number | null;

  @Field(() => [RouteSpend], { description: 'What was spent, by its ways.' })
  routes!: RouteSpend[];
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'A brand’s marketing money by purpose and route, spent and planned, in its currency.',
})
export class BudgetSplit extends OverDays {
  @Field(() => [BudgetLine], { description: 'One for each purpose, also those without money.' })
  lines!: BudgetLine[];

  @Field(() => MonetaryAmount, { description: 'All that was spent.' })
  spent!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'All budgets.' })
  budget!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description: `The part of what was spent that existing customers saw (RETENTION and ATTENTION), ${shareText}.`,
  })
  existingShare!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `The part of the budgets that is for existing customers, ${shareText}.`,
  })
  existingBudgetShare!: number | null;

  @Field(() => Int, { description: 'Records in other currencies, which are only counted.' })
  otherCurrency!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'The part of all marketing spend that goes to existing customers.',
})
export class MarketingSpendRatio extends OverDays {
  @Field(() => Float, { nullable: true, description: `The ratio, ${shareText}.` })
  ratio!: number | null;

  @Field(() => MonetaryAmount, { description: 'What went to existing customers.' })
  onExisting!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What was spent in all.' })
  spent!: MonetaryAmount;

  @Field(() => Int, { description: 'Records in other currencies, which are only counted.' })
  otherCurrency!: number;
}
