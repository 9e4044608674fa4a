import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { CustomerTokens } from '../../../src/platform/auth/customer-token';
import { brandId, customerId } from '../../../src/platform/auth/principal-ids';
import { deriveKey } from '../../../src/platform/auth/secrets';
import { requestErrorCodes } from '../../../src/platform/errors';
import { defaultLimits } from '../../../src/platform/limits';

const secret = 'the token secret of this test';
const tokens = new CustomerTokens(secret, defaultLimits);
const subject = { customerId: customerId.create(), brandId: brandId.create() };
const now = new Date('2026-03-01T12:00:00Z');
const second = now.getTime() / 1000;
const day = defaultLimits.tokenTtlSeconds;
const skew = defaultLimits.tokenSkewSeconds;

const header = { alg: 'HS256', typ: 'JWT' };
const claims = {
  brand: brandId.encode(subject.brandId),
  iat: second,
  exp: second + 600,
  aud: 'atomic-rewards',
  iss: 'atomic-rewards',
  sub: customerId.encode(subject.customerId),
};

const encoded = (text: string) => Buffer.from(text).toString('base64url');
const without = (name: keyof typeof claims) => ({ ...claims, [name]: undefined });
const keyInUse = deriveKey(secret, 'customer-token');

/** A token signed with our own key whatever it says: the signature is never what is wrong with it. */
function signedText(
  headerText: string,
  claimsText: string,
  key: Buffer | string = keyInUse,
): string {
  const signed = `${encoded(headerText)}.${encoded(claimsText)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function signed(claimsOf: object, headerOf: object = header, key?: Buffer | string): string {
  return signedText(JSON.stringify(headerOf), JSON.stringify(claimsOf), key);
}

function unsigned(algorithm: string): string {
  return `${encoded(JSON.stringify({ alg: algorithm, typ: 'JWT' }))}.${encoded(JSON.stringify(claims))}.`;
}

function expectRefused(token: string, at = now): void {
  expect(() => tokens.verify(token, at)).toThrow(
    expect.objectContaining({
      code: 'UNAUTHENTICATED',
      status: 401,
      message: requestErrorCodes.UNAUTHENTICATED.meaning,
      extensions: {},
    }) as Error,
  );
}

describe('a customer token', () => {
  it('says who it is for and who vouched for them', () => {
    const { token, expiresAt } = tokens.mint(subject, 600, now);
    expect(tokens.verify(token, now)).toMatchObject(subject);
    expect(expiresAt).toEqual(new Date('2026-03-01T12:10:00Z'));
  });

  it('is what these tests sign by hand, so that each of them differs in one thing only', () => {
    expect(tokens.verify(signed(claims), now)).toMatchObject(subject);
    expect(tokens.verify(signed({ ...claims, nbf: second }), now)).toMatchObject(subject);
  });

  it('lives as long as the limit and no longer', () => {
    expect(tokens.verify(tokens.mint(subject, day, now).token, now)).toMatchObject(subject);
    expect(() => tokens.mint(subject, day + 1, now)).toThrow(RangeError);
    expect(() => tokens.mint(subject, 0, now)).toThrow(RangeError);
    expect(() => tokens.mint(subject, 1.5, now)).toThrow(RangeError);
    expectRefused(signed({ ...claims, exp: second + day + 1 }));
  });

  it('ends when it expires, give or take what clocks may differ', () => {
    const { token, expiresAt } = tokens.mint(subject, 600, now);
    const at = (seconds: number) => new Date(expiresAt.getTime() + seconds * 1000);
    expect(tokens.verify(token, at(skew - 1))).toMatchObject(subject);
    expectRefused(token, at(skew));
  });

  it('begins when it was issued, give or take what clocks may differ', () => {
    const early = (seconds: number) => new Date(now.getTime() - seconds * 1000);
    const { token } = tokens.mint(subject, 600, now);
    expect(tokens.verify(token, early(skew))).toMatchObject(subject);
    expectRefused(token, early(skew + 1));
    expectRefused(signed({ ...claims, nbf: second + skew + 1 }));
    expectRefused(signed({ ...claims, iat: second + day, exp: second + day + 600 }));
  });

  it('is worth nothing under another token secret (T13)', () => {
    expectRefused(
      new CustomerTokens('another secret', defaultLimits).mint(subject, 600, now).token,
    );
  });

  it.each([
    ['no signature', unsigned('none')],
    ['no signature, in other letters', unsigned('NoNe')],
    ['no signature but the algorithm of ours', unsigned('HS256')],
    ['alg none and our signature', signed(claims, { alg: 'none', typ: 'JWT' })],
    ['another HMAC in the header', signed(claims, { alg: 'HS512', typ: 'JWT' })],
    ['no algorithm', signed(claims, { typ: 'JWT' })],
    ['no type', signed(claims, { alg: 'HS256' })],
    ['a key id that is a path', signed(claims, { ...header, kid: '../../../dev/null' })],
    ['a key id that is SQL', signed(claims, { ...header, kid: "' UNION SELECT ''--" })],
    ['a key set elsewhere', signed(claims, { ...header, jku: 'https://127.0.0.1/jwks.json' })],
    ['a certificate elsewhere', signed(claims, { ...header, x5u: 'https://127.0.0.1/cert' })],
    ['a key of its own', signed(claims, { ...header, jwk: { kty: 'oct', k: 'AAAA' } })],
    ['a critical extension', signed(claims, { ...header, crit: ['exp'] })],
    ['an empty key', signed(claims, header, Buffer.alloc(0))],
    ['the underived secret as its key', signed(claims, header, secret)],
    ['the key of another purpose', signed(claims, header, deriveKey(secret, 'api-key'))],
    ['another issuer', signed({ ...claims, iss: 'somebody-else' })],
    ['no issuer', signed(without('iss'))],
    ['another audience', signed({ ...claims, aud: 'somebody-else' })],
    ['a second audience', signed({ ...claims, aud: ['atomic-rewards', 'somebody-else'] })],
    ['no audience', signed(without('aud'))],
    ['no subject', signed(without('sub'))],
    ['a subject that is a brand', signed({ ...claims, sub: claims.brand })],
    ['a subject that is a UUID', signed({ ...claims, sub: subject.customerId })],
    ['a subject that is a number', signed({ ...claims, sub: 1 })],
    ['no brand', signed(without('brand'))],
    ['a brand that is a customer', signed({ ...claims, brand: claims.sub })],
    ['no expiry', signed(without('exp'))],
    ['an expiry as text', signed({ ...claims, exp: String(second + 600) })],
    ['no time of issue', signed(without('iat'))],
    ['an expiry before its issue', signed({ ...claims, exp: second - 1 })],
    ['a claim nobody knows', signed({ ...claims, scope: 'mu:platform' })],
    ['claims that are a list', signed([claims])],
    ['claims that are null', signedText(JSON.stringify(header), 'null')],
    ['claims that are no JSON', signedText(JSON.stringify(header), '{')],
    ['two parts', signed(claims).split('.').slice(0, 2).join('.')],
    ['four parts', `${signed(claims)}.x`],
    ['a changed signature', `${signed(claims).slice(0, -2)}AA`],
    ['nothing in it', ''],
    ['nothing but dots', '..'],
  ])('is refused with %s', (_, token) => {
    expectRefused(token);
  });

  it.each(['sub', 'brand', 'exp', 'aud'] as const)('is refused when it says %s twice', (name) => {
    const text = JSON.stringify(claims);
    const again = `,"${name}":${JSON.stringify(claims[name])}}`;
    expectRefused(signedText(JSON.stringify(header), text.replace(/}$/, again)));
  });

  it('is refused when its header says the algorithm twice', () => {
    expectRefused(signedText('{"alg":"none","alg":"HS256","typ":"JWT"}', JSON.stringify(claims)));
  });

  it('is refused when signed with a key pair, and with the public key as a shared secret', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const head = encoded(JSON.stringify({ alg: 'RS256', typ: 'JWT' }));
    const body = `${head}.${encoded(JSON.stringify(claims))}`;
    const signature = createSign('sha256').update(body).sign(privateKey, 'base64url');
    expectRefused(`${body}.${signature}`);
    const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    expectRefused(signed(claims, header, pem));
  });

  it('is refused when the brand was exchanged and the old signature kept', () => {
    const [head, , signature] = signed(claims).split('.');
    const other = JSON.stringify({ ...claims, brand: brandId.encode(brandId.create()) });
    expectRefused(`${head}.${encoded(other)}.${signature}`);
  });
});
