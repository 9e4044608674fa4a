import type { BrandEntity } from '../brands';
import { startOfDay } from '../platform/local-day';
import type { Standing } from './standing';

/** What every figure of a standing says of itself; from the beginning of a local day, else of all time. */
export function measuredOf(
  { computedAt }: Standing,
  modelVersion: string,
  since: { brand: BrandEntity; firstDay: string } | null = null,
) {
  const from = since === null ? null : startOfDay(since.firstDay, since.brand.timezone);
  return { asOf: computedAt, window: { from, until: computedAt }, modelVersion };
}

/** A part of a whole, from 0 to 1; null where there is no whole. */
export function partOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
