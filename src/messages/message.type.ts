import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { Channel, MessageKind, type ChannelName, type MessageKindName } from './channel';

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A message a brand sends to many customers, with the Mu it offers for attention.',
})
export class Message extends Node {
  @Field(() => String, { description: "The message's id in the brand's own systems." })
  externalId!: string;

  @Field(() => Channel, { description: 'Where the message goes out.' })
  channel!: ChannelName;

  @Field(() => MessageKind, { description: 'What the message is for.' })
  kind!: MessageKindName;

  @Field(() => String, { nullable: true, description: 'Subject line, or the first words.' })
  subject!: string | null;

  @Field(() => String, { nullable: true, description: "The brand's name for the campaign." })
  campaign!: string | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'What opening it pays, once a customer; null when nothing is offered.',
  })
  openMu!: number | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'The most all other actions on it together pay one customer.',
  })
  actionMuMax!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many customers it was said to go to; the reserve was sized by it.',
  })
  audience!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on attention to it is no longer paid; null when it does not expire.',
  })
  expiresAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was recorded.' })
  createdAt!: Date;
}
