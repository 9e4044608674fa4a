import {
  confirmIdentities,
  confirmIdentityKind,
  type Confirmed,
  type ConfirmIdentity,
  type ConfirmIdentityAnswer,
  type ProvenIdentity,
} from '../customers';
import { refused, type CommandHandler } from '../platform/database/command';
import { mergeAll } from './merge-customers';

const reason = 'Both proved that the same address or number is theirs';

/**
 * Confirms identities. Two customers who proved the same address are one person, so the one is merged
 * into the other in the same transaction; unless one of them wants no Mu, who is then left alone.
 */
export const confirmIdentity: CommandHandler<ConfirmIdentity, ConfirmIdentityAnswer> = {
  kind: confirmIdentityKind,
  async execute(tx, commands) {
    const confirmed = await confirmIdentities(tx, commands);
    const shared = confirmed.filter(isShared);
    const merged = await mergeAll(
      tx,
      shared.map(({ brandId, customer, owner }) => ({
        brandId,
        from: customer,
        into: owner,
        reason,
      })),
    );
    const survivors = new Map(
      shared.map(({ customer }, at) => {
        const merge = merged[at];
        return [customer, merge !== undefined && 'gone' in merge ? merge.survivor : customer];
      }),
    );
    return confirmed.map((one) => {
      if ('code' in one) return refused(one);
      return { userErrors: [], customer: survivors.get(one.customer) ?? one.customer };
    });
  },
};

function isShared(one: Confirmed): one is ProvenIdentity {
  return 'owner' in one && one.owner !== one.customer;
}
