import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { activateAll } from './activation';
import type { ReferralAnswer } from './claim-referral.command';
import { referralId } from './referral.id';

/** The referral whose friend the brand now knows for sure. */
export interface ActivateReferral {
  id: string;
}

/** Activates referrals on the brand's word. */
export const activateReferral: CommandHandler<ActivateReferral, ReferralAnswer> = {
  kind: 'activateReferral',
  async execute(tx, commands) {
    const refs = commands.map(({ input, tenant }) => {
      const id = referralId.decode(input.id);
      return id === null ? null : { brandId: tenant as string, id };
    });
    const activated = await activateAll(tx, refs);
    return activated.map((one): ReferralAnswer => {
      if (typeof one === 'string') return refused(userError(one, ['id']));
      return { referral: one, userErrors: [] };
    });
  },
};
