import type { MigrationInterface, QueryRunner } from 'typeorm';
import { noSumsSql, sumsSoFarSql, sumsSql } from './1763700000031-economics.sums';

const purposes = `('ACQUISITION', 'REACQUISITION', 'RETENTION', 'ATTENTION', 'BRAND')`;
const routes = `('ADTECH', 'AFFILIATE', 'MARKETPLACE', 'OFFLINE', 'CRM', 'REFERRAL', 'ORGANIC')`;
const verdicts = `('UNPAID', 'REACQUISITION', 'WATCHED', 'WRONG', 'TRUE_NEW')`;

/**
 * What a brand spends to have customers and what comes of it: spend and acquisitions with their daily
 * sums, plans, unit costs, and sums by day and by year of what other features record. Sums of others' tables
 * are kept by triggers, so that those features need not know of them.
 */
export class Economics1763700000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.spend);
    await runner.query(this.acquisitions);
    await runner.query(this.measured);
    await runner.query(sumsSql);
    for (const [table, grant] of Object.entries(this.grants)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
    await runner.query(`
      ALTER TABLE ledger_proofs ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ledger_proofs FORCE ROW LEVEL SECURITY;
      CREATE POLICY operator ON ledger_proofs
        USING ((SELECT app_everything())) WITH CHECK ((SELECT app_everything()));
      GRANT SELECT, INSERT, UPDATE (checked_at, accounts, balance_sum) ON ledger_proofs
        TO atomic_rewards_app;
    `);
    await runner.query(sumsSoFarSql);
  }

  private readonly grants = {
    unit_costs:
      'SELECT, INSERT, UPDATE (mu_price, message_costs, service_cost_minor, survival_days, updated_at)',
    spend: 'SELECT, INSERT',
    brand_spend_days: 'SELECT, INSERT, UPDATE (amount_minor, records, other_currency)',
    campaign_totals: 'SELECT, INSERT, UPDATE (spend_minor, priced_minor, unpriced)',
    budget_plans: 'SELECT, INSERT',
    budget_shifts: 'SELECT, INSERT',
    brand_budget_days: 'SELECT, INSERT, UPDATE (planned_minor, moved_minor)',
    acquisitions: 'SELECT, INSERT, UPDATE (verdict, judge_at, judged_at, ordered)',
    acquisition_days:
      'SELECT, INSERT, UPDATE (acquisitions, cost_minor, unpriced, other_currency, awake, ordered)',
    economy_snapshots:
      'SELECT, INSERT, UPDATE (computed_at, wallets, activated, customers, profit_deciles)',
    delivery_days: 'SELECT, INSERT, UPDATE (messages)',
    delivery_totals: 'SELECT, INSERT, UPDATE (messages)',
    mu_days: 'SELECT, INSERT, UPDATE (purchased, issued, burned, extinguished, decayed)',
    customer_years:
      'SELECT, INSERT, UPDATE (orders, net_minor, counted, counted_minor, kept, fresh, earned)',
    brand_years: `SELECT, INSERT, UPDATE (customers, net_minor, kept_customers, kept_minor,
      fresh_customers, fresh_minor, earned_customers, earned_minor)`,
  };

  private readonly spend = `
    -- Prices are millionths of the currency's unit: a message costs less than the smallest coin.
    CREATE TABLE unit_costs (
      brand_id uuid PRIMARY KEY REFERENCES brands,
      mu_price bigint CHECK (mu_price >= 0),
      message_costs jsonb NOT NULL,
      service_cost_minor bigint NOT NULL CHECK (service_cost_minor >= 0),
      survival_days integer NOT NULL CHECK (survival_days BETWEEN 1 AND 365),
      updated_at timestamptz(3) NOT NULL
    );

    CREATE TABLE spend (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      external_id text,
      purpose text NOT NULL CHECK (purpose IN ${purposes}),
      route text NOT NULL CHECK (route IN ${routes}),
      campaign text,
      first_day date NOT NULL,
      last_day date NOT NULL,
      -- Below zero for what a seller gave back.
      amount_minor bigint NOT NULL,
      currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
      recorded_at timestamptz(3) NOT NULL,
      CHECK (first_day <= last_day),
      UNIQUE (brand_id, external_id)
    );
    CREATE INDEX spend_brand ON spend (brand_id, last_day DESC, id DESC);

    -- In the brand's currency; what came in another one is counted and not summed.
    CREATE TABLE brand_spend_days (
      brand_id uuid NOT NULL REFERENCES brands,
      local_day date NOT NULL,
      purpose text NOT NULL CHECK (purpose IN ${purposes}),
      route text NOT NULL CHECK (route IN ${routes}),
      amount_minor bigint NOT NULL,
      records integer NOT NULL,
      other_currency integer NOT NULL,
      PRIMARY KEY (brand_id, local_day, purpose, route)
    ) WITH (fillfactor = 80);

    -- What a campaign cost, and how many of its acquisitions share what no cost was named for.
    CREATE TABLE campaign_totals (
      brand_id uuid NOT NULL REFERENCES brands,
      campaign text NOT NULL,
      spend_minor bigint NOT NULL,
      priced_minor bigint NOT NULL,
      unpriced integer NOT NULL,
      PRIMARY KEY (brand_id, campaign)
    ) WITH (fillfactor = 80);

    CREATE TABLE budget_plans (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      first_day date NOT NULL,
      last_day date NOT NULL,
      lines jsonb NOT NULL,
      recorded_at timestamptz(3) NOT NULL,
      CHECK (first_day <= last_day)
    );
    CREATE INDEX budget_plans_brand ON budget_plans (brand_id, id DESC);

    CREATE TABLE budget_shifts (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      local_day date NOT NULL,
      from_purpose text NOT NULL CHECK (from_purpose IN ${purposes}),
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      mu bigint CHECK (mu >= 0),
      reason text NOT NULL,
      recorded_at timestamptz(3) NOT NULL
    );
    CREATE INDEX budget_shifts_brand ON budget_shifts (brand_id, local_day, id);

    CREATE TABLE brand_budget_days (
      brand_id uuid NOT NULL REFERENCES brands,
      local_day date NOT NULL,
      purpose text NOT NULL CHECK (purpose IN ${purposes}),
      -- Null where no plan was made, which is another thing than planning nothing.
      planned_minor bigint,
      moved_minor bigint NOT NULL,
      PRIMARY KEY (brand_id, local_day, purpose)
    ) WITH (fillfactor = 80);
  `;

  private readonly acquisitions = `
    CREATE TABLE acquisitions (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      customer_id uuid NOT NULL REFERENCES customers,
      external_id text,
      route text NOT NULL CHECK (route IN ${routes}),
      campaign text,
      cost_minor bigint CHECK (cost_minor >= 0),
      currency text CHECK (currency ~ '^[A-Z]{3}$'),
      acquired_at timestamptz(3) NOT NULL,
      local_day date NOT NULL,
      verdict text NOT NULL CHECK (verdict IN ${verdicts}),
      -- How long silent the customer was; null for somebody the brand had nothing with before.
      prior text,
      judge_at timestamptz(3),
      judged_at timestamptz(3),
      ordered boolean,
      recorded_at timestamptz(3) NOT NULL,
      CHECK ((cost_minor IS NULL) = (currency IS NULL)),
      CHECK ((verdict = 'WATCHED') = (judge_at IS NOT NULL)),
      UNIQUE (brand_id, external_id)
    );
    CREATE INDEX acquisitions_customer ON acquisitions (customer_id, brand_id);
    CREATE INDEX acquisitions_reacquired ON acquisitions (brand_id, acquired_at DESC, id DESC)
      WHERE verdict = 'REACQUISITION';
    CREATE INDEX acquisitions_due ON acquisitions (judge_at) WHERE verdict = 'WATCHED';

    CREATE TABLE acquisition_days (
      brand_id uuid NOT NULL REFERENCES brands,
      local_day date NOT NULL,
      route text NOT NULL CHECK (route IN ${routes}),
      -- Empty for none, since a key has no nulls.
      campaign text NOT NULL,
      verdict text NOT NULL CHECK (verdict IN ${verdicts}),
      acquisitions integer NOT NULL,
      cost_minor bigint NOT NULL,
      unpriced integer NOT NULL,
      other_currency integer NOT NULL,
      -- Of these: customers who were already there and awake; and who had ordered when they were judged.
      awake integer NOT NULL,
      ordered integer NOT NULL,
      PRIMARY KEY (brand_id, local_day, route, campaign, verdict)
    ) WITH (fillfactor = 80);
  `;

  private readonly measured = `
    -- What is too broad to be counted at each reading, as it was when a job last looked.
    CREATE TABLE economy_snapshots (
      brand_id uuid PRIMARY KEY REFERENCES brands,
      computed_at timestamptz(3) NOT NULL,
      wallets bigint NOT NULL,
      activated bigint NOT NULL,
      customers bigint NOT NULL,
      profit_deciles jsonb NOT NULL
    );

    CREATE TABLE ledger_proofs (
      only_row boolean PRIMARY KEY CHECK (only_row),
      checked_at timestamptz(3) NOT NULL,
      accounts bigint NOT NULL,
      balance_sum bigint NOT NULL
    );
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(noSumsSql);
    await runner.query(`
      DROP TABLE ledger_proofs; DROP TABLE economy_snapshots;
      DROP TABLE acquisition_days; DROP TABLE acquisitions; DROP TABLE brand_budget_days;
      DROP TABLE budget_shifts; DROP TABLE budget_plans; DROP TABLE campaign_totals;
      DROP TABLE brand_spend_days; DROP TABLE spend; DROP TABLE unit_costs;
    `);
  }
}
