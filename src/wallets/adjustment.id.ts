import { idKind } from '../platform/ids';

export const adjustmentId = idKind('adj');
