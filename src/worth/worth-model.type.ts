import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../platform/graphql/described-enum';
import { Measure } from '../platform/graphql/measure.type';
import type { WorthRefusal } from './fit-worth';

/** What became of the last try to fit a brand's model. */
export type WorthFitOutcome = WorthRefusal | 'FITTED';

export const WorthFitOutcomeEnum = enumOf<WorthFitOutcome>(
  'WorthFitOutcome',
  'What became of the last try to fit a model on the orders of a brand.',
  {
    FITTED: 'The parameters were found.',
    TOO_FEW_CUSTOMERS: 'Fewer customers have ordered than a model needs.',
    TOO_FEW_REPEAT_CUSTOMERS: 'Fewer customers have come back and paid than a model needs.',
    BUYING_UNFIT:
      'No believable parameters explain when customers come back, as when all do the same.',
    SPENDING_UNFIT:
      'No believable parameters explain what customers spend, as when all spend alike.',
  },
);

@ObjectType({
  simpleResolvers: true,
  description: 'When customers buy and stop, by the BG/NBD model; times in weeks.',
})
export class BuyingParameters {
  @Field(() => Float, { description: 'How alike the rates are at which customers buy.' })
  r!: number;

  @Field(() => Float, { description: 'r divided by the mean rate, in weeks.' })
  alpha!: number;

  @Field(() => Float, { description: 'With b: how likely customers stop after a purchase.' })
  a!: number;

  @Field(() => Float, { description: 'With a: a ÷ (a + b) is the mean chance to stop.' })
  b!: number;

  @Field(() => Float, { description: 'The logarithm of how likely what happened is by them.' })
  logLikelihood!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What customers spend, by the Gamma-Gamma model; money in minor units.',
})
export class SpendingParameters {
  @Field(() => Float, { description: 'How alike the purchases of one customer are.' })
  p!: number;

  @Field(() => Float, { description: 'How alike the means of customers are.' })
  q!: number;

  @Field(() => Float, { description: 'With p and q: p × v ÷ (q − 1) is what everybody spends.' })
  v!: number;

  @Field(() => Float, { description: 'The logarithm of how likely what happened is by them.' })
  logLikelihood!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'The model fitted on the orders of a brand, and what became of the last try. A brand without a ' +
    'model is told why, and keeps the worth by rule.',
})
export class WorthModel extends Measure {
  @Field(() => WorthFitOutcomeEnum, { description: 'What became of the last try.' })
  outcome!: WorthFitOutcome;

  @Field(() => Date, { description: 'When the last try was.' })
  triedAt!: Date;

  @Field(() => Int, { description: 'Customers with orders that the last try looked at.' })
  customers!: number;

  @Field(() => Int, { description: 'Those of them who came back and paid.' })
  repeatCustomers!: number;

  @Field(() => Int, { description: 'Customers a model needs at least.' })
  leastCustomers!: number;

  @Field(() => Int, {
    description: 'Customers who came back and paid that a model needs at least.',
  })
  leastRepeatCustomers!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the model in use, from 1 on; null when none was ever fitted.',
  })
  version!: number | null;

  @Field(() => Date, { nullable: true, description: 'When the model in use was fitted.' })
  fittedAt!: Date | null;

  @Field(() => BuyingParameters, { nullable: true, description: 'When customers buy and stop.' })
  buying!: BuyingParameters | null;

  @Field(() => SpendingParameters, { nullable: true, description: 'What customers spend.' })
  spending!: SpendingParameters | null;
}
