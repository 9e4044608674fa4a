import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { CloseMagnetMutation } from './close-magnet.mutation';
import { closeMagnet, resolveMagnet, voidMagnet } from './conclude-magnet.command';
import { createMagnet } from './create-magnet.command';
import { CreateMagnetMutation } from './create-magnet.mutation';
import { MagnetEntity } from './magnet.entity';
import { magnetId, magnetResponseId } from './magnet.id';
import { magnetLoader, magnetReferences } from './magnet.loader';
import {
  LinksOfMagnet,
  LinksOfMagnetResponse,
  MagnetQueries,
  MagnetsOnMessage,
  PreferencesOnCustomer,
  QuestionsOfQuiz,
  ResultsOfPoll,
  ResultsOfPrediction,
  ScoresOfFeedback,
} from './magnet.resolver';
import { magnetTopics } from './magnet.topics';
import { MagnetResponseEntity } from './magnet-response.entity';
import { magnetResponseLoader } from './magnet-response.loader';
import { ResolveMagnetMutation } from './resolve-magnet.mutation';
import { settleMagnets } from './settle-magnets.job';
import { submitMagnetResponse } from './submit-magnet-response.command';
import { SubmitMagnetResponseMutation } from './submit-magnet-response.mutation';
import { VoidMagnetMutation } from './void-magnet.mutation';
import { withdrawAnswer } from './withdraw-answer.command';
import { WithdrawAnswerMutation } from './withdraw-answer.mutation';

export { grade, type Grade } from './grade';
export type { MagnetAnswer, MagnetContent } from './magnet-content';
export { magnetId } from './magnet.id';
export { isOpen as takesAnswers } from './is-open';
export { MagnetAnswerInput } from './magnet-answer.input';
export type { MagnetRow } from './magnet.entity';
export { magnetLoader } from './magnet.loader';
export { readMagnets, shareMagnets, type MagnetRef } from './magnet.store';
export { Magnet } from './magnet.type';
export type { ResponseItem, ResponseOutcome } from './response-item';
export { submitResponses } from './submit-responses';

/** Questions that pay: quizzes, polls, predictions, feedback, and what customers tell of themselves. */
export const magnetsFeature: Feature = {
  name: 'magnets',
  entities: [MagnetEntity, MagnetResponseEntity],
  resolvers: [
    MagnetQueries,
    LinksOfMagnet,
    QuestionsOfQuiz,
    ResultsOfPoll,
    ResultsOfPrediction,
    ScoresOfFeedback,
    LinksOfMagnetResponse,
    PreferencesOnCustomer,
    MagnetsOnMessage,
    CreateMagnetMutation,
    SubmitMagnetResponseMutation,
    CloseMagnetMutation,
    ResolveMagnetMutation,
    VoidMagnetMutation,
    WithdrawAnswerMutation,
  ],
  commands: [
    createMagnet,
    submitMagnetResponse,
    closeMagnet,
    resolveMagnet,
    voidMagnet,
    withdrawAnswer,
  ],
  references: {
    QuizMagnet: magnetReferences('QUIZ'),
    PollMagnet: magnetReferences('POLL'),
    PredictionMagnet: magnetReferences('PREDICTION'),
    FeedbackMagnet: magnetReferences('FEEDBACK'),
    PreferenceMagnet: magnetReferences('PREFERENCE'),
    MagnetResponse: referencesById(magnetResponseId, magnetResponseLoader),
  },
  nodes: {
    [magnetId.prefix]: (uuid, context) => magnetLoader(context).load(uuid),
    [magnetResponseId.prefix]: (uuid, context) => magnetResponseLoader(context).load(uuid),
  },
  jobs: [settleMagnets],
  topics: magnetTopics,
};
