import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Scores that are taken back; and what becomes of the list of customers at risk, and of others' histories,
 * when somebody is erased.
 */
export class LooseEnds1763700000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      COMMENT ON TABLE brand_at_risk IS 'erase: DELETE';
      -- Null: the brand took back what it had said, and what it said before that does not count.
      ALTER TABLE customer_scores ALTER COLUMN value DROP NOT NULL;

      -- When the sums of each brand's money were last counted anew.
      CREATE TABLE economy_proofs (
        brand_id uuid PRIMARY KEY REFERENCES brands,
        proven_at timestamptz(3) NOT NULL
      );
      ALTER TABLE economy_proofs ENABLE ROW LEVEL SECURITY;
      ALTER TABLE economy_proofs FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON economy_proofs
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT, UPDATE (proven_at) ON economy_proofs TO atomic_rewards_app;
    `);
    await runner.query(this.traces);
  }

  /** With whom somebody was ever merged, their addresses went, and stay in that history when they are parted. */
  private readonly traces = `
    CREATE FUNCTION erase_traces(person uuid, brand uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        reach text := coalesce(current_setting('app.reach', true), '');
        people uuid[]; touched bigint;
      BEGIN
        PERFORM set_config('app.reach', 'everything', true);
        IF NOT EXISTS (SELECT FROM erasures e WHERE e.customer_id = person
          AND e.brand_id IS NOT DISTINCT FROM brand) THEN
          RAISE EXCEPTION 'no erasure explains this' USING ERRCODE = 'restrict_violation';
        END IF;
        people := ARRAY(SELECT c.id FROM customers c WHERE c.id = person OR c.merged_into = person);
        WITH RECURSIVE met AS (
          SELECT u.id FROM unnest(people) AS u(id)
          UNION SELECT CASE WHEN m.from_id = met.id THEN m.into_id ELSE m.from_id END
          FROM met JOIN customer_merges m ON m.from_id = met.id OR m.into_id = met.id
        ), own AS (
          SELECT h.kind, h.value FROM identity_history h
          WHERE h.customer_id = ANY (people) AND (brand IS NULL OR h.brand_id = brand)
        )
        DELETE FROM identity_history h USING met
        WHERE h.customer_id = met.id AND h.customer_id <> ALL (people) AND h.merge_id IS NOT NULL
          AND (brand IS NULL OR h.brand_id = brand) AND (h.kind, h.value) IN (SELECT kind, value FROM own)
          AND NOT EXISTS (SELECT FROM brand_identities i WHERE i.brand_id = h.brand_id
            AND i.customer_id = h.customer_id AND i.kind = h.kind AND i.value = h.value);
        GET DIAGNOSTICS touched = ROW_COUNT;
        PERFORM set_config('app.reach', reach, true);
        RETURN touched;
      END $$;
    REVOKE ALL ON FUNCTION erase_traces(uuid, uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION erase_traces(uuid, uuid) TO atomic_rewards_app;
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION erase_traces(uuid, uuid); DROP TABLE economy_proofs;
      DELETE FROM customer_scores WHERE value IS NULL;
      ALTER TABLE customer_scores ALTER COLUMN value SET NOT NULL;
      COMMENT ON TABLE brand_at_risk IS NULL;
    `);
  }
}
