import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Experiments about the customers of a saved segment or of a band, journeys that these let in; coming back
 * by an advertisement is no reactivation, and what was paid back is no revenue of an experiment.
 */
export class AudiencesBySegment1763700000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE experiments
        ADD CONSTRAINT experiments_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segments,
        ADD COLUMN band_model text,
        ADD COLUMN bands text[] CHECK (cardinality(bands) > 0),
        ADD CONSTRAINT experiments_band_check CHECK ((band_model IS NULL) = (bands IS NULL));
      CREATE INDEX experiments_segment ON experiments (segment_id) WHERE segment_id IS NOT NULL;
      ALTER TABLE journeys DROP CONSTRAINT journeys_trigger_kind_check,
        ADD CONSTRAINT journeys_trigger_kind_check
          CHECK (trigger_kind IN ('DORMANCY', 'EVENT', 'HAND', 'SEGMENT', 'BAND'));
    `);
    await runner.query(seeAttention(`a.properties ->> 'route' IS DISTINCT FROM 'PAID'`));
    await runner.query(this.refunds);
    await runner.query(seeMembers(`'DORMANCY', 'SEGMENT', 'BAND'`));
    await runner.query(this.entries);
  }

  // An order that was counted lessens what it counted for, also when the experiment is over.
  private readonly refunds = `
    CREATE FUNCTION experiments_see_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM experiments e WHERE e.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      WITH seen AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id, sum(a.amount_minor)::bigint AS minor
        FROM added a
        JOIN purchases p ON p.id = a.purchase_id
        JOIN experiment_members m ON m.customer_id = p.customer_id AND m.brand_id = p.brand_id
          AND p.purchased_at >= m.entered_at
        JOIN experiments e ON e.id = m.experiment_id AND e.currency = p.currency
          AND p.purchased_at < e.ends_at AND (e.ended_at IS NULL OR p.recorded_at < e.ended_at)
        GROUP BY m.experiment_id, m.customer_id
      ), locked AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id FROM seen s
        JOIN experiment_members m USING (experiment_id, customer_id)
        ORDER BY m.experiment_id, m.customer_id FOR NO KEY UPDATE OF m
      )
      UPDATE experiment_members m SET stale = true, revenue_minor = m.revenue_minor - s.minor
      FROM locked l JOIN seen s USING (experiment_id, customer_id)
      WHERE m.experiment_id = l.experiment_id AND m.customer_id = l.customer_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER experiments_see_refunds AFTER INSERT ON purchase_refunds
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION experiments_see_refunds();
  `;

  private readonly entries = `
    CREATE FUNCTION journeys_see_segments() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO journey_entries (brand_id, journey_id, customer_id)
      SELECT j.brand_id, j.id, a.customer_id FROM added a
      JOIN journeys j ON j.brand_id = a.brand_id AND j.trigger_kind = 'SEGMENT'
        AND a.segment_id::text = ANY (j.trigger_values) AND j.stopped_at IS NULL;
      RETURN NULL;
    END $$;
    CREATE TRIGGER journeys_insert AFTER INSERT ON segment_members
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journeys_see_segments();

    CREATE FUNCTION journeys_see_bands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM journeys j WHERE j.trigger_kind = 'BAND' AND j.stopped_at IS NULL
          AND j.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      IF TG_OP = 'INSERT' THEN
        INSERT INTO journey_entries (brand_id, journey_id, customer_id)
        SELECT j.brand_id, j.id, a.customer_id FROM added a
        JOIN journeys j ON j.brand_id = a.brand_id AND j.trigger_kind = 'BAND'
          AND a.model || ' ' || a.band = ANY (j.trigger_values) AND j.stopped_at IS NULL;
      ELSE
        INSERT INTO journey_entries (brand_id, journey_id, customer_id)
        SELECT j.brand_id, j.id, a.customer_id FROM added a
        JOIN removed r ON r.brand_id = a.brand_id AND r.model = a.model
          AND r.customer_id = a.customer_id AND r.band <> a.band
        JOIN journeys j ON j.brand_id = a.brand_id AND j.trigger_kind = 'BAND'
          AND a.model || ' ' || a.band = ANY (j.trigger_values) AND j.stopped_at IS NULL;
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER journeys_insert AFTER INSERT ON brand_bands
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journeys_see_bands();
    CREATE TRIGGER journeys_update AFTER UPDATE ON brand_bands
      REFERENCING OLD TABLE AS removed NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION journeys_see_bands();
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER journeys_update ON brand_bands; DROP TRIGGER journeys_insert ON brand_bands;
      DROP FUNCTION journeys_see_bands();
      DROP TRIGGER journeys_insert ON segment_members; DROP FUNCTION journeys_see_segments();
      DROP TRIGGER experiments_see_refunds ON purchase_refunds; DROP FUNCTION experiments_see_refunds();
    `);
    await runner.query(seeMembers(`'DORMANCY'`));
    await runner.query(seeAttention('true'));
    await runner.query(`
      ALTER TABLE journeys DROP CONSTRAINT journeys_trigger_kind_check,
        ADD CONSTRAINT journeys_trigger_kind_check
          CHECK (trigger_kind IN ('DORMANCY', 'EVENT', 'HAND'));
      DROP INDEX experiments_segment;
      ALTER TABLE experiments DROP CONSTRAINT experiments_band_check, DROP COLUMN bands,
        DROP COLUMN band_model, DROP CONSTRAINT experiments_segment_id_fkey;
    `);
  }
}

/** What members remember of attention; `unpaid` is what else makes a verified event a reactivation. */
function seeAttention(unpaid: string): string {
  return `
    CREATE OR REPLACE FUNCTION experiments_see_attention() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM experiments e WHERE e.ended_at IS NULL
          AND e.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      WITH seen AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id,
          min(a.occurred_at) FILTER (WHERE a.action = 'OPEN' AND a.confidence >= 50) AS opened_at,
          min(a.occurred_at) FILTER (WHERE a.action = 'CLICK' AND a.confidence >= 50) AS clicked_at,
          min(a.occurred_at) FILTER (WHERE a.confidence = 100 AND ${unpaid}
            AND m.dormancy IN ('DORMANT', 'LOST')) AS reactivated_at
        FROM added a
        JOIN experiments e ON e.brand_id = a.brand_id AND e.ended_at IS NULL AND a.occurred_at < e.ends_at
        JOIN experiment_members m ON m.experiment_id = e.id AND m.customer_id = a.customer_id
          AND m.brand_id = a.brand_id AND a.occurred_at >= m.entered_at
        WHERE NOT a.machine AND NOT a.duplicate
        GROUP BY m.experiment_id, m.customer_id
      ), locked AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id FROM seen s
        JOIN experiment_members m USING (experiment_id, customer_id)
        WHERE s.opened_at < coalesce(m.opened_at, 'infinity')
          OR s.clicked_at < coalesce(m.clicked_at, 'infinity')
          OR s.reactivated_at < coalesce(m.reactivated_at, 'infinity')
        ORDER BY m.experiment_id, m.customer_id FOR NO KEY UPDATE OF m
      )
      UPDATE experiment_members m SET stale = true,
        opened_at = least(m.opened_at, s.opened_at), clicked_at = least(m.clicked_at, s.clicked_at),
        reactivated_at = least(m.reactivated_at, s.reactivated_at)
      FROM locked l JOIN seen s USING (experiment_id, customer_id)
      WHERE m.experiment_id = l.experiment_id AND m.customer_id = l.customer_id;
      RETURN NULL;
    END $$`;
}

/** Whom an experiment comes to treat may be meant already by triggers of these kinds. */
function seeMembers(kinds: string): string {
  return `
    CREATE OR REPLACE FUNCTION journeys_see_members() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO journey_entries (brand_id, journey_id, customer_id)
      SELECT j.brand_id, j.id, a.customer_id FROM added a
      JOIN journeys j ON j.experiment_id = a.experiment_id AND j.brand_id = a.brand_id
        AND j.trigger_kind IN (${kinds}) AND j.stopped_at IS NULL
      WHERE a.arm = 'TREATED';
      RETURN NULL;
    END $$`;
}
