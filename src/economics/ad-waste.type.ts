import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { OverDays } from './over-days';

@ObjectType({
  simpleResolvers: true,
  description: 'Acquisitions that brought nobody new, and what was paid for them.',
})
export class WastedAcquisitions {
  @Field(() => Int, { description: 'How many.' })
  count!: number;

  @Field(() => MonetaryAmount, { description: 'What they cost.' })
  spend!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description: 'Their part of what was paid, from 0 to 1; null when nothing was.',
  })
  share!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'New customers who were gone at once, and what was paid for them.',
})
export class WrongAcquisitions extends WastedAcquisitions {
  @Field(() => Int, { description: 'Of them, those who never ordered: the plainest waste.' })
  withoutOrder!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What of the money for new customers bought none: customers bought back, and customers who were gone ' +
    'at once. In the brand’s currency.',
})
export class AdWaste extends OverDays {
  @Field(() => WastedAcquisitions, {
    description: 'Customers the brand had, who had gone silent and were paid for again.',
  })
  reacquisition!: WastedAcquisitions;

  @Field(() => WrongAcquisitions, {
    description: 'New customers of whom nothing was heard after the first day.',
  })
  wrongAcquisition!: WrongAcquisitions;

  @Field(() => MonetaryAmount, { description: 'Both together.' })
  wasted!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description: 'The wasted part of what was paid, from 0 to 1; null when nothing was.',
  })
  share!: number | null;

  @Field(() => MonetaryAmount, { description: 'What all paid acquisitions of the days cost.' })
  paidSpend!: MonetaryAmount;

  @Field(() => Int, { description: 'How many paid acquisitions there were.' })
  acquisitions!: number;

  @Field(() => Int, { description: 'Those who were new and, as far as is known, stayed.' })
  trueNew!: number;

  @Field(() => Int, { description: 'Of them, those of whom it is not known yet.' })
  watched!: number;

  @Field(() => Int, {
    description: 'Of them, customers who were already there and awake when they were paid for.',
  })
  alreadyAwake!: number;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What an acquisition cost, whoever it was; null when there was none.',
  })
  reportedCac!: MonetaryAmount | null;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What a customer who was truly new cost; null when there was none.',
  })
  trueCac!: MonetaryAmount | null;

  @Field(() => Int, { description: 'Acquisitions without any known cost; they count as free.' })
  unpriced!: number;

  @Field(() => Int, {
    description: 'Acquisitions whose cost is in another currency; they count as free.',
  })
  otherCurrency!: number;
}
