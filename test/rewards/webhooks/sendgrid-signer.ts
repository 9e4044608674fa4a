import { generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Somebody who signs webhooks the way SendGrid does. */
export interface SendGridSigner {
  /** What a brand copies out of SendGrid's settings. */
  publicKey: string;
  headersFor(body: Buffer, at: Date): IncomingHttpHeaders;
}

export function createSigner(): SendGridSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    headersFor(body, at) {
      const timestamp = String(Math.floor(at.getTime() / 1000));
      const signed = Buffer.concat([Buffer.from(timestamp), body]);
      return {
        'x-twilio-email-event-webhook-signature': sign('sha256', signed, privateKey).toString(
          'base64',
        ),
        'x-twilio-email-event-webhook-timestamp': timestamp,
      };
    },
  };
}
