import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { DateTime } from '../platform/graphql/scalars';
import { DeliveryState, type DeliveryStateName } from './delivery-state';
import { Message } from './message.type';

@ObjectType({
  simpleResolvers: true,
  description: 'A message on its way to a customer: when it reached them, or that it did not.',
})
export class MessageDelivery {
  @Field(() => ID, { description: 'Global id, `dlv_…`.' })
  id!: string;

  @Field(() => Message, { description: 'What was delivered.' })
  message!: Message;

  @Field(() => DateTime, { description: 'When it was delivered, as the sender says.' })
  deliveredAt!: Date;

  @Field(() => DeliveryState, { description: 'What became of it.' })
  state!: DeliveryStateName;
}

export const { Connection: MessageDeliveryConnection } = connectionTypes(
  MessageDelivery,
  'MessageDelivery',
);
