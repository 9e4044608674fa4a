import type { DormancyStateName } from '../attention';
import { inBandSql, inSegmentSql, type Band, type SegmentationModel } from '../segments';

/** Whom an experiment is about, as a client describes it; all that is set must hold. */
export interface Audience {
  dormancy?: readonly DormancyStateName[] | null;
  /** Public id of a saved segment. */
  segment?: string | null;
  band?: BandOfModel | null;
  trait?: { name: string; value: string } | null;
}

/** Bands of a model, of which a customer is in one. */
export interface BandOfModel {
  model: SegmentationModel;
  in: readonly Band[];
}

/**
 * Whether the customer of a relationship `r`, as silent as their state `s` says, belongs to the audience of
 * an experiment `e`.
 */
export const belongsSql = `
  (e.dormancies IS NULL OR s.dormancy = ANY (e.dormancies))
  AND (e.segment_id IS NULL OR ${inSegmentSql('e.segment_id', 'r.customer_id')})
  AND (e.bands IS NULL OR ${inBandSql({
    brand: 'r.brand_id',
    customer: 'r.customer_id',
    model: 'e.band_model',
    bands: 'e.bands',
  })})
  AND (e.trait IS NULL OR r.traits ->> (e.trait ->> 'name') = e.trait ->> 'value'
    OR (jsonb_typeof(r.traits -> (e.trait ->> 'name')) = 'array'
      AND r.traits -> (e.trait ->> 'name') ? (e.trait ->> 'value')))`;
