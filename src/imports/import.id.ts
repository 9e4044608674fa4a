import { idKind } from '../platform/ids';

export const importJobId = idKind('imp');
export const eventMappingId = idKind('emp');
