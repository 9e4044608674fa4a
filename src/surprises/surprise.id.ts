import { idKind } from '../platform/ids';

export const surprisePoolId = idKind('sup');
export const surpriseDrawId = idKind('sdr');
