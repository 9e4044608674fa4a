/** Whether this is the long run (LONG=1, `npm run test:long`), which may take hours. */
export const long = process.env['LONG'] === '1';

/** How often a property is tried: `n` times every day, fifty times as often in the long run. */
export function runs(n: number): number {
  return long ? 50 * n : n;
}
