import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';

/** Why an amount of Mu cannot be moved in one transfer, or null; `field` names it in the input. */
export function checkAmount(
  amount: number,
  limits: Pick<Limits, 'amountMu'>,
  field: string[] = ['amount'],
): UserErrorShape | null {
  if (amount < 1) return userError('AMOUNT_NOT_POSITIVE', field);
  if (amount > limits.amountMu) return userError('AMOUNT_TOO_LARGE', field);
  return null;
}
