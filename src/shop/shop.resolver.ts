import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { RedemptionEntity } from './redemption.entity';
import { readRedemptions, redemptionLoader } from './redemption.loader';
import { Redemption, RedemptionConnection } from './redemption.type';
import { redemptionId } from './shop.id';
import type { ShopItemEntity } from './shop-item.entity';
import { readShop, shopItemLoader } from './shop-item.loader';
import { ShopItem, ShopItemConnection } from './shop-item.type';

@Resolver()
export class ShopQueries {
  @Allow({ brand: 'mu:read', customer: true })
  @Query(() => ShopItemConnection, {
    description:
      'The shop of the caller’s brand, the newest item first; for a customer, of the brand that ' +
      'signed them in, and what is there for customers of every brand.',
  })
  async shopItems(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ShopItem>> {
    return (await readShop(context, args)).page;
  }

  @Allow({ brand: 'mu:read', customer: true, platform: true })
  @Query(() => Redemption, {
    nullable: true,
    description: 'One redemption; null when unknown to the caller.',
  })
  async redemption(
    @Arg('id', () => ID, { description: 'Id of the redemption.' }) id: string,
    @Ctx() context: Context,
  ): Promise<RedemptionEntity | null> {
    const uuid = redemptionId.decode(id);
    return uuid === null ? null : redemptionLoader(context).load(uuid);
  }
}

@Resolver(() => Customer)
export class RedemptionsOnCustomer {
  @FieldResolver(() => RedemptionConnection, {
    description:
      'What the customer redeemed, newest first; a brand sees what was redeemed with it.',
  })
  redemptions(
    @Root() customer: CustomerEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<RedemptionEntity>> {
    return readRedemptions(context, customer.uuid, args);
  }
}

@Resolver(() => Redemption)
export class LinksOfRedemption {
  @FieldResolver(() => String, { description: 'What the Mu was spent on.' })
  async description(
    @Root() redemption: RedemptionEntity,
    @Ctx() context: Context,
  ): Promise<string> {
    if (redemption.storedDescription !== undefined) return redemption.storedDescription;
    const stored = await redemptionLoader(context).load(redemption.uuid);
    return stored?.storedDescription ?? '';
  }

  @FieldResolver(() => ShopItem, { nullable: true, description: 'The item, when it was one.' })
  async item(
    @Root() redemption: RedemptionEntity,
    @Ctx() context: Context,
  ): Promise<ShopItemEntity | null> {
    const { itemUuid } = redemption;
    return itemUuid === null ? null : shopItemLoader(context).load(itemUuid);
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Whose Mu it is.' })
  customer(
    @Root() redemption: RedemptionEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(redemption.customerUuid);
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'The brand it is spent with.' })
  brand(@Root() redemption: RedemptionEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(redemption.brandUuid);
  }
}

@Resolver(() => ShopItem)
export class BrandOnShopItem {
  @FieldResolver(() => Brand, { nullable: true, description: 'The brand that gives it.' })
  brand(@Root() item: ShopItemEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(item.brandUuid);
  }
}
