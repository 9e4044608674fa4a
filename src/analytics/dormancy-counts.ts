import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DormancyState, type DormancyStateName } from '../attention';
import { Measure } from '../platform/graphql/measure.type';
import { measuredOf, partOf } from './of-standing';
import type { Standing } from './standing';

/** Which definition counted customers by how long they are silent. */
export const dormancyModel = 'dormancy-1';

@ObjectType({ simpleResolvers: true, description: 'Customers in a state of dormancy.' })
export class DormancyCount {
  @Field(() => DormancyState, { description: 'The state.' })
  state!: DormancyStateName;

  @Field(() => Int, { description: 'How many are in it.' })
  customers!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Their part of all customers; null when there are none.',
  })
  share!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'How long a brand’s customers have been silent.',
})
export class DormancyCounts extends Measure {
  @Field(() => Int, { description: 'How many customers the brand has.' })
  customers!: number;

  @Field(() => [DormancyCount], { description: 'All states, also empty ones.' })
  states!: DormancyCount[];
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'How many of those who attend have made a habit of it.',
})
export class OpenStreakRate extends Measure {
  @Field(() => Int, { description: 'Customers whose state is ACTIVE.' })
  active!: number;

  @Field(() => Int, {
    description: 'Of them, those whose longest living streak has five days or more.',
  })
  streaking!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Their part, from 0 to 1; null when nobody is active.',
  })
  rate!: number | null;
}

/** How many customers of a standing are in each state. */
export function dormancyCountsOf(standing: Standing): DormancyCounts {
  const { customers, states } = standing.figures;
  return {
    ...measuredOf(standing, dormancyModel),
    customers,
    states: (Object.keys(DormancyState) as DormancyStateName[]).map((state) => {
      const count = states[state]?.customers ?? 0;
      return { state, customers: count, share: partOf(count, customers) };
    }),
  };
}

/** The habit of a standing's active customers. */
export function openStreakRateOf(standing: Standing): OpenStreakRate {
  const { active, streaking } = standing.figures;
  const measured = measuredOf(standing, 'open-streak-1');
  return { ...measured, active, streaking, rate: partOf(streaking, active) };
}
