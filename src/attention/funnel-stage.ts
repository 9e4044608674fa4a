import { registerEnumType } from 'type-graphql';

/** How far along the customer is, as far as the sender of an event knows. */
export const funnelStages = {
  AWARE: 'They are getting to know the brand.',
  CONSIDER: 'They are weighing it up.',
  DECIDE: 'They are about to choose.',
} as const;

export type FunnelStageName = keyof typeof funnelStages;

/** The stages as a GraphQL enum; values equal names. */
export const FunnelStage = Object.fromEntries(
  Object.keys(funnelStages).map((stage) => [stage, stage]),
) as { [Stage in FunnelStageName]: Stage };

registerEnumType(FunnelStage, {
  name: 'FunnelStage',
  description: 'How far along a customer is on the way to a purchase.',
  valuesConfig: Object.fromEntries(
    Object.entries(funnelStages).map(([stage, description]) => [stage, { description }]),
  ),
});
