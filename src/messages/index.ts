import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { DeliveryEntity } from './delivery.entity';
import { MessageEntity } from './message.entity';
import { messageId } from './message.id';
import { messageLoader } from './message.loader';
import { MessageResolver } from './message.resolver';
import { MessagesOnCustomer } from './messages-on-customer.resolver';

export { Channel, MessageKind, type ChannelName, type MessageKindName } from './channel';
export { DeliveryState, type DeliveryStateName } from './delivery-state';
export { deliveryChanges, insertDeliveries, type DeliveryChange } from './delivery.service';
export { MessageDelivery } from './delivery.type';
export { DeliveryEntity } from './delivery.entity';
export { MessageEntity } from './message.entity';
export { deliveryId, messageId } from './message.id';
export { messageLoader } from './message.loader';
export {
  insertMessages,
  messagesByExternalIds,
  messagesByIds,
  type MessageDraft,
} from './message.service';
export { Message } from './message.type';

/** Messages and their deliveries. What a message pays is nobody's business here. */
export const messagesFeature: Feature = {
  name: 'messages',
  entities: [MessageEntity, DeliveryEntity],
  resolvers: [MessageResolver, MessagesOnCustomer],
  commands: [],
  references: { Message: referencesById(messageId, messageLoader) },
  nodes: { [messageId.prefix]: (uuid, context) => messageLoader(context).load(uuid) },
  jobs: [],
};
