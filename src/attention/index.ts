import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { AttentionEventEntity } from './attention-event.entity';
import { attentionId } from './attention.id';
import { attentionEventLoader } from './attention.loader';
import { AttentionOnCustomer, EventOfEntry, LinksOfAttentionEvent } from './attention.resolver';
import { attentionTopics } from './attention.topics';
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
export { DormancyState, type DormancyStateName } from './dormancy';
export { AttentionBand, type AttentionBandName } from './score';
export { keepEvents, keepStreaks } from './keep-attention';
export type { RecordDeliveriesCommand } from './record-deliveries.command';
export { confidenceOf, isMachineAgent, type Confidence } from './quality';

export const attentionFeature: Feature = {
  name: 'attention',
  entities: [AttentionEventEntity],
  resolvers: [AttentionOnCustomer, LinksOfAttentionEvent, EventOfEntry, RecordDeliveriesMutation],
  commands: [recordDeliveries],
  references: {
    AttentionEvent: referencesById(attentionId, attentionEventLoader),
  },
  nodes: { [attentionId.prefix]: (uuid, context) => attentionEventLoader(context).load(uuid) },
  jobs: [],
  topics: attentionTopics,
};
