import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Customer, customerLoader } from '../customers';
import { entryId, entryLoader, LedgerEntry, Wallet, walletLoader } from '../ledger';
import type { Context } from '../platform/graphql/context';
import { earnRuleId, earnRuleLoader, EarnRule } from '../rewards';
import { Redemption, redemptionId, redemptionLoader } from '../shop';
import {
  MuGrantedUpdate,
  RedemptionUpdate,
  StreakUpdate,
  WalletUpdate,
  type Update,
} from './updates';

/** Whom an update is about, for each type of update. */
function linksOf(type: new (...args: never[]) => Update): new () => object {
  @Resolver(() => type)
  class LinksOfUpdate {
    @FieldResolver(() => Customer, { nullable: true, description: 'Whom it happened to.' })
    async customer(
      @Root() { announced }: Update,
      @Ctx() context: Context,
    ): Promise<Customer | null> {
      const { customerId } = announced;
      return customerId === null ? null : customerLoader(context).load(customerId);
    }

    @FieldResolver(() => Brand, { nullable: true, description: 'The brand it happened with.' })
    brand(@Root() { announced }: Update, @Ctx() context: Context): Promise<Brand | null> {
      return brandLoader(context).load(announced.brandId);
    }
  }
  return LinksOfUpdate;
}

function walletLinksOf(
  type: new (...args: never[]) => Update & { entryId: string },
): new () => object {
  @Resolver(() => type)
  class LinksOfWalletUpdate {
    @FieldResolver(() => LedgerEntry, { nullable: true, description: 'The line on the statement.' })
    async entry(
      @Root() update: Update & { entryId: string },
      @Ctx() context: Context,
    ): Promise<LedgerEntry | null> {
      const uuid = entryId.decode(update.entryId);
      return uuid === null ? null : entryLoader(context).load(uuid);
    }

    @FieldResolver(() => Wallet, {
      nullable: true,
      description: 'The wallet as it is when you are told, as far as you may see it.',
    })
    async wallet(@Root() { announced }: Update, @Ctx() context: Context): Promise<Wallet | null> {
      const { customerId } = announced;
      return customerId === null ? null : walletLoader(context).load(customerId);
    }
  }
  return LinksOfWalletUpdate;
}

@Resolver(() => StreakUpdate)
class RuleOfStreakUpdate {
  @FieldResolver(() => EarnRule, { nullable: true, description: 'The rule whose streak it is.' })
  async rule(@Root() update: StreakUpdate, @Ctx() context: Context): Promise<EarnRule | null> {
    const uuid = earnRuleId.decode(update.ruleId);
    return uuid === null ? null : earnRuleLoader(context).load(uuid);
  }
}

@Resolver(() => RedemptionUpdate)
class RedemptionOfUpdate {
  @FieldResolver(() => Redemption, { nullable: true, description: 'The redemption as it is now.' })
  async redemption(
    @Root() update: RedemptionUpdate,
    @Ctx() context: Context,
  ): Promise<Redemption | null> {
    const uuid = redemptionId.decode(update.redemptionId);
    return uuid === null ? null : redemptionLoader(context).load(uuid);
  }
}

export const linkResolvers: (new () => object)[] = [
  ...[MuGrantedUpdate, WalletUpdate, StreakUpdate, RedemptionUpdate].map(linksOf),
  ...[MuGrantedUpdate, WalletUpdate].map(walletLinksOf),
  RuleOfStreakUpdate,
  RedemptionOfUpdate,
];
