import { idKind } from '../platform/ids';

export const purchaseId = idKind('pur');
