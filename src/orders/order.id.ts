import { idKind } from '../platform/ids';

export const orderId = idKind('ord');
