import { Field, Float, Int, ObjectType } from 'type-graphql';
import { FunnelStep } from '../attention';
import type { ArmName } from '../holdouts';
import { Measure, type MeasureWindow } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { Mu } from '../platform/graphql/scalars';
import { ExperimentArmName } from './experiment-outcome';

@ObjectType({ simpleResolvers: true, description: 'What one arm of an experiment came to.' })
export class ExperimentArm {
  @Field(() => ExperimentArmName, { description: 'Which arm.' })
  arm!: ArmName;

  @Field(() => Int, { description: 'How many customers are in it.' })
  size!: number;

  @Field(() => Int, { description: 'How many of them did what the experiment wants.' })
  outcomes!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'outcomes ÷ size; null while nobody is in it.',
  })
  rate!: number | null;

  @Field(() => Int, {
    description:
      'Messages of the experiment that reached it. More than 0 for those held out tells that they were ' +
      'sent what they should not have been.',
  })
  messages!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'By how much more often the treated did it, with Newcombe’s 95% interval.',
})
export class ExperimentUplift {
  @Field(() => Float, { description: 'Rate of the treated − rate of those held out, −1 to 1.' })
  difference!: number;

  @Field(() => Float, { description: 'Lower end of the interval.' })
  low!: number;

  @Field(() => Float, {
    description: 'Upper end of the interval. An interval around 0 shows no effect.',
  })
  high!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'What an experiment did, and what each of it cost.',
})
export class ExperimentResult implements Measure {
  asOf!: Date;
  window!: MeasureWindow;
  modelVersion!: string;

  @Field(() => [ExperimentArm], { description: 'The treated, then those held out.' })
  arms!: ExperimentArm[];

  @Field(() => ExperimentUplift, {
    nullable: true,
    description: 'What it did; null while an arm is empty.',
  })
  uplift!: ExperimentUplift | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Outcomes that would not have been without it: uplift × size of the treated. Below 0 when it did harm.',
  })
  incremental!: number | null;

  @Field(() => Mu, { description: 'Mu that left its reserve for customers.' })
  muSpent!: number;

  @Field(() => MonetaryAmount, { description: 'muSpent × the price of a Mu.' })
  muCost!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'Messages that reached anybody × what one costs.' })
  messageCost!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'muCost + messageCost.' })
  cost!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'cost ÷ incremental; null where nothing was gained.',
  })
  costPerIncremental!: MonetaryAmount | null;
}

@ObjectType({ simpleResolvers: true, description: 'How far the customers of an arm went.' })
export class FunnelOfArm {
  @Field(() => ExperimentArmName, { description: 'Which arm.' })
  arm!: ArmName;

  @Field(() => Int, { description: 'Customers in it.' })
  size!: number;

  @Field(() => Int, { description: 'Customers whom a message of the brand reached.' })
  delivered!: number;

  @Field(() => Int, { description: 'Customers who opened one, or clicked.' })
  opened!: number;

  @Field(() => Int, { description: 'Customers who did something that only a person does.' })
  verified!: number;

  @Field(() => Int, { description: 'Customers who clicked.' })
  clicked!: number;

  @Field(() => Int, { description: 'Customers who ordered.' })
  ordered!: number;

  @Field(() => [FunnelStep], {
    description: 'The same step by step, with each one’s part of all customers of the arm.',
  })
  steps!: FunnelStep[];
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'From being reached to ordering: customers who did it within the experiment’s time, each once.',
})
export class AttentionFunnel implements Measure {
  asOf!: Date;
  window!: MeasureWindow;
  modelVersion!: string;

  @Field(() => [FunnelOfArm], { description: 'The treated, then those held out.' })
  groups!: FunnelOfArm[];

  @Field(() => ExperimentUplift, {
    nullable: true,
    description: 'By how much more often the treated ordered; null while an arm is empty.',
  })
  uplift!: ExperimentUplift | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Customers who ordered and would not have: uplift × size of the treated. Below 0 when it did harm.',
  })
  incremental!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What the treated paid beyond what they would have: orders less refunds, by whatever route.',
})
export class IncrementalRevenue implements Measure {
  asOf!: Date;
  window!: MeasureWindow;
  modelVersion!: string;

  @Field(() => MonetaryAmount, { description: 'What the treated paid, less refunds.' })
  treated!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What those held out paid, less refunds.' })
  heldOut!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description:
      '(treated ÷ their number − held out ÷ theirs) × the number of the treated; null while an arm is empty.',
  })
  incremental!: MonetaryAmount | null;
}
