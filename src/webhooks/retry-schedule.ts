const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** The pause after the first, second, … failed attempt; the last one again for any further. */
const pauses = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** How much longer than planned a pause may be, so that what failed together does not come together. */
const jitter = 0.2;

/**
 * Milliseconds until the next attempt after so many failed ones. `chance` is from 0 to 1. What the
 * receiver asked for in `Retry-After` makes the pause longer, up to `longestAskedMs`, and never shorter.
 */
export function pauseAfter(
  attempts: number,
  chance: number,
  askedMs: number | null,
  longestAskedMs: number,
): number {
  const planned = pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0];
  const own = Math.round(planned * (1 + jitter * chance));
  return Math.max(own, Math.min(askedMs ?? 0, longestAskedMs));
}

/** Milliseconds a `Retry-After` header asks to wait, in seconds or as a date; null when it says neither. */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,10}$/.test(header)) return Number(header) * second;
  const date = /GMT$/.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
