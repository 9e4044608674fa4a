import { createHmac } from 'node:crypto';
import { deriveKey, sameHash } from '../platform/auth/secrets';
import { secondsOf } from '../platform/auth/token-parts';

/** A file that a link leads to; `exportUuid` is the export's. */
export interface LinkedFile {
  exportUuid: string;
  name: string;
}

/** The path of a file, which takes an API key, or the query of `signedQuery`. */
export function exportPath(exportId: string, name: string): string {
  return `/exports/${exportId}/${name}.ndjson.gz`;
}

function sign(tokenSecret: string, { exportUuid, name }: LinkedFile, expires: number): Buffer {
  return createHmac('sha256', deriveKey(tokenSecret, 'export-link'))
    .update(`${exportUuid} ${name} ${expires}`)
    .digest();
}

/** What makes a path fetch one file without a key until a moment. */
export function signedQuery(tokenSecret: string, file: LinkedFile, expiresAt: Date): string {
  const expires = secondsOf(expiresAt);
  const signature = sign(tokenSecret, file, expires).toString('base64url');
  return `expires=${expires}&signature=${signature}`;
}

/** Whether a query is one of ours for this file, and not over. */
export function isSigned(
  tokenSecret: string,
  file: LinkedFile,
  { expires, signature }: Readonly<Record<string, unknown>>,
  now: Date,
): boolean {
  if (typeof expires !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(expires) || !/^[\w-]{43}$/.test(signature)) return false;
  const shown = Buffer.from(signature, 'base64url');
  return (
    Number(expires) > secondsOf(now) && sameHash(sign(tokenSecret, file, Number(expires)), shown)
  );
}
