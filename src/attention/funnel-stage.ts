import { enumOf } from '../platform/graphql/described-enum';

/** How far along the customer is, as far as the sender of an event knows. */
export const funnelStages = {
  AWARE: 'They are getting to know the brand.',
  CONSIDER: 'They are weighing it up.',
  DECIDE: 'They are about to choose.',
} as const;

export type FunnelStageName = keyof typeof funnelStages;

/** The stages as a GraphQL enum; values equal names. */
export const FunnelStage = enumOf(
  'FunnelStage',
  'How far along a customer is on the way to a purchase.',
  funnelStages,
);
