import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Members of experiments remember when they first did something that only a person does. */
export class VerifiedMembers1763700000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE experiment_members ADD COLUMN verified_at timestamptz(3);
      ALTER TABLE experiment_arms ADD COLUMN verified integer NOT NULL DEFAULT 0;
      GRANT UPDATE (verified_at) ON experiment_members TO atomic_rewards_app;
      GRANT UPDATE (verified) ON experiment_arms TO atomic_rewards_app;
    `);
    await runner.query(
      seeAttention({
        seen: `min(a.occurred_at) FILTER (WHERE a.confidence = 100) AS verified_at,`,
        isEarlier: `OR s.verified_at < coalesce(m.verified_at, 'infinity')`,
        remember: `verified_at = least(m.verified_at, s.verified_at),`,
      }),
    );
    // What members have done until now is told from their events, once; the job counts it.
    await runner.query(`
      SELECT set_config('app.reach', 'everything', true);
      UPDATE experiment_members m SET verified_at = x.at, stale = true
      FROM (
        SELECT m.experiment_id, m.customer_id, min(a.occurred_at) AS at
        FROM experiment_members m JOIN experiments e ON e.id = m.experiment_id
        JOIN attention_events a ON a.brand_id = m.brand_id AND a.customer_id = m.customer_id
          AND a.occurred_at >= m.entered_at AND a.occurred_at < e.ends_at
        WHERE a.confidence = 100 AND NOT a.machine AND NOT a.duplicate
        GROUP BY m.experiment_id, m.customer_id) x
      WHERE m.experiment_id = x.experiment_id AND m.customer_id = x.customer_id;
      SELECT set_config('app.reach', '', true);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(seeAttention({ seen: '', isEarlier: '', remember: '' }));
    await runner.query(`
      UPDATE experiment_members SET counted = counted & 63 WHERE counted > 63;
      ALTER TABLE experiment_arms DROP COLUMN verified;
      ALTER TABLE experiment_members DROP COLUMN verified_at;
    `);
  }
}

/** What is remembered beside the rest: how it is told, when it is news, and where it goes. */
interface Memory {
  seen: string;
  isEarlier: string;
  remember: string;
}

// Members are locked in the order of their keys, so that two writers never wait for each other.
function seeAttention({ seen, isEarlier, remember }: Memory): string {
  return `
    CREATE OR REPLACE FUNCTION experiments_see_attention() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM experiments e WHERE e.ended_at IS NULL
          AND e.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      WITH seen AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id, ${seen}
          min(a.occurred_at) FILTER (WHERE a.action = 'OPEN' AND a.confidence >= 50) AS opened_at,
          min(a.occurred_at) FILTER (WHERE a.action = 'CLICK' AND a.confidence >= 50) AS clicked_at,
          min(a.occurred_at) FILTER (WHERE a.confidence = 100
            AND a.properties ->> 'route' IS DISTINCT FROM 'PAID'
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
          OR s.reactivated_at < coalesce(m.reactivated_at, 'infinity') ${isEarlier}
        ORDER BY m.experiment_id, m.customer_id FOR NO KEY UPDATE OF m
      )
      UPDATE experiment_members m SET stale = true, ${remember}
        opened_at = least(m.opened_at, s.opened_at), clicked_at = least(m.clicked_at, s.clicked_at),
        reactivated_at = least(m.reactivated_at, s.reactivated_at)
      FROM locked l JOIN seen s USING (experiment_id, customer_id)
      WHERE m.experiment_id = l.experiment_id AND m.customer_id = l.customer_id;
      RETURN NULL;
    END $$`;
}
