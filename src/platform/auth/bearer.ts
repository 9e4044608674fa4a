import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../errors';

const longestCredential = 4096;
const bearerPattern = /^bearer ([\x21-\x7e]+)$/i;

/**
 * The credential of `Authorization: Bearer <key or token>`, or null when the header is absent. Throws
 * RequestError UNAUTHENTICATED for any other form, for several headers and for one above 4 KiB.
 */
export function readBearer(headers: IncomingHttpHeaders): string | null {
  const header: string | string[] | undefined = headers.authorization;
  if (header === undefined) return null;
  const text: unknown = Array.isArray(header) && header.length === 1 ? header[0] : header;
  if (typeof text !== 'string' || text.length > longestCredential) {
    throw new RequestError('UNAUTHENTICATED');
  }
  const credential = bearerPattern.exec(text)?.[1];
  if (credential === undefined) throw new RequestError('UNAUTHENTICATED');
  return credential;
}
