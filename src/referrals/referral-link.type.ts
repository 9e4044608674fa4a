import { Field, ObjectType } from 'type-graphql';
import { Channel, type ChannelName } from '../messages';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A link by which a customer brings friends: one for each channel they share it on.',
})
export class ReferralLink extends Node {
  @Field(() => String, { description: 'What a friend claims with; nobody can guess it.' })
  code!: string;

  @Field(() => Channel, { description: 'Where the customer shares it.' })
  channel!: ChannelName;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;
}
