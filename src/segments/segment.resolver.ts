import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Brand, isOwnBrand, type BrandEntity } from '../brands';
import {
  BrandRelationship,
  CustomerConnection,
  type CustomerEntity,
  type RelationshipEntity,
} from '../customers';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { SegmentEntity } from './segment.entity';
import { segmentId } from './segment.id';
import { membershipsLoader, readMembers, readSegments, segmentLoader } from './segment.loader';
import { Segment, SegmentConnection, SegmentMembership, SegmentSize } from './segment.type';

/** How a segment's size is reckoned. */
const sizeVersion = 'segment-1';

@Resolver()
export class SegmentQueries {
  @Allow({ brand: 'mu:read', platform: true })
  @Query(() => Segment, {
    nullable: true,
    description: 'One saved segment; null when unknown to the caller.',
  })
  async segment(
    @Arg('id', () => ID, { description: 'Id of the segment.' }) id: string,
    @Ctx() context: Context,
  ): Promise<SegmentEntity | null> {
    const uuid = segmentId.decode(id);
    return uuid === null ? null : segmentLoader(context).load(uuid);
  }
}

@Resolver(() => Segment)
export class FieldsOfSegment {
  @FieldResolver(() => SegmentSize, { description: 'How many customers are in it now.' })
  size(@Root() segment: SegmentEntity): SegmentSize {
    const asOf = segment.judgedAt ?? segment.updatedAt;
    return {
      customers: segment.memberCount,
      asOf,
      window: { from: null, until: asOf },
      modelVersion: sizeVersion,
    };
  }

  @FieldResolver(() => CustomerConnection, {
    description: 'Its members, whoever entered it last first; the platform sees none.',
  })
  members(
    @Root() segment: SegmentEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<CustomerEntity>> {
    return readMembers(context, segment.uuid, args);
  }
}

@Resolver(() => Brand)
export class SegmentsOfBrand {
  @FieldResolver(() => SegmentConnection, {
    nullable: true,
    description:
      'Its saved segments, the newest first; null to everybody but the brand itself and the platform.',
  })
  async segments(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SegmentEntity> | null> {
    return isOwnBrand(brand, context.caller) ? readSegments(context, brand.uuid, args) : null;
  }
}

@Resolver(() => BrandRelationship)
export class SegmentsOfRelationship {
  @FieldResolver(() => [SegmentMembership], {
    description:
      'The segments the customer is in, the newest first. Shown to the brand, and to the customer by a ' +
      'token of that brand.',
  })
  segments(
    @Root() { brandUuid, customerUuid }: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<SegmentMembership[]> {
    return membershipsLoader(context).load({ brandId: brandUuid, customerId: customerUuid });
  }
}

@Resolver(() => SegmentMembership)
export class SegmentOfMembership {
  @FieldResolver(() => Segment, {
    nullable: true,
    description: 'The segment; null to the customer, who sees its name.',
  })
  segment(
    @Root() { segmentUuid }: SegmentMembership,
    @Ctx() context: Context,
  ): Promise<SegmentEntity | null> {
    return segmentLoader(context).load(segmentUuid);
  }
}
