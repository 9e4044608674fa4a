import { runInNewContext } from 'node:vm';
import { Webhook } from 'standardwebhooks';
import { parcelOf, type ClaimedDelivery } from '../../src/webhooks/parcel';
import { WebhookSecrets } from '../../src/webhooks/webhook-secret';
import { blocks, readPage } from '../docs/markdown';

type Verify = (secret: string, headers: object, body: string, now?: number) => boolean;

/** The function a reader of the documentation copies. */
function documentedVerify(): Verify {
  const [source = ''] = blocks(readPage('docs/webhooks-out.md'), 'js');
  return runInNewContext(`${source}; verify`, { require, Buffer, Date, Math, Number }) as Verify;
}

const secrets = new WebhookSecrets('a-token-secret-of-some-length');
const now = new Date();
const uuid = '01955555-5555-7555-8555-555555555555';
const delivery: ClaimedDelivery = {
  id: uuid,
  brand_id: uuid,
  endpoint_id: uuid,
  topic: 'mu.granted',
  customer_id: null,
  external_id: null,
  payload: { amount: 10, note: 'Straße µ' },
  happened_at: now,
  attempts: 1,
  leased_until: now,
  url: 'https://hooks.example.in/',
  secret_version: 2,
  secret_rotated_at: now,
};
const { headers, body } = parcelOf(delivery, secrets, { now, oldSecretSeconds: 60 });

describe('A signature', () => {
  it.each([1, 2])('verifies with secret %i while both sign, as documented', (version) => {
    const secret = secrets.textFor(uuid, version);
    expect(documentedVerify()(secret, headers, body)).toBe(true);
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('verifies with no other secret, body, id or time', () => {
    const verify = documentedVerify();
    const secret = secrets.textFor(uuid, 2);
    expect(verify(secrets.textFor(uuid, 3), headers, body)).toBe(false);
    expect(verify(secret, headers, body.replace('10', '11'))).toBe(false);
    expect(verify(secret, { ...headers, 'webhook-id': 'whd_x' }, body)).toBe(false);
    expect(verify(secret, { ...headers, 'webhook-timestamp': '0' }, body)).toBe(false);
    expect(verify(secret, headers, body, Date.now() + 301_000)).toBe(false);
  });

  it('of the next secret is another, and so is that of another endpoint', () => {
    const texts = [1, 2, 3].map((version) => secrets.textFor(uuid, version));
    texts.push(secrets.textFor(uuid.replace('01', '02'), 1));
    expect(new Set(texts).size).toBe(4);
    for (const text of texts) expect(text).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });
});
