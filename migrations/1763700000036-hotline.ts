import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a brand loses its last way of hearing from a customer. What takes away a way to reach them is noted
 * by the tables that say so, whoever writes to them; silence is looked for once a day, customer by customer.
 */
export class Hotline1763700000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline_checks (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL,
        -- The table that says what was taken away: leave to send messages, or a channel.
        taken text NOT NULL CHECK (taken IN ('consents', 'channel_preferences', 'bounces')),
        channel text,
        noted_at timestamptz(3) NOT NULL,
        checked_at timestamptz(3)
      );
      CREATE INDEX hotline_checks_brand ON hotline_checks (brand_id);
      CREATE INDEX hotline_checks_due ON hotline_checks (id) WHERE checked_at IS NULL;

      -- How far the search for silence has come: one line. Looked for is who has been silent for too
      -- long since one moment and had not been before another; once all were looked at, nobody is next.
      CREATE TABLE hotline_rounds (
        id integer PRIMARY KEY CHECK (id = 1),
        since timestamptz(3) NOT NULL,
        until timestamptz(3) NOT NULL,
        next_brand uuid,
        next_customer uuid
      );
      INSERT INTO hotline_rounds (id, since, until) VALUES (1, now(), now());
    `);
    for (const table of ['hotline_checks', 'hotline_rounds']) {
      const own =
        table === 'hotline_checks' ? 'brand_id = ANY ((SELECT app_tenants())::uuid[]) OR' : '';
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (${own} (SELECT app_everything())) WITH CHECK (${own} (SELECT app_everything()));
      `);
    }
    await runner.query(`
      GRANT SELECT, INSERT, UPDATE (checked_at) ON hotline_checks TO atomic_rewards_app;
      GRANT SELECT, UPDATE (since, until, next_brand, next_customer) ON hotline_rounds
        TO atomic_rewards_app;

      CREATE FUNCTION note_hotline() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO hotline_checks (id, brand_id, customer_id, taken, channel, noted_at)
        VALUES (gen_random_uuid(), NEW.brand_id, NEW.customer_id, TG_TABLE_NAME,
          to_jsonb(NEW)->>'channel', now());
        RETURN NULL;
      END $$;
      CREATE TRIGGER hotline AFTER UPDATE ON consents FOR EACH ROW
        WHEN (OLD.granted AND NOT NEW.granted AND NEW.purpose = 'MESSAGES')
        EXECUTE FUNCTION note_hotline();
      CREATE TRIGGER hotline_denied AFTER INSERT ON channel_preferences FOR EACH ROW
        WHEN (NOT NEW.allowed) EXECUTE FUNCTION note_hotline();
      CREATE TRIGGER hotline AFTER UPDATE ON channel_preferences FOR EACH ROW
        WHEN (OLD.allowed AND NOT NEW.allowed) EXECUTE FUNCTION note_hotline();
      CREATE TRIGGER hotline_bounced AFTER INSERT ON bounces FOR EACH ROW
        EXECUTE FUNCTION note_hotline();
      CREATE TRIGGER hotline AFTER UPDATE ON bounces FOR EACH ROW
        WHEN (OLD.cleared_at IS NOT NULL AND NEW.cleared_at IS NULL) EXECUTE FUNCTION note_hotline();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER hotline ON bounces; DROP TRIGGER hotline_bounced ON bounces;
      DROP TRIGGER hotline ON channel_preferences; DROP TRIGGER hotline_denied ON channel_preferences;
      DROP TRIGGER hotline ON consents;
      DROP FUNCTION note_hotline();
      DROP TABLE hotline_rounds; DROP TABLE hotline_checks;
    `);
  }
}
