import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { AdjustmentEntity } from './adjustment.entity';
import { adjustmentId } from './adjustment.id';
import { adjustmentLoader } from './adjustment.loader';
import { AdjustmentQueries, LinksOfAdjustment } from './adjustment.resolver';
import { ApproveAdjustmentMutation } from './approve-adjustment.mutation';
import { approveAdjustment, declineAdjustment } from './decide-adjustment.command';
import { DeclineAdjustmentMutation } from './decline-adjustment.mutation';
import { expireAdjustments } from './expire-adjustments.job';
import { decayWallets } from './decay-wallets.job';
import { giftMu } from './gift-mu.command';
import { GiftMuMutation } from './gift-mu.mutation';
import { learnAboutMu } from './learn-about-mu.command';
import { LearnAboutMuMutation } from './learn-about-mu.mutation';
import { optInToMu } from './opt-in-to-mu.command';
import { OptInToMuMutation } from './opt-in-to-mu.mutation';
import { optOutOfMu } from './opt-out-of-mu.command';
import { OptOutOfMuMutation } from './opt-out-of-mu.mutation';
import { requestAdjustment } from './request-adjustment.command';
import { RequestAdjustmentMutation } from './request-adjustment.mutation';
import { walletsTopics } from './wallets.topics';

export { spread } from './spread';

/** What people and brands decide about wallets as such: opting out and in, knowing what Mu is, giving it; corrections by hand; and decay. */
export const walletsFeature: Feature = {
  name: 'wallets',
  entities: [AdjustmentEntity],
  resolvers: [
    OptOutOfMuMutation,
    OptInToMuMutation,
    LearnAboutMuMutation,
    GiftMuMutation,
    AdjustmentQueries,
    LinksOfAdjustment,
    RequestAdjustmentMutation,
    ApproveAdjustmentMutation,
    DeclineAdjustmentMutation,
  ],
  commands: [
    optOutOfMu,
    optInToMu,
    learnAboutMu,
    giftMu,
    requestAdjustment,
    approveAdjustment,
    declineAdjustment,
  ],
  references: { Adjustment: referencesById(adjustmentId, adjustmentLoader) },
  nodes: { [adjustmentId.prefix]: (uuid, context) => adjustmentLoader(context).load(uuid) },
  jobs: [expireAdjustments, decayWallets],
  topics: walletsTopics,
};
