import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { enumOf } from '../platform/graphql/described-enum';
import type { Context } from '../platform/graphql/context';
import { DateTime } from '../platform/graphql/scalars';
import { Segment, segmentId, segmentLoader } from '../segments';
import { Update } from './updates';

const changes = {
  ENTERED: 'They meet its condition now.',
  LEFT: 'They meet its condition no longer.',
} as const;

type SegmentChangeName = keyof typeof changes;

const SegmentChange = enumOf(
  'SegmentChange',
  'What a customer has to do with a segment now.',
  changes,
);

@ObjectType({
  simpleResolvers: true,
  description: 'A customer who has just entered or left a saved segment.',
})
export class SegmentUpdate extends Update {
  @Field(() => SegmentChange, { description: 'Whether they entered or left.' })
  get change(): SegmentChangeName {
    return this.payload['change'] as SegmentChangeName;
  }

  @Field(() => String, { description: 'Name of the segment.' })
  get name(): string {
    return this.payload['name'] as string;
  }

  @Field(() => DateTime, { description: 'When it was found.' })
  override get at(): Date {
    return super.at;
  }

  get segmentId(): string {
    return this.payload['segmentId'] as string;
  }
}

@Resolver(() => SegmentUpdate)
export class SegmentOfUpdate {
  @FieldResolver(() => Segment, {
    nullable: true,
    description: 'The segment as it is now; null once it is deleted.',
  })
  async segment(@Root() update: SegmentUpdate, @Ctx() context: Context): Promise<Segment | null> {
    const uuid = segmentId.decode(update.segmentId);
    return uuid === null ? null : segmentLoader(context).load(uuid);
  }
}
