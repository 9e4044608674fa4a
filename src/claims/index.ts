import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { answerClaim } from './answer-claim.command';
import { AnswerClaimMutation } from './answer-claim.mutation';
import { bindClaim } from './bind-claim.command';
import { BindClaimMutation } from './bind-claim.mutation';
import { ClaimEntity } from './claim.entity';
import { claimId, qrCodeId } from './claim.id';
import { claimLoader } from './claim.loader';
import { ClaimQueries, LinksOfClaim, LinksOfQrCode } from './claims.resolver';
import { createQrCode } from './create-qr-code.command';
import { CreateQrCodeMutation } from './create-qr-code.mutation';
import { expireClaims } from './expire-claims.job';
import { openClaim } from './open-claim.command';
import { OpenClaimMutation } from './open-claim.mutation';
import { QrCodeEntity } from './qr-code.entity';
import { qrCodeLoader } from './qr-code.loader';

export { claimId } from './claim.id';
export type { ClaimAnswer } from './open-claim.command';
export type { QrCodeEntity } from './qr-code.entity';
export { codeByTextLoader } from './qr-code.loader';
export { scanOf } from './scan';

/** Codes on things in the world, and what unknown people earn at them until they say who they are. */
export const claimsFeature: Feature = {
  name: 'claims',
  entities: [QrCodeEntity, ClaimEntity],
  resolvers: [
    ClaimQueries,
    LinksOfQrCode,
    LinksOfClaim,
    CreateQrCodeMutation,
    OpenClaimMutation,
    AnswerClaimMutation,
    BindClaimMutation,
  ],
  commands: [createQrCode, openClaim, answerClaim, bindClaim],
  references: {
    QrCode: referencesById(qrCodeId, qrCodeLoader),
    Claim: referencesById(claimId, claimLoader),
  },
  nodes: {
    [qrCodeId.prefix]: (uuid, context) => qrCodeLoader(context).load(uuid),
    [claimId.prefix]: (uuid, context) => claimLoader(context).load(uuid),
  },
  jobs: [expireClaims],
  topics: {
    'claim.bound': 'Somebody said who they are, and the Mu of their claim is in their wallet.',
    'claim.expired': 'Nobody said that a claim was theirs: its Mu went back.',
  },
};
