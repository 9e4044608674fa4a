import type { CommandTransaction } from '../platform/database/command';
import type { Standing } from './advance';

/** A customer of a brand. */
export interface Traveller {
  brandId: string;
  customerId: string;
}

// Who stops wanting messages, or is merged into somebody, goes nowhere.
const standingsSql = `
  SELECT t.place, s.dormancy, s.band, s.last_attended_at, s.last_clicked_at, s.reactivated_at,
    p.last_at AS ordered_at,
    coalesce((SELECT max(k.current) FROM streaks k WHERE k.brand_id = t.brand_id
      AND k.customer_id = t.customer_id AND k.state = 'ALIVE'), 0)::integer AS streak,
    ARRAY(SELECT sm.segment_id::text FROM segment_members sm
      JOIN segments sg ON sg.id = sm.segment_id AND sg.deleted_at IS NULL
      WHERE sm.brand_id = t.brand_id AND sm.customer_id = t.customer_id
        AND sm.segment_id = ANY ($3::uuid[])) AS segments,
    coalesce((SELECT jsonb_object_agg(bb.model, bb.band) FROM brand_bands bb
      WHERE bb.brand_id = t.brand_id AND bb.customer_id = t.customer_id
        AND bb.model = ANY ($4::text[])), '{}') AS bands,
    CASE
      WHEN r.customer_id IS NULL OR c.merged_into IS NOT NULL THEN 'GONE'
      WHEN o.customer_id IS NOT NULL THEN 'OPTED_OUT'
      WHEN EXISTS (SELECT FROM consents w WHERE w.brand_id = t.brand_id
        AND w.customer_id = t.customer_id AND w.purpose IN ('MESSAGES', 'MARKETING')
        AND NOT w.granted) THEN 'CONSENT_WITHDRAWN'
    END AS cancelled_by
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS t(brand_id, customer_id, place)
  LEFT JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  LEFT JOIN customers c ON c.id = t.customer_id
  LEFT JOIN attention_states s ON s.brand_id = t.brand_id AND s.customer_id = t.customer_id
  LEFT JOIN purchase_totals p ON p.brand_id = t.brand_id AND p.customer_id = t.customer_id
  LEFT JOIN opt_outs o ON o.customer_id = t.customer_id AND o.opted_in_at IS NULL
  ORDER BY t.place`;

interface StandingRow {
  dormancy: Standing['dormancy'];
  band: Standing['band'];
  streak: number;
  segments: string[];
  bands: Standing['bands'];
  last_attended_at: Date | null;
  last_clicked_at: Date | null;
  reactivated_at: Date | null;
  ordered_at: Date | null;
  cancelled_by: Standing['cancelledBy'];
}

/** What of segments and bands is asked. */
export interface AskedOf {
  /** UUIDs. */
  segments: readonly string[];
  models: readonly string[];
}

/** What is known of customers now, in order and in one statement; of segments and bands only what is asked. */
export async function standingsOf(
  tx: Pick<CommandTransaction, 'query'>,
  travellers: readonly Traveller[],
  { segments, models }: AskedOf,
): Promise<Standing[]> {
  if (travellers.length === 0) return [];
  const rows = await tx.query<StandingRow>(standingsSql, [
    travellers.map(({ brandId }) => brandId),
    travellers.map(({ customerId }) => customerId),
    segments,
    models,
  ]);
  return rows.map((row) => ({
    dormancy: row.dormancy,
    band: row.band,
    streak: row.streak,
    segments: row.segments,
    bands: row.bands,
    attendedAt: row.last_attended_at,
    clickedAt: row.last_clicked_at,
    reactivatedAt: row.reactivated_at,
    orderedAt: row.ordered_at,
    cancelledBy: row.cancelled_by,
  }));
}
