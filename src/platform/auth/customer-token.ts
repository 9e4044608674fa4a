import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { RequestError } from '../errors';
import type { Limits } from '../limits';
import { brandId, customerId } from './principal-ids';
import { deriveKey } from './secrets';
import { parseOnce, secondsOf } from './token-parts';

/** Whom a token speaks for, and the brand that vouched for them; both UUIDs. */
export interface TokenSubject {
  customerId: string;
  brandId: string;
}

/** Whom a token speaks for, and until when. */
export interface VerifiedToken extends TokenSubject {
  expiresAt: Date;
}

export interface MintedToken {
  token: string;
  expiresAt: Date;
}

const party = 'atomic-rewards';
const algorithm = 'HS256';

const headerShape = z.strictObject({ alg: z.literal(algorithm), typ: z.literal('JWT') });
const claimsShape = z.strictObject({
  iss: z.literal(party),
  aud: z.literal(party),
  sub: z.string(),
  brand: z.string(),
  iat: z.int(),
  nbf: z.int().optional(),
  exp: z.int(),
});

/**
 * Short-lived customer tokens: JWTs this service signs for itself (HMAC-SHA256) and nobody else. What
 * is signed is exactly what `mint` writes: a header without `kid`, `jku` and the like, each claim once.
 */
export class CustomerTokens {
  /** A ready key: of bare bytes jsonwebtoken first tries to read a PEM, which takes two milliseconds. */
  private readonly key: KeyObject;

  constructor(
    tokenSecret: string,
    private readonly limits: Pick<Limits, 'tokenTtlSeconds' | 'tokenSkewSeconds'>,
  ) {
    this.key = createSecretKey(deriveKey(tokenSecret, 'customer-token'));
  }

  /** Signs a token from `now` on for a number of seconds, from 1 to `limits.tokenTtlSeconds`. */
  mint(subject: TokenSubject, ttlSeconds: number, now: Date): MintedToken {
    if (
      !Number.isInteger(ttlSeconds) ||
      ttlSeconds < 1 ||
      ttlSeconds > this.limits.tokenTtlSeconds
    ) {
      throw new RangeError('the life of a token is outside its limits');
    }
    const iat = secondsOf(now);
    const exp = iat + ttlSeconds;
    const token = jwt.sign({ brand: brandId.encode(subject.brandId), iat, exp }, this.key, {
      algorithm,
      issuer: party,
      audience: party,
      subject: customerId.encode(subject.customerId),
    });
    return { token, expiresAt: new Date(exp * 1000) };
  }

  /**
   * The subject of a token that is ours, whole and of this hour. Throws RequestError UNAUTHENTICATED,
   * with the same message whatever is wrong with it.
   */
  verify(token: string, now: Date): VerifiedToken {
    const subject = this.read(token, now);
    if (subject === null) throw new RequestError('UNAUTHENTICATED');
    return subject;
  }

  private read(token: string, now: Date): VerifiedToken | null {
    if (!this.isSigned(token, now)) return null;
    const [header, payload] = token.split('.');
    const claims = claimsShape.safeParse(parseOnce(payload));
    if (!claims.success || !headerShape.safeParse(parseOnce(header)).success) return null;
    const { iat, exp, sub, brand } = claims.data;
    const life = exp - iat;
    const fromFuture = iat > secondsOf(now) + this.limits.tokenSkewSeconds;
    if (fromFuture || life < 1 || life > this.limits.tokenTtlSeconds) return null;
    const customer = customerId.decode(sub);
    const vouching = brandId.decode(brand);
    if (customer === null || vouching === null) return null;
    return { customerId: customer, brandId: vouching, expiresAt: new Date(exp * 1000) };
  }

  private isSigned(token: string, now: Date): boolean {
    try {
      jwt.verify(token, this.key, {
        algorithms: [algorithm],
        issuer: party,
        audience: party,
        clockTimestamp: secondsOf(now),
        clockTolerance: this.limits.tokenSkewSeconds,
      });
      return true;
    } catch {
      return false;
    }
  }
}
