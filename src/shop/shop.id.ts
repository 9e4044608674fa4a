import { idKind } from '../platform/ids';

export const redemptionId = idKind('red');
export const shopItemId = idKind('itm');
