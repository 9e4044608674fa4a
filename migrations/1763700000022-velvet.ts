import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A brand's best customers, by its invitation: members, their perks, and when they were recognised. */
export class Velvet1763700000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE velvet_members (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        status text NOT NULL CHECK (status IN ('INVITED', 'ACTIVE', 'REVOKED')),
        invited_at timestamptz(3) NOT NULL,
        accepted_at timestamptz(3),
        revoked_at timestamptz(3),
        CHECK (status <> 'ACTIVE' OR accepted_at IS NOT NULL),
        CHECK ((status = 'REVOKED') = (revoked_at IS NOT NULL)),
        UNIQUE (brand_id, customer_id)
      );
      CREATE INDEX velvet_members_customer ON velvet_members (customer_id);

      CREATE TABLE velvet_perks (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        kind text NOT NULL CHECK (kind IN ('EXCLUSIVITY', 'EASE', 'ACCESS')),
        name text NOT NULL,
        granted_at timestamptz(3) NOT NULL,
        redeemed_at timestamptz(3)
      );
      CREATE INDEX velvet_perks_customer ON velvet_perks (brand_id, customer_id, id DESC);
      CREATE INDEX velvet_perks_of_customer ON velvet_perks (customer_id);

      CREATE TABLE velvet_arrivals (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        credential_id uuid NOT NULL,
        store_id text NOT NULL,
        arrived_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, credential_id)
      );
      CREATE INDEX velvet_arrivals_customer ON velvet_arrivals (customer_id);
    `);
    const grants = {
      velvet_members: 'SELECT, INSERT, UPDATE (status, invited_at, accepted_at, revoked_at)',
      velvet_perks: 'SELECT, INSERT, UPDATE (redeemed_at)',
      velvet_arrivals: 'SELECT, INSERT',
    };
    for (const [table, grant] of Object.entries(grants)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
            OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE velvet_arrivals; DROP TABLE velvet_perks; DROP TABLE velvet_members;',
    );
  }
}
