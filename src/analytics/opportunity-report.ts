import { Field, Int, ObjectType } from 'type-graphql';
import { DormancyState, type DormancyStateName } from '../attention';
import type { BrandEntity } from '../brands';
import { Measure } from '../platform/graphql/measure.type';
import { monetaryAmount, MonetaryAmount } from '../platform/graphql/money.type';
import { measuredOf } from './of-standing';
import type { Standing } from './standing';

const model = 'opportunity-1';
const silentStates = [
  'DRIFTING',
  'INACTIVE',
  'DORMANT',
  'LOST',
  'NEVER',
] as const satisfies readonly DormancyStateName[];

@ObjectType({ simpleResolvers: true, description: 'Silent customers whom a message would reach.' })
export class Opportunity {
  @Field(() => DormancyState, { description: 'How long they have been silent.' })
  state!: DormancyStateName;

  @Field(() => Int, { description: 'How many they are.' })
  customers!: number;

  @Field(() => MonetaryAmount, { description: 'Their lifetime values together.' })
  expectedValue!: MonetaryAmount;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What a brand leaves on the table: customers it may write to and can reach who have fallen silent, ' +
    'and what they are expected to bring, by the lifetime value each has.',
})
export class OpportunityReport extends Measure {
  @Field(() => Int, { description: 'How many they are.' })
  customers!: number;

  @Field(() => Int, {
    description: 'Of them, those who have no lifetime value yet, which adds nothing.',
  })
  unvalued!: number;

  @Field(() => MonetaryAmount, { description: 'Their lifetime values together.' })
  expectedValue!: MonetaryAmount;

  @Field(() => [Opportunity], { description: 'The same by state, also empty ones.' })
  byState!: Opportunity[];
}

/** What a standing leaves on the table. */
export function opportunityOf(standing: Standing, { currency }: BrandEntity): OpportunityReport {
  const none = { silent: 0, worth: 0, unvalued: 0 };
  const found = silentStates.map((state) => ({
    state,
    ...(standing.figures.states[state] ?? none),
  }));
  const total = (of: (one: typeof none) => number) => found.reduce((sum, one) => sum + of(one), 0);
  const money = (minor: number) => monetaryAmount({ minor, currency });
  return {
    ...measuredOf(standing, model),
    customers: total(({ silent }) => silent),
    unvalued: total(({ unvalued }) => unvalued),
    expectedValue: money(total(({ worth }) => worth)),
    byState: found.map(({ state, silent, worth }) => {
      return { state, customers: silent, expectedValue: money(worth) };
    }),
  };
}
