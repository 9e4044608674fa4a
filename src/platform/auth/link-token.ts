import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Limits } from '../limits';
import { deriveKey } from './secrets';
import { parseOnce, secondsOf } from './token-parts';

/** What a link in a message is for; each purpose has a key of its own. */
export const linkPurposes = ['open', 'footer', 'click', 'amp'] as const;

export type LinkPurpose = (typeof linkPurposes)[number];

/** Whose link it is: one recipient of one message of one brand; all of them UUIDs. */
export interface Link {
  brandId: string;
  customerId: string;
  messageId: string;
  /** Where a click leads, what a form tells; null for the purposes that need no more. */
  detail: string | null;
}

const algorithm = 'HS256';

/**
 * The header all link tokens have. It is left out of them and put back before they are verified: a
 * link is shorter without it, and nobody can choose another.
 */
const header = Buffer.from(JSON.stringify({ alg: algorithm })).toString('base64url');

const tokenPattern = /^[\w-]{1,6000}\.[\w-]{43}$/;

/** `r` is brand, customer and message in 16 bytes each; `x` the detail. */
const claimsShape = z.strictObject({
  r: z.string().regex(/^[\w-]{64}$/),
  x: z.string().min(1).optional(),
  exp: z.int(),
});

const needsDetail: Record<LinkPurpose, boolean> = {
  open: false,
  footer: false,
  click: true,
  amp: true,
};

/**
 * Tokens of the links in a message: JWTs without their constant header, signed with a key derived for
 * their purpose, so that one made for a picture is worth nothing for a form.
 */
export class LinkTokens {
  private readonly keys: Record<LinkPurpose, KeyObject>;

  constructor(
    tokenSecret: string,
    private readonly limits: Pick<Limits, 'linkTokenDays'>,
  ) {
    const keyFor = (purpose: LinkPurpose): KeyObject =>
      createSecretKey(deriveKey(tokenSecret, `link-token ${purpose}`));
    this.keys = {
      open: keyFor('open'),
      footer: keyFor('footer'),
      click: keyFor('click'),
      amp: keyFor('amp'),
    };
  }

  /** Signs a link that works until a moment. The same link until the same moment is the same token. */
  mint(purpose: LinkPurpose, link: Link, expiresAt: Date): string {
    if ((link.detail !== null) !== needsDetail[purpose]) {
      throw new RangeError('a link has a detail where its purpose needs one, and nowhere else');
    }
    const { brandId, customerId, messageId, detail } = link;
    const r = [brandId, customerId, messageId].map(hexOf).join('');
    const claims = {
      r: Buffer.from(r, 'hex').toString('base64url'),
      ...(detail === null ? {} : { x: detail }),
      exp: secondsOf(expiresAt),
    };
    const options = { algorithm, header: { alg: algorithm, typ: undefined }, noTimestamp: true };
    return jwt
      .sign(claims, this.keys[purpose], options as jwt.SignOptions)
      .slice(header.length + 1);
  }

  /** What a token of this purpose says; null for every other text, whatever is wrong with it. */
  read(purpose: LinkPurpose, token: string, now: Date): Link | null {
    if (!tokenPattern.test(token) || !this.isSigned(purpose, token, now)) return null;
    const claims = claimsShape.safeParse(parseOnce(token.split('.')[0]));
    if (!claims.success) return null;
    const { r, x, exp } = claims.data;
    const latest = secondsOf(now) + this.limits.linkTokenDays * 86_400;
    if (exp > latest || (x !== undefined) !== needsDetail[purpose]) return null;
    const bytes = Buffer.from(r, 'base64url');
    return {
      brandId: uuidOf(bytes.subarray(0, 16)),
      customerId: uuidOf(bytes.subarray(16, 32)),
      messageId: uuidOf(bytes.subarray(32)),
      detail: x ?? null,
    };
  }

  private isSigned(purpose: LinkPurpose, token: string, now: Date): boolean {
    try {
      const options = { algorithms: [algorithm as jwt.Algorithm], clockTimestamp: secondsOf(now) };
      jwt.verify(`${header}.${token}`, this.keys[purpose], options);
      return true;
    } catch {
      return false;
    }
  }
}

function hexOf(uuid: string): string {
  return uuid.replaceAll('-', '');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
