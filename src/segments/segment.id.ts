import { idKind } from '../platform/ids';

export const segmentId = idKind('seg');
