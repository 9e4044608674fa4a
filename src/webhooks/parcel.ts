import { brandId, customerId } from '../platform/auth/principal-ids';
import type { Parcel } from './post';
import type { SecretState, WebhookSecrets } from './webhook-secret';
import { webhookDeliveryId } from './webhook.id';

/** A delivery that is this process's to send, with what it needs of its endpoint. */
export interface ClaimedDelivery {
  id: string;
  brand_id: string;
  endpoint_id: string;
  topic: string;
  customer_id: string | null;
  /** What the brand calls the customer; read for the request and kept nowhere. */
  external_id: string | null;
  payload: Record<string, unknown>;
  happened_at: Date;
  attempts: number;
  leased_until: Date;
  url: string;
  secret_version: number;
  secret_rotated_at: Date | null;
}

/** The request that tells of a delivery, signed as Standard Webhooks say. */
export function parcelOf(
  delivery: ClaimedDelivery,
  secrets: WebhookSecrets,
  { now, oldSecretSeconds }: { now: Date; oldSecretSeconds: number },
): Parcel {
  const id = webhookDeliveryId.encode(delivery.id);
  const body = bodyOf(delivery);
  // Receivers compare it with their own clocks, so it is the machine's time and that of the attempt.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const endpoint: SecretState = { ...delivery, id: delivery.endpoint_id };
  const signed = `${id}.${timestamp}.${body}`;
  return {
    url: delivery.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Atomic-Rewards-Webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': secrets.sign(signed, endpoint, now, oldSecretSeconds),
    },
  };
}

function bodyOf(delivery: ClaimedDelivery): string {
  const { topic, brand_id, customer_id, external_id, payload, happened_at } = delivery;
  return JSON.stringify({
    type: topic,
    timestamp: happened_at.toISOString(),
    data: {
      ...payload,
      brandId: brandId.encode(brand_id),
      customerId: customer_id === null ? null : customerId.encode(customer_id),
      customerExternalId: external_id,
    },
  });
}
