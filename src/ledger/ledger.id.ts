import { idKind } from '../platform/ids';

export const transferId = idKind('trf');
export const entryId = idKind('ent');
