import { Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'One em of a series: what its message will be like.',
})
export class SeriesItem extends Node {
  @Field(() => Int, { description: 'Its place in the series, from 1.' })
  position!: number;

  @Field(() => String, { description: 'Subject line.' })
  subject!: string;

  @Field(() => String, { nullable: true, description: 'Where it leads, by https.' })
  link!: string | null;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: Date;
}

export const { Connection: SeriesItemConnection } = connectionTypes(SeriesItem, 'SeriesItem');

@ObjectType({ simpleResolvers: true, description: 'The em a customer gets next, and when.' })
export class NextEm {
  @Field(() => SeriesItem, { description: 'What is sent.' })
  item!: SeriesItem;

  @Field(() => Int, { description: 'Its place in the series, from 1.' })
  position!: number;

  @Field(() => DateTime, {
    description:
      'The next daily slot in the customer’s zone; the day after one that brought an em.',
  })
  slotAt!: Date;
}
