import { accounts, type Posting } from '../ledger';
import type { UserErrorCode } from '../platform/errors';
import type { ReferralProgramRow } from './referral-program.entity';

type Program = Pick<ReferralProgramRow, 'id' | 'brand_id'>;

/** Moves Mu from the brand's budget into the programme's reserve, or says why not. */
export function fund(posting: Posting, program: Program, amount: number): UserErrorCode | null {
  const posted = posting.transfer({
    kind: 'RESERVE',
    debit: accounts.budget(program.brand_id),
    credit: accounts.reserve(program.brand_id, program.id),
    amount,
    reason: 'Reserve for referrals',
    brandId: program.brand_id,
  });
  if (posted === 'TOO_LITTLE') return 'BUDGET_EXHAUSTED';
  return posted === 'TOO_MUCH' ? 'AMOUNT_TOO_LARGE' : null;
}

/** Gives what is left in the reserve back to the budget. The reserve stays, for it may be filled again. */
export function giveBack(posting: Posting, program: Program): void {
  const reserve = accounts.reserve(program.brand_id, program.id);
  const amount = posting.balanceOf(reserve);
  if (amount === 0) return;
  const posted = posting.transfer({
    kind: 'RESERVE_RELEASE',
    debit: reserve,
    credit: accounts.budget(program.brand_id),
    amount,
    reason: 'Unused rest of the referral programme',
    brandId: program.brand_id,
  });
  if (typeof posted === 'string') throw new Error('a reserve could not be given back');
}
