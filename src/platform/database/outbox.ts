import { uuidv7 } from 'uuidv7';
import type { CommandTransaction } from './command';

/** Something that happened, for whoever wants to hear of it. Ids, amounts and codes; no personal data. */
export interface Announcement {
  /** Such as `mu.granted`; each feature lists its own in `Feature.topics`. */
  topic: string;
  brandId: string;
  customerId: string | null;
  payload: Record<string, unknown>;
}

/** The channel every process listens on; a notification's text is the UUID of a batch of the outbox. */
export const outboxChannel = 'outbox';

const storeSql = `
  WITH brands AS MATERIALIZED (
    SELECT b.brand_id, CASE WHEN outbox_unheard(b.brand_id) THEN $6::timestamptz END AS dispatched_at
    FROM (SELECT DISTINCT x.brand_id FROM unnest($3::uuid[]) AS x(brand_id)) b
  ), stored AS (
    INSERT INTO outbox (batch, topic, brand_id, customer_id, payload, created_at, dispatched_at)
    SELECT $1, t.topic, t.brand_id, t.customer_id, t.payload, $6, b.dispatched_at
    FROM unnest($2::text[], $3::uuid[], $4::uuid[], $5::jsonb[]) WITH ORDINALITY
      AS t(topic, brand_id, customer_id, payload, place)
    JOIN brands b USING (brand_id) ORDER BY t.place
    RETURNING id)
  SELECT pg_notify('${outboxChannel}', $1::text) FROM stored LIMIT 1`;

/**
 * Collects what a transaction announces and stores it at its end, as dispatched where no endpoint of the
 * brand could be told: one INSERT and one notification for
 * all of it, which PostgreSQL delivers when the transaction commits and never when it does not.
 */
export class Outbox {
  private readonly announced: Announcement[] = [];

  announce(announcement: Announcement): void {
    this.announced.push(announcement);
  }

  async store(tx: Pick<CommandTransaction, 'query' | 'now'>): Promise<void> {
    const rows = this.announced.splice(0);
    if (rows.length === 0) return;
    await tx.query(storeSql, [
      uuidv7(),
      rows.map(({ topic }) => topic),
      rows.map(({ brandId }) => brandId),
      rows.map(({ customerId }) => customerId),
      rows.map(({ payload }) => JSON.stringify(payload)),
      tx.now,
    ]);
  }
}
