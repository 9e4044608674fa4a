import { idKind } from '../platform/ids';

export const messageId = idKind('msg');
export const deliveryId = idKind('dlv');
