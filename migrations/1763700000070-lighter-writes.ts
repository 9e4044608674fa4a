import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkEntriesBy, missingByJoin } from './1763700000057-entries-of-transfers';
import { mergePlacesOf } from './identity-graph/merge-places.sql';

/**
 * What every event and every transfer pays for, and need not: looking the brand and the customer of an event
 * up once more, which its command has just read and nobody can delete; an index entry for each transfer
 * that reverses nothing; all transfers read to find those of a statement; and a second writing of what
 * happened, to say that it was dispatched, where nobody listens.
 */
export class LighterWrites1763700000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      COMMENT ON COLUMN attention_events.customer_id IS 'refers: customers';
      ${mergePlacesOf(`
        UNION SELECT a.attrelid::regclass, a.attname::text FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
          AND NOT a.attisdropped AND col_description(a.attrelid, a.attnum) ~ 'refers: customers'`)}
      ALTER TABLE attention_events DROP CONSTRAINT attention_events_brand_id_fkey,
        DROP CONSTRAINT attention_events_customer_id_fkey;

      CREATE UNIQUE INDEX transfers_reverses ON transfers (reverses) WHERE reverses IS NOT NULL;
      ALTER TABLE transfers DROP CONSTRAINT transfers_reverses_key;

      -- Asked of each by its key: a join could choose to read all transfers there are.
      ${checkEntriesBy(`SELECT FROM added a
        WHERE (SELECT t.id FROM transfers t WHERE t.id = a.transfer_id) IS NULL`)}

      -- Of a brand whose endpoints may not be seen it says no, so that what happened waits for the dispatch.
      CREATE FUNCTION outbox_unheard(brand uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT (brand = ANY (app_tenants()::uuid[]) OR app_everything()) AND NOT EXISTS (
          SELECT FROM webhook_endpoints e WHERE e.brand_id = brand AND e.state = 'ACTIVE') $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION outbox_unheard(uuid);
      ${checkEntriesBy(missingByJoin)}
      ALTER TABLE transfers ADD CONSTRAINT transfers_reverses_key UNIQUE (reverses);
      DROP INDEX transfers_reverses;
      ALTER TABLE attention_events
        ADD CONSTRAINT attention_events_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES brands NOT VALID,
        ADD CONSTRAINT attention_events_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
      ALTER TABLE attention_events VALIDATE CONSTRAINT attention_events_brand_id_fkey;
      ALTER TABLE attention_events VALIDATE CONSTRAINT attention_events_customer_id_fkey;
      ${mergePlacesOf('')}
      COMMENT ON COLUMN attention_events.customer_id IS NULL;
    `);
  }
}
