import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { AttentionEventEntity } from './attention-event.entity';
import { attentionId } from './attention.id';
import { attentionEventLoader } from './attention.loader';
import { AttentionOnCustomer, EventOfEntry, LinksOfAttentionEvent } from './attention.resolver';
import { attentionTopics } from './attention.topics';
import { DormancyPolicyOfBrand } from './dormancy-policy.resolver';
import { judgeAttention } from './judge-attention.job';
import { proveAttention } from './prove-attention.job';
import { AttentionOnRelationship } from './relationship-attention.resolver';
import { setDormancyPolicy } from './set-dormancy-policy.command';
import { SetDormancyPolicyMutation } from './set-dormancy-policy.mutation';
import { recordDeliveries } from './record-deliveries.command';
import { RecordDeliveriesMutation } from './record-deliveries.mutation';

export { AttentionActionEnum, attentionActions, type AttentionAction } from './action';
export { FunnelStage, type FunnelStageName } from './funnel-stage';
export { AttentionEventEntity } from './attention-event.entity';
export { AttentionEvent } from './attention-event.type';
export { attentionId } from './attention.id';
export { attentionEventLoader } from './attention.loader';
export {
  insertEvents,
  raiseConfidence,
  unverifiedOpens,
  type AttentionRow,
} from './attention.service';
export { keepEvents, keepStreaks, retellAttention } from './keep-attention';
export { AttentionBand, attentionModel, averageOn, indexOf, type AttentionBandName } from './score';
export { DormancyState, type DormancyStateName } from './dormancy';
export { FunnelStep, funnelSteps, type FunnelStepName } from './funnel-step';
export type { RecordDeliveriesCommand } from './record-deliveries.command';
export { confidenceOf, isMachineAgent, type Confidence } from './quality';

export const attentionFeature: Feature = {
  name: 'attention',
  entities: [AttentionEventEntity],
  resolvers: [
    AttentionOnCustomer,
    LinksOfAttentionEvent,
    EventOfEntry,
    RecordDeliveriesMutation,
    AttentionOnRelationship,
    DormancyPolicyOfBrand,
    SetDormancyPolicyMutation,
  ],
  commands: [recordDeliveries, setDormancyPolicy],
  references: {
    AttentionEvent: referencesById(attentionId, attentionEventLoader),
  },
  nodes: { [attentionId.prefix]: (uuid, context) => attentionEventLoader(context).load(uuid) },
  jobs: [judgeAttention, proveAttention],
  topics: attentionTopics,
};
