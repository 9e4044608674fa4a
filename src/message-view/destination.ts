import { RequestError } from '../platform/errors';

/**
 * Where a link may lead, as a browser would write it: http or https, without a user name, on an origin
 * of the brand's list. Null for anything else.
 */
export function allowedDestination(text: string, origins: readonly string[]): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return origins.includes(url.origin) ? url.href : null;
}

/** As `allowedDestination`, for a destination that is about to be signed. Throws BAD_USER_INPUT. */
export function checkDestination(
  text: string,
  origins: readonly string[],
  maxBytes: number,
): string {
  const href = allowedDestination(text, origins);
  if (href === null) {
    throw new RequestError(
      'BAD_USER_INPUT',
      "A link leads to an http or https address of an origin among the brand's linkOrigins.",
    );
  }
  if (href.length > maxBytes) {
    throw new RequestError('BAD_USER_INPUT', `A link is at most ${maxBytes} bytes long.`);
  }
  return href;
}
