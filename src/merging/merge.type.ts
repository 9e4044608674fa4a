import { Field, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';

@ObjectType('CustomerMerge', {
  implements: Node,
  simpleResolvers: true,
  description: 'That one customer turned out to be another.',
})
export class CustomerMerge extends Node {
  @Field(() => String, { description: 'Why they were merged.' })
  reason!: string;

  @Field(() => DateTime, { description: 'When they were merged.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was undone; null while it stands.',
  })
  undoneAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was undone; null while it stands.' })
  undoneReason!: string | null;
}
