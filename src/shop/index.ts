import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { CancelRedemptionMutation } from './cancel-redemption.mutation';
import { CaptureRedemptionMutation } from './capture-redemption.mutation';
import { cancelRedemption, captureRedemption } from './conclude-redemption.command';
import { expireHolds } from './expire-holds.job';
import { redeem } from './redeem.command';
import { RedeemableOnCustomer } from './redeemable.resolver';
import { RedeemMutation } from './redeem.mutation';
import { RedemptionEntity } from './redemption.entity';
import { redemptionLoader } from './redemption.loader';
import { redemptionTopics } from './redemption.topics';
import { reverseTransfer } from './reverse-transfer.command';
import { ReverseTransferMutation } from './reverse-transfer.mutation';
import { redemptionId, shopItemId } from './shop.id';
import {
  BrandOnShopItem,
  LinksOfRedemption,
  RedemptionsOnCustomer,
  ShopQueries,
} from './shop.resolver';
import { ShopItemEntity } from './shop-item.entity';
import { shopItemLoader } from './shop-item.loader';
import { upsertShopItem } from './upsert-shop-item.command';
import { UpsertShopItemMutation } from './upsert-shop-item.mutation';

export { PendingRedemptions } from './pending-redemptions';
export { RedemptionEntity } from './redemption.entity';
export { redemptionLoader } from './redemption.loader';
export { Redemption } from './redemption.type';
export { redemptionId } from './shop.id';

/** What Mu is spent on, and the redemptions that spend it. */
export const shopFeature: Feature = {
  name: 'shop',
  entities: [ShopItemEntity, RedemptionEntity],
  resolvers: [
    ShopQueries,
    RedemptionsOnCustomer,
    RedeemableOnCustomer,
    LinksOfRedemption,
    BrandOnShopItem,
    UpsertShopItemMutation,
    RedeemMutation,
    CaptureRedemptionMutation,
    CancelRedemptionMutation,
    ReverseTransferMutation,
  ],
  commands: [upsertShopItem, redeem, captureRedemption, cancelRedemption, reverseTransfer],
  references: { Redemption: referencesById(redemptionId, redemptionLoader) },
  nodes: {
    [redemptionId.prefix]: (uuid, context) => redemptionLoader(context).load(uuid),
    [shopItemId.prefix]: (uuid, context) => shopItemLoader(context).load(uuid),
  },
  jobs: [expireHolds],
  topics: redemptionTopics,
};
