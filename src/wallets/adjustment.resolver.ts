import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { AdjustmentEntity } from './adjustment.entity';
import { readAdjustments } from './adjustment.loader';
import { Adjustment, AdjustmentConnection } from './adjustment.type';

@Resolver()
export class AdjustmentQueries {
  @Allow({ brand: 'mu:read', platform: true })
  @Query(() => AdjustmentConnection, {
    description:
      'Corrections by hand, the newest first: those of the brand; for the platform, of all brands.',
  })
  adjustments(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<AdjustmentEntity>> {
    return readAdjustments(context, args);
  }
}

@Resolver(() => Adjustment)
export class LinksOfAdjustment {
  @FieldResolver(() => Customer, { nullable: true, description: 'Whose wallet it is.' })
  customer(
    @Root() adjustment: AdjustmentEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(adjustment.customerUuid);
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'Whose budget it is.' })
  brand(@Root() adjustment: AdjustmentEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(adjustment.brandUuid);
  }
}
