import { brandOf } from '../../platform/auth/caller';
import { defineListLoader } from '../../platform/graphql/loaders';
import type { Attentiveness, Band, Progress, SegmentationModel } from './models';

/** What a division found of one band and cell; money in minor units. */
export interface FoundCell {
  band: Band;
  progress: Progress;
  attentiveness: Attentiveness;
  customers: number;
  revenue: number;
  worth: number;
}

/** A division that is done, with what it found by one model. */
export interface FoundSegmentation {
  asOf: Date;
  trailingDays: number;
  currency: string;
  cells: FoundCell[];
}

/** The newest division of a brand and the one before it. */
export interface TwoSegmentations {
  last: FoundSegmentation;
  before: FoundSegmentation | null;
}

const lastTwoSql = `
  SELECT b.id AS brand_id, b.currency, s.as_of, s.trailing_days,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('band', c.band, 'progress', c.progress,
        'attentiveness', c.attentiveness, 'customers', c.customers, 'revenue', c.revenue_minor,
        'worth', c.worth_minor)), '[]')
      FROM segmentation_cells c
      WHERE c.brand_id = b.id AND c.segmentation_id = s.id AND c.model = $2) AS cells
  FROM brands b CROSS JOIN LATERAL (
    SELECT x.id, x.as_of, x.trailing_days FROM segmentations x
    WHERE x.brand_id = b.id AND x.done_at IS NOT NULL ORDER BY x.as_of DESC, x.id DESC LIMIT 2) s
  WHERE b.id = ANY ($1::uuid[]) AND ($3::uuid IS NULL OR b.id = $3)
  ORDER BY s.as_of DESC`;

interface Row {
  brand_id: string;
  currency: string;
  as_of: Date;
  trailing_days: number;
  cells: FoundCell[];
}

/** The last two divisions of brands by a model; null before the first. For whoever may see the brand's own. */
export const segmentationsLoader = defineListLoader<
  { model: SegmentationModel },
  TwoSegmentations | null
>(async ({ caller, reads }, brands, { model }) => {
  const rows = await reads.query<Row>(lastTwoSql, [brands, model, brandOf(caller)]);
  return brands.map((brand) => {
    const [last, before] = rows
      .filter((row) => row.brand_id === brand)
      .map(({ as_of, trailing_days, currency, cells }): FoundSegmentation => {
        return { asOf: as_of, trailingDays: trailing_days, currency, cells };
      });
    return last === undefined ? null : { last, before: before ?? null };
  });
});
