import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { activateReferral } from './activate-referral.command';
import { ActivateReferralMutation } from './activate-referral.mutation';
import { activateReferrals } from './activate-referrals.job';
import { claimReferral } from './claim-referral.command';
import { ClaimReferralMutation } from './claim-referral.mutation';
import { createReferralLink } from './create-referral-link.command';
import { CreateReferralLinkMutation } from './create-referral-link.mutation';
import { fundReferralProgram } from './fund-referral-program.command';
import { FundReferralProgramMutation } from './fund-referral-program.mutation';
import { ReferralLinkEntity } from './referral-link.entity';
import { ReferralPaymentEntity } from './referral-payment.entity';
import { ReferralProgramEntity } from './referral-program.entity';
import { programLoader } from './referral-program.loader';
import { ReferralEntity } from './referral.entity';
import { referralId, referralLinkId, referralProgramId } from './referral.id';
import { referralLinkLoader, referralLoader } from './referral.loader';
import {
  AddressOfLink,
  LinksOfReferral,
  ProgramOnBrand,
  ReferralQueries,
  ReferralsOnCustomer,
  ReserveOfProgram,
  TransferOfPayment,
} from './referral.resolver';
import { upsertReferralProgram } from './upsert-referral-program.command';
import { UpsertReferralProgramMutation } from './upsert-referral-program.mutation';

export { referralId } from './referral.id';
export { referralLoader } from './referral.loader';
export { Referral } from './referral.type';
export { endReferrals, lockReferralsPaidBy } from './reversed-payments';
export { openTrailingShares, type TrailingShares } from './trailing-shares';

/** Friends customers bring along: links, claims, what is paid for them and the share of what they earn. */
export const referralsFeature: Feature = {
  name: 'referrals',
  entities: [ReferralProgramEntity, ReferralLinkEntity, ReferralEntity, ReferralPaymentEntity],
  resolvers: [
    ReferralQueries,
    ReferralsOnCustomer,
    ProgramOnBrand,
    ReserveOfProgram,
    AddressOfLink,
    LinksOfReferral,
    TransferOfPayment,
    UpsertReferralProgramMutation,
    FundReferralProgramMutation,
    CreateReferralLinkMutation,
    ClaimReferralMutation,
    ActivateReferralMutation,
  ],
  commands: [
    upsertReferralProgram,
    fundReferralProgram,
    createReferralLink,
    claimReferral,
    activateReferral,
  ],
  references: { Referral: referencesById(referralId, referralLoader) },
  nodes: {
    [referralId.prefix]: (uuid, context) => referralLoader(context).load(uuid),
    [referralLinkId.prefix]: (uuid, context) => referralLinkLoader(context).load(uuid),
    [referralProgramId.prefix]: (uuid, context) => programLoader(context).load(uuid),
  },
  jobs: [activateReferrals],
  topics: {
    'referral.activated':
      'A friend somebody brought is known for sure; both have been paid for it.',
  },
};
