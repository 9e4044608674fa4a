import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * A 32-byte key for one purpose, derived from the service's token secret (HKDF-SHA256), so that what
 * is signed for one purpose is worth nothing for another.
 */
export function deriveKey(tokenSecret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', tokenSecret, '', purpose, 32));
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** Whether two hashes are equal, in a time that tells nothing about where they differ. */
export function sameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
