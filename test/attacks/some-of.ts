import { long } from '../support/long';

/**
 * So many of a list, beginning where the one before this left off, so that a sweep over many places
 * meets all of them; in the long run all of them at each place.
 */
export function someOf<T>(all: readonly T[], count: number, turn: number): T[] {
  if (long || all.length <= count) return [...all];
  const start = (turn * count) % all.length;
  return [...all.slice(start), ...all.slice(0, start)].slice(0, count);
}
