import { idKind } from '../platform/ids';

export const webhookEndpointId = idKind('whe');
export const webhookDeliveryId = idKind('whd');
