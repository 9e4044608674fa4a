import { enumOf } from '../platform/graphql/described-enum';

/** What an experiment wants customers to do. */
export const outcomes = {
  OPEN: 'They opened a message of the brand, as far as can be told.',
  CLICK: 'They clicked.',
  ORDER: 'They ordered, by whatever route: last click decides nothing.',
  REACTIVATED:
    'They were DORMANT or LOST when they came in, and did something since that only a person does, and not by an advertisement.',
} as const;

export type OutcomeName = keyof typeof outcomes;

/** What an experiment wants, as a GraphQL enum; values equal names. */
export const ExperimentOutcome = enumOf(
  'ExperimentOutcome',
  'What an experiment wants customers to do; the first time within its time counts.',
  outcomes,
);

/** The arms as a GraphQL enum; values equal names. */
export const ExperimentArmName = enumOf('ExperimentArmName', 'The two halves of an experiment.', {
  TREATED: 'They get what the experiment tries, and are paid for it.',
  HELD_OUT: 'They get none of it, to compare with.',
});

/** What a funnel may be broken down by, as a GraphQL enum; values equal names. */
export const FunnelGrouping = enumOf('FunnelGrouping', 'What a funnel is broken down by.', {
  VARIANT: 'The arms of the experiment.',
});

export const states = {
  SCHEDULED: 'It has not begun.',
  ASSIGNING: 'It has begun, and its customers are being put into its arms.',
  RUNNING: 'Every customer of its audience has an arm; later ones are put into one as they come.',
  ENDED: 'It is over, and what was left of its reserve is back in the budget.',
} as const;

export type StateName = keyof typeof states;

/** How far an experiment is, as a GraphQL enum; values equal names. */
export const ExperimentState = enumOf('ExperimentState', 'How far an experiment is.', states);
