import { Field, Int, ObjectType } from 'type-graphql';
import type { UserErrorCode } from '../platform/errors';
import { connectionTypes } from '../platform/graphql/connection';
import { Mu } from '../platform/graphql/scalars';
import { UserErrorCodeEnum } from '../platform/graphql/user-error';
import { ShopItem } from './shop-item.type';

@ObjectType({
  simpleResolvers: true,
  description: 'An item of the shop as it stands for one customer at this moment.',
})
export class RedeemableItem {
  @Field(() => ShopItem, { description: 'The item.' })
  item!: ShopItem;

  @Field(() => Boolean, {
    description: 'Whether the customer can redeem it now, as far as the caller sees the wallet.',
  })
  redeemable!: boolean;

  @Field(() => UserErrorCodeEnum, {
    nullable: true,
    description: 'The code `redeem` would be refused with; null when it would not be.',
  })
  reason!: UserErrorCode | null;

  @Field(() => Mu, {
    description: 'How much Mu the wallet lacks for the price and the minimum balance; 0 when none.',
  })
  missing!: number;

  @Field(() => Int, {
    description: 'How many of it the customer has already, those on hold included.',
  })
  had!: number;
}

export const { Connection: RedeemableItemConnection } = connectionTypes(
  RedeemableItem,
  'RedeemableItem',
);
