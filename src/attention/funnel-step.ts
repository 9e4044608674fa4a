import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../platform/graphql/described-enum';

const steps = {
  DELIVERED: 'A message of the brand reached them.',
  OPENED:
    'They opened one, clicked or did more, as far as can be told: with a confidence of 0.5 or more.',
  VERIFIED: 'They did something that only a person does.',
  CLICKED: 'They clicked.',
  ORDERED: 'They ordered, by whatever route.',
} as const;

export type FunnelStepName = keyof typeof steps;

/** The steps as a GraphQL enum; values equal names. */
export const FunnelStepEnum = enumOf(
  'FunnelStepName',
  'A step on the way from a message to an order.',
  steps,
);

@ObjectType({ simpleResolvers: true, description: 'How many customers took a step.' })
export class FunnelStep {
  @Field(() => FunnelStepEnum, { description: 'Which step.' })
  step!: FunnelStepName;

  @Field(() => Int, { description: 'Customers who took it, each once.' })
  customers!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Their part of all the funnel is about, from 0 to 1; null when that is nobody.',
  })
  rate!: number | null;
}

/** The steps of a funnel about so many customers, in their order. */
export function funnelSteps(
  counts: Readonly<Record<Lowercase<FunnelStepName>, number>>,
  all: number,
): FunnelStep[] {
  return (Object.keys(steps) as FunnelStepName[]).map((step) => {
    const customers = counts[step.toLowerCase() as Lowercase<FunnelStepName>];
    return { step, customers, rate: all > 0 ? customers / all : null };
  });
}
