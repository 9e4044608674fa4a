import { Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'What a brand pays its customers for friends they bring, and the friends for coming.',
})
export class ReferralProgram extends Node {
  @Field(() => Mu, { description: 'What the referrer gets when the friend is activated.' })
  referrerMu!: number;

  @Field(() => Mu, { description: 'What the friend gets when activated.' })
  friendMu!: number;

  @Field(() => Int, {
    description: 'The referrer’s share of what the friend earns by attention, in percent.',
  })
  sharePercent!: number;

  @Field(() => Int, { description: 'For how many days after the activation the share is paid.' })
  shareDays!: number;

  @Field(() => Mu, { description: 'What the share of one friend comes to at most.' })
  shareCapMu!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The address links begin with; null when they are paths.',
  })
  linkBase!: string | null;

  @Field(() => Boolean, { description: 'Whether friends are taken in.' })
  open!: boolean;

  @Field(() => DateTime, { description: 'When the brand began with it.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;
}
