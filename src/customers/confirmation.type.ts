import { Field, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import { IdentityKindEnum, type IdentityKind } from './identity.type';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'An address or number that somebody is asked to prove theirs, by a code sent to it.',
})
export class IdentityConfirmation extends Node {
  @Field(() => IdentityKindEnum, { description: 'What kind of identity it is.' })
  kind!: IdentityKind;

  @Field(() => String, { description: 'Where the code is to be sent.' })
  value!: string;

  @Field(() => DateTime, { description: 'Until when the code can be used.' })
  expiresAt!: Date;

  @Field(() => DateTime, { description: 'When it was begun.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the code was given back; null until then.',
  })
  confirmedAt!: Date | null;
}
