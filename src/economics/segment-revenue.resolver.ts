import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import type { Context } from '../platform/graphql/context';
import { SegmentationModelEnum, type SegmentationModel } from '../segments';
import { mayReadBooks } from './own-books';
import { monthAfter } from './reckon-segment-revenue.job';
import { monthAsked, readSegmentRevenue } from './segment-revenue';
import { SegmentRevenue } from './segment-revenue.type';

@ArgsType()
class SegmentRevenueArgs {
  @Field(() => SegmentationModelEnum, {
    defaultValue: 'VALUE_2021',
    description: 'By which model customers are divided.',
  })
  model!: SegmentationModel;

  @Field(() => String, {
    nullable: true,
    description: 'The first day of the month, as 2026-11-01; the running month if left out.',
  })
  month?: string | null;
}

@Resolver(() => Brand)
export class SegmentRevenueOfBrand {
  @FieldResolver(() => SegmentRevenue, {
    nullable: true,
    description:
      'What each band of its customers brought in a month, and whether they go on buying; at most an hour ' +
      'behind. Null of months that are not kept, and to everybody but the platform and the brand’s own keys ' +
      'with the scope READ.',
  })
  async segmentRevenue(
    @Root() brand: BrandEntity,
    @Args(() => SegmentRevenueArgs) { model, month }: SegmentRevenueArgs,
    @Ctx() context: Context,
  ): Promise<SegmentRevenue | null> {
    if (!mayReadBooks(context.caller, brand.uuid)) return null;
    const asked = monthAsked(brand, month, context.clock.now(new Date()));
    return readSegmentRevenue(context, brand, { month: asked, model });
  }
}

@Resolver(() => SegmentRevenue)
export class PreviousSegmentRevenue {
  @FieldResolver(() => SegmentRevenue, {
    nullable: true,
    description: 'The same of the month before, by the bands as they were when that began.',
  })
  previous(
    @Root() { brand, month, model }: SegmentRevenue,
    @Ctx() context: Context,
  ): Promise<SegmentRevenue | null> {
    return readSegmentRevenue(context, brand, { month: monthAfter(month, -1), model });
  }
}
