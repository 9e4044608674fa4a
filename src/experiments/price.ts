import { userError } from '../platform/errors';
import { toMinor } from '../platform/money';
import type { Checked } from '../platform/text';

const micros = 1_000_000;

/**
 * Reads a price with up to six decimals as millionths of a currency's unit, since a mail costs a paisa or
 * less; one that is not given is 0.
 */
export function checkPrice(price: string | null | undefined, field: string): Checked<number> {
  const [, whole = '', fraction = ''] =
    /^([0-9]{1,9})(?:\.([0-9]{1,6}))?$/.exec(price ?? '0') ?? [];
  if (whole !== '') return { value: Number(whole) * micros + Number(fraction.padEnd(6, '0')) };
  const message = 'A decimal from 0 with up to 6 decimals, such as "0.01".';
  return { refusal: userError('INVALID_VALUE', [field], message) };
}

/** What so many cost at a price in millionths, in minor units of the currency, rounded half up. */
export function costOf(count: number, price: number, currency: string): number {
  const unit = BigInt(toMinor('1', currency) ?? 100);
  const doubled = BigInt(count) * BigInt(price) * unit * 2n;
  return Number((doubled + BigInt(micros)) / BigInt(2 * micros));
}
