import { createPublicKey, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { SignedRequest } from './webhook-adapter';

const signatureHeader = 'x-twilio-email-event-webhook-signature';
const timestampHeader = 'x-twilio-email-event-webhook-timestamp';

/**
 * How far the signed time may lie from ours. What comes twice inside the window does nothing twice,
 * because every report has its own idempotency key; the window only ends the use of an old capture.
 */
const windowSeconds = 600;

/**
 * SendGrid's signed event webhook: ECDSA over SHA-256 of the timestamp header followed by the raw
 * body, DER in base64; the public key is SPKI in base64, as its settings page shows it. Node's own
 * cryptography judges it, which takes a fraction of a millisecond, so that a stranger who sends
 * nonsense cannot keep the process busy.
 */
export function isSignedBySendGrid(request: SignedRequest): boolean {
  const signature = single(request.headers, signatureHeader);
  const timestamp = single(request.headers, timestampHeader);
  if (signature === null || timestamp === null) return false;
  if (!isFresh(timestamp, request.now)) return false;
  const signed = Buffer.concat([Buffer.from(timestamp, 'latin1'), request.body]);
  try {
    const der = Buffer.from(request.publicKey, 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ec') return false;
    return verify('sha256', signed, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function isFresh(timestamp: string, now: Date): boolean {
  if (!/^[0-9]{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= windowSeconds;
}

function single(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}
