import { EventWebhook } from '@sendgrid/eventwebhook';
import { generateKeyPairSync } from 'node:crypto';
import { sendgrid } from '../../../src/rewards/webhooks/sendgrid';
import { createSigner } from './sendgrid-signer';

const signer = createSigner();
const now = new Date('2026-01-01T12:00:00Z');
const body = Buffer.from('[{"event":"open","email":"asha@example.com"}]\r\n');
const headers = signer.headersFor(body, now);
const signature = 'x-twilio-email-event-webhook-signature';
const timestamp = 'x-twilio-email-event-webhook-timestamp';

function verify(changes: Partial<Parameters<typeof sendgrid.verify>[0]> = {}): boolean {
  return sendgrid.verify({ body, headers, publicKey: signer.publicKey, now, ...changes });
}

describe("SendGrid's signature", () => {
  it('is accepted over the bytes that were signed, by us and by the library of SendGrid', () => {
    expect(verify()).toBe(true);
    const library = new EventWebhook();
    const key = library.convertPublicKeyToECDSA(signer.publicKey);
    const [sent, at] = [headers[signature] as string, headers[timestamp] as string];
    expect(library.verifySignature(key, body, sent, at)).toBe(true);
  });

  it('is refused over any other bytes, also when they mean the same JSON (S3)', () => {
    expect(verify({ body: Buffer.from(body.toString().trim()) })).toBe(false);
    expect(verify({ body: Buffer.from(body.toString().replace('open', 'click')) })).toBe(false);
    expect(verify({ body: Buffer.alloc(0) })).toBe(false);
  });

  it('is refused under the key of another', () => {
    expect(verify({ publicKey: createSigner().publicKey })).toBe(false);
  });

  it('is refused with a timestamp that was not signed (S3)', () => {
    expect(verify({ headers: { ...headers, [timestamp]: String(now.getTime() / 1000 + 1) } })).toBe(
      false,
    );
  });

  it('holds for ten minutes around the signed time and no longer (S3)', () => {
    const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    expect(verify({ now: after(600) })).toBe(true);
    expect(verify({ now: after(-600) })).toBe(true);
    expect(verify({ now: after(601) })).toBe(false);
    expect(verify({ now: after(-601) })).toBe(false);
  });

  it.each([
    ['no signature', { [signature]: undefined }],
    ['an empty signature', { [signature]: '' }],
    ['no base64', { [signature]: '§§§' }],
    ['an ECDSA signature of zeros', { [signature]: 'MAYCAQACAQA=' }],
    ['a list of signatures', { [signature]: ['a', 'b'] as unknown as string }],
    ['no timestamp', { [timestamp]: undefined }],
    ['a timestamp that is no number', { [timestamp]: 'now' }],
    ['a negative timestamp', { [timestamp]: '-1' }],
  ])('is refused when a request has %s', (_, changed) => {
    expect(verify({ headers: { ...headers, ...changed } })).toBe(false);
  });

  it.each([
    ['is empty', ''],
    ['is nonsense', 'not a key'],
    ['is of another kind', rsaKey()],
  ])('is refused, without an exception, when the key %s', (_, publicKey) => {
    expect(verify({ publicKey })).toBe(false);
  });
});

function rsaKey(): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}
