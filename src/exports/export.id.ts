import { idKind } from '../platform/ids';

export const exportJobId = idKind('xpt');
