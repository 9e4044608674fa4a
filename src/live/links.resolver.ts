import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Customer, customerLoader } from '../customers';
import { Acquisition, acquisitionId, acquisitionLoader } from '../economics';
import { entryId, entryLoader, LedgerEntry, Wallet, walletLoader } from '../ledger';
import type { Context } from '../platform/graphql/context';
import { Referral, referralId, referralLoader } from '../referrals';
import { earnRuleId, earnRuleLoader, EarnRule } from '../rewards';
import { Redemption, redemptionId, redemptionLoader } from '../shop';
import { poolLoader, SurprisePool, surprisePoolId } from '../surprises';
import { AttentionScoreUpdate, DormancyUpdate } from './attention-updates';
import { BrandOfErasure } from './erasure-update';
import { CustomerMergedUpdate, MergeOfUpdate } from './merge-update';
import { MicronOfUpdate, MicronUpdate } from './micron-update';
import { SegmentOfUpdate, SegmentUpdate } from './segment-update';
import {
  ConsentUpdate,
  HotlineUpdate,
  MuGrantedUpdate,
  ReacquisitionUpdate,
  RedemptionUpdate,
  ReferralUpdate,
  StreakUpdate,
  SurpriseUpdate,
  VelvetArrivalUpdate,
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

@Resolver(() => ReferralUpdate)
class ReferralOfUpdate {
  @FieldResolver(() => Referral, { nullable: true, description: 'The referral as it is now.' })
  async referral(
    @Root() update: ReferralUpdate,
    @Ctx() context: Context,
  ): Promise<Referral | null> {
    const uuid = referralId.decode(update.referralId);
    return uuid === null ? null : referralLoader(context).load(uuid);
  }
}

@Resolver(() => ReacquisitionUpdate)
class AcquisitionOfUpdate {
  @FieldResolver(() => Acquisition, {
    nullable: true,
    description: 'The acquisition as it is now.',
  })
  async acquisition(
    @Root() update: ReacquisitionUpdate,
    @Ctx() context: Context,
  ): Promise<Acquisition | null> {
    const uuid = acquisitionId.decode(update.acquisitionId);
    return uuid === null ? null : acquisitionLoader(context).load(uuid);
  }
}

@Resolver(() => SurpriseUpdate)
class PoolOfSurpriseUpdate {
  @FieldResolver(() => SurprisePool, { nullable: true, description: 'The pool it came from.' })
  async pool(
    @Root() update: SurpriseUpdate,
    @Ctx() context: Context,
  ): Promise<SurprisePool | null> {
    const uuid = surprisePoolId.decode(update.poolId);
    return uuid === null ? null : poolLoader(context).load(uuid);
  }
}

const everyUpdate = [
  MicronUpdate,
  DormancyUpdate,
  AttentionScoreUpdate,
  CustomerMergedUpdate,
  SegmentUpdate,
  MuGrantedUpdate,
  WalletUpdate,
  StreakUpdate,
  RedemptionUpdate,
  ReferralUpdate,
  SurpriseUpdate,
  VelvetArrivalUpdate,
  ReacquisitionUpdate,
  ConsentUpdate,
  HotlineUpdate,
];

export const linkResolvers: (new () => object)[] = [
  ...everyUpdate.map(linksOf),
  ...[MuGrantedUpdate, WalletUpdate].map(walletLinksOf),
  RuleOfStreakUpdate,
  RedemptionOfUpdate,
  ReferralOfUpdate,
  PoolOfSurpriseUpdate,
  MergeOfUpdate,
  BrandOfErasure,
  MicronOfUpdate,
  SegmentOfUpdate,
  AcquisitionOfUpdate,
];
