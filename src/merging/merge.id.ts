import { idKind } from '../platform/ids';

export const mergeId = idKind('mrg');
