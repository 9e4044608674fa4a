import { idKind } from '../platform/ids';

export const velvetMemberId = idKind('vel');
export const velvetPerkId = idKind('prk');
export const velvetArrivalId = idKind('arr');
