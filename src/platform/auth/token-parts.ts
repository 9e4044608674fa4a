/** A moment as JWTs count: whole seconds since 1970. */
export function secondsOf(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}

/**
 * A part of a token as JSON, or undefined unless it is written as JavaScript writes it. A name given
 * twice would be read differently by different parsers; written back, it is there once.
 */
export function parseOnce(part: string | undefined): unknown {
  try {
    const text = Buffer.from(part ?? '', 'base64url').toString('utf8');
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
