import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eraseRules } from './privacy/erase-rules';
import { dropEraseRows, eraseRows } from './privacy/erase-rows.sql';
import { dropExportRows, exportRows } from './privacy/export-rows.sql';

/** Erasing a person, and giving out everything that is kept of one. */
export class Privacy1763700000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE erasures (
        id uuid PRIMARY KEY,
        -- The brand that knows the customer no more; null when the person is gone everywhere.
        brand_id uuid REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        asked_by text NOT NULL CHECK (asked_by IN ('BRAND', 'CUSTOMER', 'PLATFORM')),
        extinguished bigint NOT NULL CHECK (extinguished >= 0),
        erased_at timestamptz(3) NOT NULL,
        -- When it is to be seen whether something has arrived that was on its way; null when nothing had.
        check_at timestamptz(3),
        UNIQUE NULLS NOT DISTINCT (customer_id, brand_id)
      );
      CREATE INDEX erasures_brand ON erasures (brand_id) WHERE brand_id IS NOT NULL;
      CREATE INDEX erasures_check ON erasures (check_at) WHERE check_at IS NOT NULL;
      ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
      ALTER TABLE erasures FORCE ROW LEVEL SECURITY;
      -- That a person is gone everywhere is known to every writer, so that nobody writes to them.
      CREATE POLICY tenant ON erasures
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_directory()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
      GRANT SELECT, INSERT, UPDATE (check_at) ON erasures TO atomic_rewards_app;
    `);
    await this.declare(runner);
    await runner.query(eraseRows);
    await runner.query(exportRows);
  }

  /** Adds what becomes of each to the comments tables and columns have. */
  private async declare(runner: QueryRunner): Promise<void> {
    for (const [table, { rows, ...columns }] of Object.entries(eraseRules)) {
      await runner.query(`DO $$ BEGIN EXECUTE format('COMMENT ON TABLE ${table} IS %L',
          concat_ws('; ', obj_description('${table}'::regclass, 'pg_class'), 'erase: ${rows}')); END $$`);
      for (const [how, names] of Object.entries(columns)) {
        for (const name of names) {
          await runner.query(`DO $$ BEGIN EXECUTE format('COMMENT ON COLUMN ${table}.${name} IS %L',
            concat_ws('; ', (SELECT col_description(attrelid, attnum) FROM pg_attribute
              WHERE attrelid = '${table}'::regclass AND attname = '${name}'), 'erase: ${how}')); END $$`);
        }
      }
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropExportRows);
    await runner.query(dropEraseRows);
    await runner.query(`
      DROP TABLE erasures;
      DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT d.objoid::regclass AS tab, a.attname AS col, d.description AS said
          FROM pg_description d LEFT JOIN pg_attribute a
            ON a.attrelid = d.objoid AND a.attnum = d.objsubid AND d.objsubid > 0
          WHERE d.classoid = 'pg_class'::regclass AND d.description LIKE '%erase: %'
        LOOP
          EXECUTE format(CASE WHEN one.col IS NULL THEN 'COMMENT ON TABLE %1$s IS %3$L'
              ELSE 'COMMENT ON COLUMN %1$s.%2$I IS %3$L' END, one.tab, one.col,
            nullif(regexp_replace(one.said, '(; )?erase: [A-Z]+', ''), ''));
        END LOOP; END $$;
    `);
  }
}
