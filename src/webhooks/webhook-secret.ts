import { createHmac } from 'node:crypto';
import { deriveKey } from '../platform/auth/secrets';

/** Which secrets sign for an endpoint. */
export interface SecretState {
  id: string;
  secret_version: number;
  secret_rotated_at: Date | null;
}

/**
 * Makes the secrets endpoints verify with and signs with them. A secret is derived from the endpoint's
 * UUID and the number of its rotation, so that a repeated request can be answered with the same text,
 * every process can sign, and nothing secret is stored. Another token secret means other secrets.
 */
export class WebhookSecrets {
  private readonly derivationKey: Buffer;

  constructor(tokenSecret: string) {
    this.derivationKey = deriveKey(tokenSecret, 'webhook-endpoint');
  }

  /** The text the brand is shown, in the form of Standard Webhooks. */
  textFor(endpointUuid: string, version: number): string {
    return `whsec_${this.keyOf(endpointUuid, version).toString('base64')}`;
  }

  /**
   * The value of `webhook-signature` over id, timestamp and body: one signature, and a second one with
   * the secret before while its receiver may still use it.
   */
  sign(signed: string, endpoint: SecretState, now: Date, oldSecretSeconds: number): string {
    return versionsAt(endpoint, now, oldSecretSeconds)
      .map((version) => createHmac('sha256', this.keyOf(endpoint.id, version)).update(signed))
      .map((hmac) => `v1,${hmac.digest('base64')}`)
      .join(' ');
  }

  private keyOf(endpointUuid: string, version: number): Buffer {
    const name = `${endpointUuid} ${version}`;
    return createHmac('sha256', this.derivationKey).update(name).digest();
  }
}

function versionsAt(endpoint: SecretState, now: Date, oldSecretSeconds: number): number[] {
  const { secret_version: version, secret_rotated_at: rotatedAt } = endpoint;
  if (version === 1 || rotatedAt === null) return [version];
  const inUse = now.getTime() < rotatedAt.getTime() + oldSecretSeconds * 1000;
  return inUse ? [version, version - 1] : [version];
}
