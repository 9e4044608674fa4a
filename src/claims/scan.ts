import { derivedUuid } from '../platform/ids';
import type { Command } from '../platform/database/command';
import { openClaim, type OpenClaim } from './open-claim.command';
import type { QrCodeEntity } from './qr-code.entity';

/** The scan of a printed code by a device; the same scan again gets the same claim. */
export function scanOf(
  { brandUuid, code }: Pick<QrCodeEntity, 'brandUuid' | 'code'>,
  deviceId: string,
): Command<OpenClaim> {
  return {
    kind: openClaim.kind,
    scope: brandUuid,
    tenant: brandUuid,
    key: `scan ${derivedUuid(brandUuid, code, deviceId)}`,
    input: { code, deviceId },
  };
}
