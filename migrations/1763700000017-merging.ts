import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two customers who were one person. What refers to the one follows to the other, in every table, by
 * one function that follows foreign keys: a table made tomorrow follows too. The service's role cannot
 * move a row from customer to customer otherwise, and the function moves none that no merge explains.
 */
export class Merging1763700000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE customers ADD COLUMN merged_into uuid REFERENCES customers,
        ADD CHECK (merged_into <> id);
      CREATE INDEX customers_merged_into ON customers (merged_into) WHERE merged_into IS NOT NULL;
      CREATE INDEX customers_merged ON customers (id) WHERE merged_into IS NOT NULL;
      GRANT UPDATE (merged_into) ON customers TO atomic_rewards_app;
      -- A brand still finds by the old id whom it knows by the new one.
      DROP POLICY related ON customers;
      CREATE POLICY related ON customers
        USING ((SELECT app_directory()) OR id = (SELECT app_subject()) OR EXISTS (
          SELECT FROM relationships r
          WHERE r.customer_id IN (customers.id, customers.merged_into)
            AND r.brand_id = ANY ((SELECT app_tenants())::uuid[])))
        WITH CHECK ((SELECT app_directory()));

      CREATE TABLE customer_merges (
        id uuid PRIMARY KEY,
        -- Who asked for it; null for the platform.
        brand_id uuid REFERENCES brands,
        from_id uuid NOT NULL REFERENCES customers,
        into_id uuid NOT NULL REFERENCES customers,
        reason text NOT NULL,
        mu bigint NOT NULL CHECK (mu >= 0),
        -- How many rows of which column followed.
        followed jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CHECK (from_id <> into_id)
      );
      CREATE INDEX customer_merges_brand ON customer_merges (brand_id) WHERE brand_id IS NOT NULL;
      CREATE INDEX customer_merges_from ON customer_merges (from_id);
      CREATE INDEX customer_merges_created ON customer_merges (created_at);
      CREATE INDEX customer_merges_into ON customer_merges (into_id);
      ALTER TABLE customer_merges ENABLE ROW LEVEL SECURITY;
      ALTER TABLE customer_merges FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON customer_merges
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR into_id = (SELECT app_subject())
          OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
      GRANT SELECT, INSERT ON customer_merges TO atomic_rewards_app;
    `);
    await runner.query(this.follow);
  }

  readonly follow = `
    CREATE FUNCTION follow_merge(gone uuid, survivor uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      -- Set inside, because only a superuser may attach a setting of ours to a function.
      reach text := coalesce(current_setting('app.reach', true), '');
      place record; line tid; moved bigint; followed jsonb := '{}';
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      IF NOT EXISTS (SELECT FROM customers WHERE id = gone AND merged_into = survivor) THEN
        RAISE EXCEPTION 'no merge explains this' USING ERRCODE = 'restrict_violation';
      END IF;
      -- Brands that knew both: what was said of either is said of the survivor.
      UPDATE relationships i SET email = coalesce(i.email, g.email), phone = coalesce(i.phone, g.phone),
        traits = g.traits || i.traits, updated_at = greatest(i.updated_at, g.updated_at)
      FROM relationships g
      WHERE g.customer_id = gone AND i.customer_id = survivor AND i.brand_id = g.brand_id;
      -- The stricter word counts.
      UPDATE consents i SET granted = i.granted AND g.granted,
        recorded_at = greatest(i.recorded_at, g.recorded_at)
      FROM consents g
      WHERE g.customer_id = gone AND i.customer_id = survivor
        AND i.brand_id = g.brand_id AND i.purpose = g.purpose;
      -- What a day has paid to one it has paid to the other.
      UPDATE daily_awards i SET payments = i.payments + g.payments
      FROM daily_awards g
      WHERE g.customer_id = gone AND i.customer_id = survivor AND i.brand_id = g.brand_id
        AND i.rule_name = g.rule_name AND i.local_day = g.local_day;
      -- Caps name people without referring to them, since some of them are about nobody.
      INSERT INTO rule_caps AS i (brand_id, rule_name, kind, customer_id, period, paid)
      SELECT g.brand_id, g.rule_name, g.kind, survivor, g.period, g.paid
      FROM rule_caps g WHERE g.customer_id = gone
      ON CONFLICT (brand_id, rule_name, kind, customer_id, period)
        DO UPDATE SET paid = i.paid + excluded.paid;
      FOR place IN
        SELECT f.conrelid::regclass AS tab, a.attname AS col FROM pg_constraint f
        JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
        WHERE f.contype = 'f' AND f.confrelid = 'customers'::regclass
          AND f.conrelid NOT IN ('customers'::regclass, 'customer_merges'::regclass)
        ORDER BY f.conrelid::regclass::text, a.attname
      LOOP
        BEGIN
          EXECUTE format('UPDATE %s SET %I = $2 WHERE %I = $1', place.tab, place.col, place.col)
            USING gone, survivor;
          GET DIAGNOSTICS moved = ROW_COUNT;
        EXCEPTION WHEN unique_violation OR check_violation THEN
          -- Some of it the survivor has too: that stays where it is, as history, and the rest follows.
          moved := 0;
          FOR line IN EXECUTE
            format('SELECT ctid FROM %s WHERE %I = $1 FOR UPDATE', place.tab, place.col) USING gone
          LOOP
            BEGIN
              EXECUTE format('UPDATE %s SET %I = $2 WHERE ctid = $1', place.tab, place.col)
                USING line, survivor;
              moved := moved + 1;
            EXCEPTION WHEN unique_violation OR check_violation THEN
            END;
          END LOOP;
        END;
        IF moved > 0 THEN
          followed := followed || jsonb_build_object(place.tab || '.' || place.col, moved);
        END IF;
      END LOOP;
      PERFORM set_config('app.reach', reach, true);
      RETURN followed;
    END $$;
    REVOKE ALL ON FUNCTION follow_merge(uuid, uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION follow_merge(uuid, uuid) TO atomic_rewards_app;

    -- What is on hold for a person, with whichever brand; locked, as everywhere, before the accounts.
    CREATE FUNCTION pending_redemptions(people uuid[])
    RETURNS TABLE (id uuid, brand_id uuid, customer_id uuid, amount bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      reach text := coalesce(current_setting('app.reach', true), '');
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      RETURN QUERY SELECT r.id, r.brand_id, r.customer_id, r.amount FROM redemptions r
        WHERE r.customer_id = ANY (people) AND r.state = 'PENDING'
        ORDER BY r.id FOR NO KEY UPDATE;
      PERFORM set_config('app.reach', reach, true);
    END $$;
    REVOKE ALL ON FUNCTION pending_redemptions(uuid[]) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION pending_redemptions(uuid[]) TO atomic_rewards_app;
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION pending_redemptions(uuid[]); DROP FUNCTION follow_merge(uuid, uuid);
      DROP TABLE customer_merges;
      DROP POLICY related ON customers;
      CREATE POLICY related ON customers
        USING ((SELECT app_directory()) OR id = (SELECT app_subject()) OR EXISTS (
          SELECT FROM relationships r
          WHERE r.customer_id = customers.id AND r.brand_id = ANY ((SELECT app_tenants())::uuid[])))
        WITH CHECK ((SELECT app_directory()));
      REVOKE UPDATE (merged_into) ON customers FROM atomic_rewards_app;
      ALTER TABLE customers DROP COLUMN merged_into;
    `);
  }
}
