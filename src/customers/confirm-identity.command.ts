import { refused, type CommandHandler } from '../platform/database/command';
import {
  confirmIdentities,
  confirmIdentityKind,
  type ConfirmIdentity,
  type ConfirmIdentityAnswer,
} from './confirm-identity';

/** Confirms identities. */
export const confirmIdentityHandler: CommandHandler<ConfirmIdentity, ConfirmIdentityAnswer> = {
  kind: confirmIdentityKind,
  async execute(tx, commands) {
    const confirmed = await confirmIdentities(tx, commands);
    return confirmed.map((one) => {
      if ('code' in one) return refused(one);
      return { userErrors: [], customer: one.customer };
    });
  },
};
