import type { Feature } from '../platform/feature';
import { AcceptVelvetInvitationMutation } from './accept-velvet-invitation.mutation';
import { createVelvetCredential } from './create-velvet-credential.command';
import { CreateVelvetCredentialMutation } from './create-velvet-credential.mutation';
import { GrantPerkMutation } from './grant-perk.mutation';
import { InviteToVelvetMutation } from './invite-to-velvet.mutation';
import { acceptVelvetInvitation, inviteToVelvet, revokeVelvet } from './membership.command';
import { grantPerk, redeemPerk } from './perk.command';
import { recordVelvetArrival } from './record-velvet-arrival.command';
import { RecordVelvetArrivalMutation } from './record-velvet-arrival.mutation';
import { RedeemPerkMutation } from './redeem-perk.mutation';
import { RevokeVelvetMutation } from './revoke-velvet.mutation';
import { VelvetArrivalEntity, VelvetMemberEntity, VelvetPerkEntity } from './velvet.entity';
import { velvetArrivalId, velvetMemberId, velvetPerkId } from './velvet.id';
import { arrivalLoader, memberLoader, perkLoader } from './velvet.loader';
import {
  CustomerOfArrival,
  CustomerOfPerk,
  PerksOfMember,
  VelvetOnCustomer,
} from './velvet.resolver';

/** A brand's best customers behind a velvet rope: invitations, perks, recognition at a door. No Mu moves. */
export const velvetFeature: Feature = {
  name: 'velvet',
  entities: [VelvetMemberEntity, VelvetPerkEntity, VelvetArrivalEntity],
  resolvers: [
    VelvetOnCustomer,
    PerksOfMember,
    CustomerOfPerk,
    CustomerOfArrival,
    InviteToVelvetMutation,
    AcceptVelvetInvitationMutation,
    RevokeVelvetMutation,
    GrantPerkMutation,
    RedeemPerkMutation,
    CreateVelvetCredentialMutation,
    RecordVelvetArrivalMutation,
  ],
  commands: [
    inviteToVelvet,
    acceptVelvetInvitation,
    revokeVelvet,
    grantPerk,
    redeemPerk,
    createVelvetCredential,
    recordVelvetArrival,
  ],
  references: {},
  nodes: {
    [velvetMemberId.prefix]: (uuid, context) => memberLoader(context).load(uuid),
    [velvetPerkId.prefix]: (uuid, context) => perkLoader(context).load(uuid),
    [velvetArrivalId.prefix]: (uuid, context) => arrivalLoader(context).load(uuid),
  },
  jobs: [],
  topics: { 'velvet.arrived': 'One of a brand’s best customers was recognised at a store.' },
};
