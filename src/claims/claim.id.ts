import { idKind } from '../platform/ids';

export const claimId = idKind('clm');
export const qrCodeId = idKind('qrc');
