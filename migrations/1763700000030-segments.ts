import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = 'brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything())';
const person = 'customer_id = (SELECT app_subject())';

/** What each table is to a segment's condition; `*` is what every condition may depend on. */
const watched = {
  relationships: '*',
  brand_identities: 'identity',
  consents: 'consent',
  wallet_shares: 'mu',
  streaks: 'streak',
  purchase_totals: 'orders',
  customer_worth: 'worth',
  attention_states: 'attention',
  brand_bands: 'band',
};

const events = { insert: 'NEW', update: 'NEW', delete: 'OLD' };

/**
 * Saved segments with their members, and the bands models put customers into. Who is to be judged anew
 * is queued by the tables that conditions ask, in the transaction of the change, whoever makes it.
 */
export class Segments1763700000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.segments);
    await runner.query(this.bands);
    await this.protect(runner);
    await runner.query(this.functions);
    for (const [table, facet] of Object.entries(watched)) {
      for (const [event, rows] of Object.entries(events)) {
        await runner.query(`
          CREATE TRIGGER segments_${event} AFTER ${event.toUpperCase()} ON ${table}
            REFERENCING ${rows} TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION queue_for_segments('${facet}')`);
      }
    }
  }

  private readonly segments = `
    CREATE TABLE segments (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      name text NOT NULL,
      description text,
      condition jsonb NOT NULL,
      -- What the condition asks about.
      facets text[] NOT NULL,
      -- Whether time alone changes who meets it.
      moves boolean NOT NULL,
      version integer NOT NULL CHECK (version > 0),
      -- Kept by the triggers of segment_members.
      members bigint NOT NULL DEFAULT 0 CHECK (members >= 0),
      -- Everybody is being judged, and has been up to this customer; null when nobody is.
      reached uuid,
      -- Nobody is told of what the first judging under a condition finds.
      filling boolean NOT NULL DEFAULT true,
      -- When everybody is to be judged again; null when only by what changes.
      due_at timestamptz(3),
      -- When everybody had last been judged.
      judged_at timestamptz(3),
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3) NOT NULL,
      deleted_at timestamptz(3)
    );
    CREATE UNIQUE INDEX segments_name ON segments (brand_id, name) WHERE deleted_at IS NULL;
    CREATE INDEX segments_brand ON segments (brand_id, id DESC);
    CREATE INDEX segments_due ON segments (due_at) WHERE deleted_at IS NULL AND due_at IS NOT NULL;
    CREATE INDEX segments_filling ON segments (id) WHERE deleted_at IS NULL AND reached IS NOT NULL;
    CREATE INDEX segments_deleted ON segments (id) WHERE deleted_at IS NOT NULL AND members > 0;

    CREATE TABLE segment_members (
      segment_id uuid NOT NULL REFERENCES segments,
      brand_id uuid NOT NULL REFERENCES brands,
      customer_id uuid NOT NULL REFERENCES customers,
      since timestamptz(3) NOT NULL,
      PRIMARY KEY (segment_id, customer_id)
    );
    CREATE INDEX segment_members_page ON segment_members (segment_id, since DESC, customer_id DESC);
    CREATE INDEX segment_members_customer ON segment_members (customer_id, brand_id);
    CREATE INDEX segment_members_brand ON segment_members (brand_id);

    -- Who is to be judged anew. Nothing here is unique, so that no writer ever waits for another.
    CREATE TABLE segment_queue (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      brand_id uuid NOT NULL,
      customer_id uuid NOT NULL
    );
  `;

  private readonly bands = `
    -- One division of a brand's customers into bands, by every model.
    CREATE TABLE segmentations (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      as_of timestamptz(3) NOT NULL,
      trailing_days integer NOT NULL CHECK (trailing_days > 0),
      -- The least worth that is still BEST, and still REST, in minor units; null where nobody ordered, and
      -- before it has begun.
      best_cut bigint,
      rest_cut bigint,
      -- Everybody up to this customer has been put into a band; null when all have.
      reached uuid,
      done_at timestamptz(3),
      CHECK ((reached IS NULL) = (done_at IS NOT NULL))
    );
    CREATE INDEX segmentations_brand ON segmentations (brand_id, as_of DESC);
    CREATE UNIQUE INDEX segmentations_running ON segmentations (brand_id) WHERE done_at IS NULL;

    -- What a division found: people, money, and who came and went, by band and by cell of the table.
    CREATE TABLE segmentation_cells (
      segmentation_id uuid NOT NULL REFERENCES segmentations,
      brand_id uuid NOT NULL REFERENCES brands,
      model text NOT NULL CHECK (model IN ('VALUE_2021', 'ATTENTION_2025', 'TAT_2026')),
      band text NOT NULL CHECK (band IN ('BEST', 'REST', 'TEST', 'NEXT')),
      progress text NOT NULL CHECK (progress IN ('NO_ORDER', 'FIRST', 'REPEAT', 'LOYAL')),
      attentiveness text NOT NULL CHECK (attentiveness IN ('ATTENTIVE', 'DRIFTING', 'GONE')),
      customers integer NOT NULL,
      revenue_minor bigint NOT NULL,
      worth_minor bigint NOT NULL,
      PRIMARY KEY (brand_id, segmentation_id, model, band, progress, attentiveness)
    );
    CREATE INDEX segmentation_cells_of ON segmentation_cells (segmentation_id);

    CREATE TABLE brand_bands (
      brand_id uuid NOT NULL REFERENCES brands,
      model text NOT NULL CHECK (model IN ('VALUE_2021', 'ATTENTION_2025', 'TAT_2026')),
      customer_id uuid NOT NULL REFERENCES customers,
      band text NOT NULL CHECK (band IN ('BEST', 'REST', 'TEST', 'NEXT')),
      progress text NOT NULL,
      attentiveness text NOT NULL,
      since timestamptz(3) NOT NULL,
      -- When it was last found so.
      as_of timestamptz(3) NOT NULL,
      PRIMARY KEY (brand_id, model, customer_id)
    );
    CREATE INDEX brand_bands_band ON brand_bands (brand_id, model, band, customer_id);
    CREATE INDEX brand_bands_customer ON brand_bands (customer_id);
  `;

  private async protect(runner: QueryRunner): Promise<void> {
    const tables: Record<string, [readable: string, grant: string]> = {
      segments: [
        `${own} OR ((SELECT app_subject()) IS NOT NULL AND EXISTS (SELECT FROM segment_members m
          WHERE m.segment_id = segments.id AND m.customer_id = (SELECT app_subject())))`,
        `SELECT, INSERT, UPDATE (name, description, condition, facets, moves, version, members,
          reached, filling, due_at, judged_at, updated_at, deleted_at)`,
      ],
      segment_members: [`${own} OR ${person}`, 'SELECT, INSERT, DELETE'],
      segment_queue: [own, 'SELECT, INSERT, DELETE, UPDATE'],
      segmentations: [own, 'SELECT, INSERT, UPDATE'],
      segmentation_cells: [own, 'SELECT, INSERT, UPDATE (customers, revenue_minor, worth_minor)'],
      brand_bands: [`${own} OR ${person}`, 'SELECT, INSERT, UPDATE'],
    };
    for (const [table, [readable, grant]] of Object.entries(tables)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table} USING (${readable}) WITH CHECK (${own});
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  private readonly functions = `
    CREATE FUNCTION queue_for_segments() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE reach text := coalesce(current_setting('app.reach', true), '');
    BEGIN
      -- Whoever writes may not see the brand's segments: a customer, or a brand about another one's row.
      PERFORM set_config('app.reach', 'everything', true);
      INSERT INTO segment_queue (brand_id, customer_id)
      SELECT DISTINCT c.brand_id, c.customer_id FROM changed c
      WHERE EXISTS (SELECT FROM segments s WHERE s.brand_id = c.brand_id AND s.deleted_at IS NULL
        AND (TG_ARGV[0] = '*' OR TG_ARGV[0] = ANY (s.facets)));
      PERFORM set_config('app.reach', reach, true);
      RETURN NULL;
    END $$;
    REVOKE ALL ON FUNCTION queue_for_segments() FROM PUBLIC;

    -- Two who become one person, or two again: both are judged, with every brand that knows either.
    CREATE FUNCTION queue_merged_for_segments() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE reach text := coalesce(current_setting('app.reach', true), '');
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      INSERT INTO segment_queue (brand_id, customer_id)
      SELECT DISTINCT k.brand_id, p.id
      FROM unnest(ARRAY[new.id, new.merged_into, old.merged_into]) AS p(id),
        (SELECT r.brand_id FROM relationships r
          WHERE r.customer_id IN (new.id, new.merged_into, old.merged_into)) AS k
      WHERE p.id IS NOT NULL AND EXISTS (SELECT FROM segments s
        WHERE s.brand_id = k.brand_id AND s.deleted_at IS NULL);
      PERFORM set_config('app.reach', reach, true);
      RETURN NULL;
    END $$;
    REVOKE ALL ON FUNCTION queue_merged_for_segments() FROM PUBLIC;
    CREATE TRIGGER segments_merged AFTER UPDATE OF merged_into ON customers
      FOR EACH ROW EXECUTE FUNCTION queue_merged_for_segments();

    CREATE FUNCTION count_segment_members() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE reach text := coalesce(current_setting('app.reach', true), '');
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      UPDATE segments s SET members = s.members + TG_ARGV[0]::integer * c.n
      FROM (SELECT segment_id, count(*) AS n FROM changed GROUP BY segment_id) c
      WHERE s.id = c.segment_id;
      PERFORM set_config('app.reach', reach, true);
      RETURN NULL;
    END $$;
    REVOKE ALL ON FUNCTION count_segment_members() FROM PUBLIC;
    CREATE TRIGGER counted_in AFTER INSERT ON segment_members REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION count_segment_members('1');
    CREATE TRIGGER counted_out AFTER DELETE ON segment_members REFERENCING OLD TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION count_segment_members('-1');
  `;

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(watched)) {
      for (const event of Object.keys(events)) {
        await runner.query(`DROP TRIGGER segments_${event} ON ${table}`);
      }
    }
    await runner.query(`
      DROP TRIGGER segments_merged ON customers;
      DROP POLICY tenant ON segments;
      DROP TABLE brand_bands; DROP TABLE segmentation_cells; DROP TABLE segmentations;
      DROP TABLE segment_queue; DROP TABLE segment_members; DROP TABLE segments;
      DROP FUNCTION count_segment_members(); DROP FUNCTION queue_merged_for_segments();
      DROP FUNCTION queue_for_segments();
    `);
  }
}
