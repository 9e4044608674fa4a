import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { DateTime } from '../platform/graphql/scalars';
import { Message } from './message.type';

@ObjectType({
  simpleResolvers: true,
  description: 'A message that reached a customer, with when it did.',
})
export class MessageDelivery {
  @Field(() => ID, { description: 'Global id, `dlv_…`.' })
  id!: string;

  @Field(() => Message, { description: 'What was delivered.' })
  message!: Message;

  @Field(() => DateTime, { description: 'When it was delivered, as the sender says.' })
  deliveredAt!: Date;
}

export const { Connection: MessageDeliveryConnection } = connectionTypes(
  MessageDelivery,
  'MessageDelivery',
);
