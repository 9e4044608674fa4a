import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { brandId } from '../brands';
import { customerId } from '../customers';
import { deriveKey } from '../platform/auth/secrets';

const issuer = 'atomic-rewards';
const audience = 'atomic-rewards-velvet';
const algorithm = 'HS256';

/** Whom a credential shows, to which brand, and for how long. UUIDs; times in seconds. */
export interface Credential {
  id: string;
  customerId: string;
  brandId: string;
  issuedAt: number;
  expiresAt: number;
}

const claimsShape = z.strictObject({
  iss: z.literal(issuer),
  aud: z.literal(audience),
  sub: z.string(),
  brand: z.string(),
  jti: z.uuid(),
  iat: z.int(),
  exp: z.int(),
});

/** Signs a credential, under a key that signs nothing else: the same one gives the same text. */
export function signCredential(tokenSecret: string, credential: Credential): string {
  const { id, issuedAt: iat, expiresAt: exp } = credential;
  return jwt.sign(
    { brand: brandId.encode(credential.brandId), iat, exp },
    deriveKey(tokenSecret, 'velvet-credential'),
    { algorithm, issuer, audience, subject: customerId.encode(credential.customerId), jwtid: id },
  );
}

/** The credential in a text we signed; null for any other. Whether it is still good is judged later. */
export function readCredential(tokenSecret: string, text: string): Credential | null {
  try {
    const claims = claimsShape.parse(
      jwt.verify(text, deriveKey(tokenSecret, 'velvet-credential'), {
        algorithms: [algorithm],
        issuer,
        audience,
        ignoreExpiration: true,
      }),
    );
    const customer = customerId.decode(claims.sub);
    const brand = brandId.decode(claims.brand);
    if (customer === null || brand === null) return null;
    const times = { issuedAt: claims.iat, expiresAt: claims.exp };
    return { id: claims.jti, customerId: customer, brandId: brand, ...times };
  } catch {
    return null;
  }
}
