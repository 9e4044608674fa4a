import { createHmac } from 'node:crypto';

/** The two arms of an experiment: who gets what it tries, and who does not, for comparison. */
export type ArmName = 'TREATED' | 'HELD_OUT';

const bytesUsed = 6;
const range = 2 ** (8 * bytesUsed);
const whole = 10_000;

/**
 * The arm a customer belongs to: HMAC-SHA256 of the customer's UUID under the experiment's own key, read
 * as a number below 2^48, is held out when it lies in the lowest `holdoutBp` ten-thousandths of them. The
 * same customer is always in the same arm, and no experiment's arms tell anything of another's.
 */
export function armOf(key: Buffer, customerUuid: string, holdoutBp: number): ArmName {
  const place = createHmac('sha256', key)
    .update(customerUuid, 'utf8')
    .digest()
    .readUIntBE(0, bytesUsed);
  return place * whole < holdoutBp * range ? 'HELD_OUT' : 'TREATED';
}
