import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import type { Context } from '../platform/graphql/context';
import { walletSharesLoader } from './wallet-share.loader';
import { WalletShare } from './wallet-share.type';
import { Wallet } from './wallet.type';

@Resolver(() => Wallet)
export class SharesOfWallet {
  @FieldResolver(() => [WalletShare], {
    description:
      'The wallet by brand, the largest part first, at most 100. A brand sees its own part only.',
  })
  byBrand(@Root() wallet: Wallet, @Ctx() context: Context): Promise<WalletShare[]> {
    return walletSharesLoader(context).load(wallet.customerId);
  }
}

@Resolver(() => WalletShare)
export class BrandOfShare {
  @FieldResolver(() => Brand, { nullable: true, description: 'The brand.' })
  brand(@Root() share: WalletShare, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(share.brandUuid);
  }
}
