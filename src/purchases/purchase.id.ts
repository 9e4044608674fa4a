import { idKind } from '../platform/ids';

export const purchaseId = idKind('pur');

export const purchaseRefundId = idKind('prf');
