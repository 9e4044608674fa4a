import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the best customers have in common, who of those who never ordered is like them, and which band a
 * customer was in at a moment that is over.
 */
export class NextCustomers1763700000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.genomes);
    await runner.query(this.bands);
    for (const [table, grant] of Object.entries(this.grants)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  private readonly grants = {
    genomes: 'SELECT, INSERT, UPDATE (reached, done_at), DELETE',
    genome_features: 'SELECT, INSERT, DELETE',
    next_scores: 'SELECT, INSERT, DELETE',
    band_changes: 'SELECT, INSERT',
  };

  private readonly genomes = `
    -- What tells the best customers of a brand from all who ordered, as it was found once, by every model.
    CREATE TABLE genomes (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      computed_at timestamptz(3) NOT NULL,
      -- As of when the bands were that it is made of.
      bands_as_of timestamptz(3) NOT NULL,
      -- How many were best, and how many ordered, by model.
      people jsonb NOT NULL,
      smoothing integer NOT NULL CHECK (smoothing > 0),
      least_support integer NOT NULL CHECK (least_support > 0),
      -- Everybody up to this customer who never ordered has a score; null when all have.
      reached uuid,
      done_at timestamptz(3),
      CHECK ((reached IS NULL) = (done_at IS NOT NULL))
    );
    CREATE INDEX genomes_brand ON genomes (brand_id, computed_at DESC);
    CREATE UNIQUE INDEX genomes_running ON genomes (brand_id) WHERE done_at IS NULL;

    CREATE TABLE genome_features (
      genome_id uuid NOT NULL REFERENCES genomes,
      brand_id uuid NOT NULL REFERENCES brands,
      model text NOT NULL CHECK (model IN ('VALUE_2021', 'ATTENTION_2025', 'TAT_2026')),
      -- From 1, in the order of weight.
      number smallint NOT NULL CHECK (number > 0),
      kind text NOT NULL CHECK (kind IN
        ('TRAIT', 'ROUTE', 'CHANNEL', 'CADENCE', 'FIRST_ORDER', 'DORMANCY', 'ATTENTION')),
      -- Of a trait.
      name text,
      value text NOT NULL,
      best integer NOT NULL,
      customers integer NOT NULL CHECK (customers >= best),
      -- The natural logarithm of the lift, in millionths.
      weight bigint NOT NULL,
      PRIMARY KEY (brand_id, genome_id, model, number)
    );
    CREATE INDEX genome_features_genome ON genome_features (genome_id);

    -- How alike to the best those are who never ordered. Refers to nobody, because it is made anew: a row
    -- counts while its customer has not ordered and has not become somebody else.
    CREATE TABLE next_scores (
      genome_id uuid NOT NULL REFERENCES genomes,
      brand_id uuid NOT NULL REFERENCES brands,
      model text NOT NULL CHECK (model IN ('VALUE_2021', 'ATTENTION_2025', 'TAT_2026')),
      customer_id uuid NOT NULL,
      -- The weights of the features they have together, in millionths.
      score bigint NOT NULL,
      features smallint[] NOT NULL,
      PRIMARY KEY (brand_id, genome_id, model, customer_id)
    );
    COMMENT ON TABLE next_scores IS 'erase: DELETE';
    CREATE INDEX next_scores_rank ON next_scores (genome_id, model, score DESC, customer_id DESC);
    CREATE INDEX next_scores_customer ON next_scores (customer_id);
  `;

  private readonly bands = `
    -- Bands that customers have left; together with those they are in, it tells of any moment. Refers to
    -- nobody, so that a merge leaves what somebody was.
    CREATE TABLE band_changes (
      brand_id uuid NOT NULL REFERENCES brands,
      model text NOT NULL CHECK (model IN ('VALUE_2021', 'ATTENTION_2025', 'TAT_2026')),
      customer_id uuid NOT NULL,
      band text NOT NULL CHECK (band IN ('BEST', 'REST', 'TEST', 'NEXT')),
      since timestamptz(3) NOT NULL,
      until timestamptz(3) NOT NULL,
      PRIMARY KEY (brand_id, model, customer_id, until)
    );
    COMMENT ON TABLE band_changes IS 'erase: DELETE';
    CREATE INDEX band_changes_customer ON band_changes (customer_id);

    CREATE FUNCTION note_band_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO band_changes (brand_id, model, customer_id, band, since, until)
      SELECT r.brand_id, r.model, r.customer_id, r.band, r.since, a.since
      FROM removed r JOIN added a ON a.brand_id = r.brand_id AND a.model = r.model
        AND a.customer_id = r.customer_id AND a.band <> r.band AND a.since > r.since
      ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$;
    CREATE TRIGGER changes_noted AFTER UPDATE ON brand_bands
      REFERENCING OLD TABLE AS removed NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION note_band_changes();

    -- Orders of some days of a brand, with what they brought, without a look at anything else.
    CREATE INDEX purchases_day ON purchases (brand_id, local_day)
      INCLUDE (customer_id, currency, total_minor, refunded_minor);
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX purchases_day;
      DROP TRIGGER changes_noted ON brand_bands; DROP FUNCTION note_band_changes();
      DROP TABLE band_changes;
      DROP TABLE next_scores; DROP TABLE genome_features; DROP TABLE genomes;
    `);
  }
}
