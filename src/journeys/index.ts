import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { createJourney } from './create-journey.command';
import { CreateJourneyMutation } from './create-journey.mutation';
import { enterJourney } from './enter-journey.command';
import { EnterJourneyMutation } from './enter-journey.mutation';
import { JourneyEntity, JourneyRunEntity, JourneyStepEntity } from './journey.entity';
import { journeyId, journeyRunId } from './journey.id';
import { journeyLoader, journeyRunLoader } from './journey.loader';
import {
  FieldsOfJourney,
  FieldsOfJourneyRun,
  JourneyQueries,
  JourneysOnBrand,
  MessageOfStep,
} from './journey.resolver';
import { leadOn } from './lead-on.job';
import { letInByTriggers } from './let-in.job';
import { publishJourney } from './publish-journey.command';
import { PublishJourneyMutation } from './publish-journey.mutation';
import { stopJourney } from './stop-journey.command';
import { StopJourneyMutation } from './stop-journey.mutation';
import { sweepJourneys } from './sweep-journeys.job';

/** What a brand does with customers step by step; it tells the brand's stack what to send, and sends nothing. */
export const journeysFeature: Feature = {
  name: 'journeys',
  entities: [JourneyEntity, JourneyRunEntity, JourneyStepEntity],
  resolvers: [
    JourneyQueries,
    FieldsOfJourney,
    FieldsOfJourneyRun,
    MessageOfStep,
    JourneysOnBrand,
    CreateJourneyMutation,
    PublishJourneyMutation,
    EnterJourneyMutation,
    StopJourneyMutation,
  ],
  commands: [createJourney, publishJourney, enterJourney, stopJourney],
  references: {
    Journey: referencesById(journeyId, journeyLoader),
    JourneyRun: referencesById(journeyRunId, journeyRunLoader),
  },
  nodes: {
    [journeyId.prefix]: (uuid, context) => journeyLoader(context).load(uuid),
    [journeyRunId.prefix]: (uuid, context) => journeyRunLoader(context).load(uuid),
  },
  jobs: [sweepJourneys, letInByTriggers, leadOn],
  topics: {
    'journey.step_reached':
      'Customers have come to a step that sends a message: journeyId, version, step, messageId, recipients (customer ids, 500 at most). Send it to them.',
  },
};
