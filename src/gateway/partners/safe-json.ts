/** `__proto__`, plain or with a letter of it escaped; other escapes are let in, being rare. */
const suspicious = /__proto__|\\u00[567]/i;

/**
 * Reads JSON of somebody we do not trust: keys named `__proto__` are left out, so that whoever merges
 * what was read cannot be made to change every object there is. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  return suspicious.test(text) ? JSON.parse(text, withoutPrototype) : JSON.parse(text);
}

/** A reviver that leaves keys named `__proto__` out. */
export function withoutPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

/** Whether anything in a value read from JSON lies so many levels down; looks no deeper than that. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const part of Object.values(value)) {
    if (isDeeperThan(levels - 1, part)) return true;
  }
  return false;
}
