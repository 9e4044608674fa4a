/** What stands at the end of a path of keys in an event; undefined where nothing does. */
export function valueAt(event: unknown, path: readonly string[]): unknown {
  let value = event;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value ?? undefined;
}

/** The text, or the number as text, at the end of a path; null for nothing, and for anything else. */
export function textAt(event: unknown, path: readonly string[] | null | undefined): string | null {
  if (path == null) return null;
  const value = valueAt(event, path);
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}
