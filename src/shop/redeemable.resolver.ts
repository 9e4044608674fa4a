import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Customer, type CustomerEntity } from '../customers';
import { walletLoader, type Wallet } from '../ledger';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { missingMu, refusalOf } from './offer';
import { itemsHadLoader } from './redemption.loader';
import { RedeemableItem, RedeemableItemConnection } from './redeemable.type';
import type { ShopItemEntity } from './shop-item.entity';
import { readShop } from './shop-item.loader';

@Resolver(() => Customer)
export class RedeemableOnCustomer {
  @FieldResolver(() => RedeemableItemConnection, {
    description:
      'The shop of the caller’s brand for this customer, the newest item first: what they can redeem ' +
      'now, and why not the others. For the person also what is there for customers of every brand.',
  })
  async redeemable(
    @Root() customer: CustomerEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<RedeemableItem>> {
    const [{ page: shop, now }, wallet] = await Promise.all([
      readShop(context, args),
      walletLoader(context).load(customer.uuid),
    ]);
    const items = shop.nodes.map((item) => item.uuid);
    const had = await itemsHadLoader(context, { items }).load(customer.uuid);
    const shown = (item: ShopItemEntity): RedeemableItem => show(item, wallet, had, now);
    return {
      edges: shop.edges.map(({ cursor, node }) => ({ cursor, node: shown(node) })),
      nodes: shop.nodes.map(shown),
      pageInfo: shop.pageInfo,
    };
  }
}

function show(
  item: ShopItemEntity,
  wallet: Wallet,
  counts: ReadonlyMap<string, number>,
  now: Date,
): RedeemableItem {
  const had = counts.get(item.uuid) ?? 0;
  const optedOut = wallet.state === 'OPTED_OUT';
  const reason = refusalOf(item, { balance: wallet.balance, optedOut, had }, now);
  const missing = missingMu(item, wallet.balance);
  return Object.assign(new RedeemableItem(), {
    item,
    redeemable: reason === null,
    reason,
    missing,
    had,
  });
}
