import { Field, ID, ObjectType } from 'type-graphql';
import { Channel, MessageKind, type ChannelName, type MessageKindName } from '../messages';
import { connectionTypes } from '../platform/graphql/connection';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { MicronboxFolder, type MicronboxFolderName } from './micronbox-enums';

@ObjectType({ simpleResolvers: true, description: 'What a micron pays for attention, as of now.' })
export class MicronOffer {
  @Field(() => Mu, {
    nullable: true,
    description:
      'What opening it still pays: 0 once it is paid or closed, null when never offered.',
  })
  openMu!: number | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'The most all other actions on it still pay; null when never offered.',
  })
  actionMu!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on it pays nothing; null when it does not close.',
  })
  closesAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether opening it has been paid.' })
  openEarned!: boolean;

  @Field(() => Mu, { description: 'What it has paid the person altogether.' })
  earned!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A micron or an em of a brand that was delivered to a person, in their box.',
})
export class Micron {
  @Field(() => ID, { description: 'Global id of its delivery, `dlv_…`.' })
  id!: string;

  @Field(() => MicronboxFolder, { description: 'Where it lies.' })
  folder!: MicronboxFolderName;

  @Field(() => MessageKind, { description: 'MICRON or EM.' })
  kind!: MessageKindName;

  @Field(() => Channel, { description: 'The channel it came by.' })
  channel!: ChannelName;

  @Field(() => String, { nullable: true, description: 'Its subject, or its first words.' })
  subject!: string | null;

  @Field(() => DateTime, { description: 'When it was delivered, as the brand says.' })
  deliveredAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the person read it in their box.' })
  readAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the person saved it.' })
  savedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it leaves the box as things stand; null for a saved one.',
  })
  leavesAt!: Date | null;

  @Field(() => MicronOffer, { description: 'What it still pays, and what it has paid.' })
  offer!: MicronOffer;
}

export const { Connection: MicronConnection } = connectionTypes(Micron, 'Micron');
