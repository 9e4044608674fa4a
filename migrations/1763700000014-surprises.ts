import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gifts by lot: pools with a secret seed whose hash is published, and every draw that was made. */
export class Surprises1763700000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE surprise_pools (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        external_id text NOT NULL,
        prize_mu bigint NOT NULL CHECK (prize_mu > 0),
        odds_one_in bigint NOT NULL CHECK (odds_one_in > 0),
        pool_mu bigint NOT NULL CHECK (pool_mu >= prize_mu),
        window_hours integer NOT NULL CHECK (window_hours > 0),
        starts_at timestamptz(3) NOT NULL,
        ends_at timestamptz(3) NOT NULL,
        -- Shown to nobody before the pool is closed.
        seed bytea NOT NULL CHECK (octet_length(seed) = 32),
        -- SHA-256 of the seed, as it was published when the pool was made.
        commitment bytea NOT NULL CHECK (octet_length(commitment) = 32),
        created_at timestamptz(3) NOT NULL,
        closed_at timestamptz(3),
        CHECK (starts_at < ends_at),
        UNIQUE (brand_id, external_id)
      );
      CREATE INDEX surprise_pools_brand ON surprise_pools (brand_id, id DESC);

      CREATE TABLE surprise_draws (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        pool_id uuid NOT NULL REFERENCES surprise_pools,
        customer_id uuid NOT NULL REFERENCES customers,
        -- The id the seed drew for; it stays when the customer is found to be another.
        ticket uuid NOT NULL,
        window_number bigint NOT NULL CHECK (window_number >= 0),
        won boolean NOT NULL,
        amount bigint NOT NULL CHECK (amount >= 0),
        transfer_id uuid,
        drawn_at timestamptz(3) NOT NULL,
        CHECK (won = (amount > 0) AND won = (transfer_id IS NOT NULL)),
        UNIQUE (brand_id, pool_id, customer_id, window_number)
      );
      CREATE INDEX surprise_draws_pool ON surprise_draws (pool_id, id DESC);
      CREATE INDEX surprise_draws_customer ON surprise_draws (customer_id, id DESC);
    `);
    const rights: Record<string, [grant: string, subject: string]> = {
      // A customer knows the pools they drew from.
      surprise_pools: [
        'SELECT, INSERT, UPDATE (closed_at)',
        `EXISTS (SELECT FROM surprise_draws d WHERE d.pool_id = surprise_pools.id
          AND d.customer_id = (SELECT app_subject()))`,
      ],
      surprise_draws: ['SELECT, INSERT', 'customer_id = (SELECT app_subject())'],
    };
    for (const [table, [grant, subject]] of Object.entries(rights)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR ${subject} OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE surprise_draws CASCADE; DROP TABLE surprise_pools;');
  }
}
