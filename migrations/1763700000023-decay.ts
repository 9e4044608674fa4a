import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of wallets that are long silent: who was told, and what each month took. */
export class Decay1763700000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One silence of one customer is told once. What was told, percent included, is what happens.
      CREATE TABLE decay_notices (
        customer_id uuid NOT NULL REFERENCES customers,
        -- The customer's last sign of life, which names the silence.
        silent_since timestamptz(3) NOT NULL,
        noticed_at timestamptz(3) NOT NULL,
        decays_at timestamptz(3) NOT NULL,
        percent smallint NOT NULL CHECK (percent BETWEEN 1 AND 100),
        next_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        PRIMARY KEY (customer_id, silent_since),
        CHECK (silent_since < noticed_at AND noticed_at < decays_at AND decays_at <= next_at)
      );
      CREATE UNIQUE INDEX decay_notices_open ON decay_notices (customer_id) WHERE ended_at IS NULL;
      CREATE INDEX decay_notices_due ON decay_notices (next_at) WHERE ended_at IS NULL;
      GRANT SELECT, INSERT, UPDATE (next_at, ended_at) ON decay_notices TO atomic_rewards_app;

      -- Months that have taken their part, by their number from 1; the key lets each take it once.
      CREATE TABLE decay_steps (
        customer_id uuid NOT NULL REFERENCES customers,
        silent_since timestamptz(3) NOT NULL,
        step integer NOT NULL CHECK (step > 0),
        amount bigint NOT NULL CHECK (amount > 0),
        decayed_at timestamptz(3) NOT NULL,
        PRIMARY KEY (customer_id, silent_since, step)
      );
      GRANT SELECT, INSERT ON decay_steps TO atomic_rewards_app;

      -- How far today's walk through all wallets has come: the last account it looked at.
      CREATE TABLE decay_sweep (
        only_row boolean PRIMARY KEY CHECK (only_row),
        started_at timestamptz(3) NOT NULL,
        reached bigint NOT NULL,
        ended boolean NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE (started_at, reached, ended) ON decay_sweep TO atomic_rewards_app;
      CREATE INDEX accounts_wallets ON accounts (id) WHERE kind = 'WALLET';
    `);
    for (const table of ['decay_notices', 'decay_steps', 'decay_sweep']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      `);
    }
    // A silence is one towards all brands, so no single brand reads of it here.
    for (const table of ['decay_notices', 'decay_steps']) {
      await runner.query(`
        CREATE POLICY person ON ${table}
          USING ((SELECT app_directory()) OR customer_id = (SELECT app_subject()))
          WITH CHECK ((SELECT app_directory()));
      `);
    }
    await runner.query(`
      CREATE POLICY directory ON decay_sweep
        USING ((SELECT app_directory())) WITH CHECK ((SELECT app_directory()));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX accounts_wallets; DROP TABLE decay_sweep; DROP TABLE decay_steps; DROP TABLE decay_notices;',
    );
  }
}
