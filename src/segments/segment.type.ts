import { Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Measure } from '../platform/graphql/measure.type';
import { Node } from '../platform/graphql/node';
import { DateTime, JSONObject } from '../platform/graphql/scalars';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A brand’s customers who meet a condition, kept up to date while they change.',
})
export class Segment extends Node {
  @Field(() => String, { description: 'Its name, once per brand; earn rules pay it by its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description!: string | null;

  @Field(() => JSONObject, {
    description: 'The condition its members meet, in the form of `CustomerCondition`.',
  })
  condition!: Record<string, unknown>;

  @Field(() => Int, { description: 'How often its condition was set, from 1.' })
  version!: number;

  @Field(() => Boolean, {
    description: 'Whether it is still being filled after its condition was set.',
  })
  filling!: boolean;

  @Field(() => DateTime, { description: 'When it was first saved.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const { Connection: SegmentConnection } = connectionTypes(Segment, 'Segment');

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'How many customers are in a segment; kept, not counted when asked.',
})
export class SegmentSize extends Measure {
  @Field(() => Int, { description: 'How many customers are in it.' })
  customers!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A segment a customer is in.',
})
export class SegmentMembership {
  @Field(() => String, { description: 'Name of the segment.' })
  name!: string;

  @Field(() => DateTime, { description: 'Since when they are in it.' })
  since!: Date;

  /** UUID of the segment. */
  segmentUuid!: string;
}
