import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { Mu } from '../platform/graphql/scalars';
import { readWaste } from './ad-waste.loader';
import { onExisting, readSplit } from './budget.loader';
import { moneyOf, shareOf, sum, whole } from './figures';
import { readAttentionCost, unitCostsOf } from './mu-economy.loader';
import { measured, type Asked } from './period';
import { muFor } from './unit-costs';

const model = 'budget-shift-1';

@InputType({ description: 'How a budget is to be split.' })
export class BudgetTargetInput {
  @Field(() => Int, {
    description: 'The percent for existing customers, 0 to 100: 25 is a split of 75 to 25.',
  })
  existingPercent!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A budget, split in two.' })
export class BudgetSides {
  @Field(() => MonetaryAmount, { description: 'For new customers, and for being known.' })
  newCustomers!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'For customers who are there already.' })
  existing!: MonetaryAmount;

  @Field(() => Float, { nullable: true, description: 'The part of the latter, from 0 to 1.' })
  existingShare!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What would become of a budget that is split otherwise, at the costs that were measured in these days. ' +
    'A figure is null where what it is reckoned by was not measured.',
})
export class BudgetShiftSimulation extends Measure {
  @Field(() => BudgetSides, { description: 'As it is.' })
  before!: BudgetSides;

  @Field(() => BudgetSides, { description: 'As it would be.' })
  after!: BudgetSides;

  @Field(() => MonetaryAmount, { description: 'What moves to existing customers; below 0, away.' })
  moved!: MonetaryAmount;

  @Field(() => Mu, {
    nullable: true,
    description: 'The Mu that money buys, if it buys nothing else.',
  })
  mu!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Verified attention it buys, messages included.',
  })
  verifiedAttention!: number | null;

  @Field(() => Float, { nullable: true, description: 'Acquisitions it does not buy.' })
  acquisitionsGivenUp!: number | null;

  @Field(() => Float, { nullable: true, description: 'Of them, customers who would be truly new.' })
  newCustomersGivenUp!: number | null;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'The part of the money that would have been wasted.',
  })
  wasteAvoided!: MonetaryAmount | null;

  @Field(() => [String], { description: 'What all this takes for granted.' })
  assumptions!: string[];
}

const assumptions = [
  'The budget is the plan of these days, or what was spent where there is none, after all reallocations.',
  'Every cost stays what it was in these days, however much is bought at it.',
  'What is taken from new customers is taken from paid acquisitions in the mix of these days.',
  'Wasted is what adWaste calls wasted; new customers who are still watched count as new.',
  'A verified attention costs what it did: the Mu that were paid and all messages that were sent.',
  'What attention leads to later, and what new customers would have been worth, is not reckoned.',
];

/** Splits the budget of some days otherwise. Throws RequestError BAD_USER_INPUT for a percent that is none. */
export async function simulateShift(
  context: Context,
  asked: Asked,
  { existingPercent }: BudgetTargetInput,
): Promise<BudgetShiftSimulation> {
  if (existingPercent < 0 || existingPercent > 100) {
    throw new RequestError('BAD_USER_INPUT', 'to.existingPercent must be from 0 to 100');
  }
  const [{ lines }, waste, attention, costs] = await Promise.all([
    readSplit(context, asked),
    readWaste(context, asked),
    readAttentionCost(context, asked),
    unitCostsOf(context, asked.brand),
  ]);
  const money = moneyOf(asked.brand.currency);
  const all = sum(lines.map((line) => line.budget));
  const existing = onExisting(lines, 'budget');
  const target = whole((all * existingPercent) / 100);
  const moved = target - existing;
  const sides = (part: number): BudgetSides => ({
    newCustomers: money(all - part),
    existing: money(part),
    existingShare: shareOf(part, all),
  });
  const boughtBy = (cost: number | null) => (cost === null || cost === 0 ? null : moved / cost);
  return {
    ...measured(asked, model),
    before: sides(existing),
    after: sides(target),
    moved: money(moved),
    mu: moved < 0 ? null : muFor(moved, costs),
    verifiedAttention: boughtBy(attention.each),
    acquisitionsGivenUp: boughtBy(waste.reportedCac),
    newCustomersGivenUp: boughtBy(waste.trueCac),
    wasteAvoided: waste.share === null ? null : money(whole(moved * waste.share)),
    assumptions,
  };
}
