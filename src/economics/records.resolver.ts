import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { AcquisitionEntity } from './acquisition.entity';
import { Acquisition, AcquisitionConnection } from './acquisition.type';
import { mayReadBooks } from './own-books';
import { readReacquisitions, readSpend } from './records.loader';
import type { SpendEntity } from './spend.entity';
import { SpendConnection } from './spend.type';

@Resolver(() => Brand)
export class RecordsOnBrand {
  @FieldResolver(() => AcquisitionConnection, {
    nullable: true,
    description:
      'Those it paid for who had been customers before, the latest to come first. Only the platform and ' +
      'the brand’s own keys with the scope READ see any.',
  })
  async reacquisitions(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<AcquisitionEntity> | null> {
    if (!mayReadBooks(context.caller, brand.uuid)) return null;
    return readReacquisitions(context, brand.uuid, args);
  }

  @FieldResolver(() => SpendConnection, {
    nullable: true,
    description:
      'What it spent on marketing, the latest days first. Only the platform and the brand’s own keys with ' +
      'the scope READ see any.',
  })
  async spend(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SpendEntity> | null> {
    if (!mayReadBooks(context.caller, brand.uuid)) return null;
    return readSpend(context, brand.uuid, args);
  }
}

@Resolver(() => Acquisition)
export class CustomerOfAcquisition {
  @FieldResolver(() => Customer, { nullable: true, description: 'Who came.' })
  customer(
    @Root() acquisition: AcquisitionEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(acquisition.customerUuid);
  }
}
