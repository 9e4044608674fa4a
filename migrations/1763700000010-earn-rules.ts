import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Earn rules with conditions, multipliers, caps and a rank; the counters behind the caps; actions a
 * brand defines itself; and the rule versions a message was recorded with.
 */
export class EarnRules1763700000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE earn_rules
        ADD COLUMN custom_action text,
        ADD COLUMN channels text[] NOT NULL DEFAULT '{}',
        ADD COLUMN message_kinds text[] NOT NULL DEFAULT '{}',
        ADD COLUMN stage text,
        ADD COLUMN audience jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN multipliers jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN max_mu_per_customer_per_day bigint CHECK (max_mu_per_customer_per_day > 0),
        ADD COLUMN max_mu_per_customer bigint CHECK (max_mu_per_customer > 0),
        ADD COLUMN max_mu_per_campaign bigint CHECK (max_mu_per_campaign > 0),
        ADD COLUMN max_mu_in_total bigint CHECK (max_mu_in_total > 0),
        ADD COLUMN priority integer NOT NULL DEFAULT 0,
        ADD COLUMN stacking text NOT NULL DEFAULT 'EXCLUSIVE' CHECK (stacking IN ('EXCLUSIVE', 'STACKS')),
        ADD COLUMN enabled boolean NOT NULL DEFAULT true;

      ALTER TABLE attention_events ADD COLUMN custom_action text, ADD COLUMN stage text;

      -- Null for a message that pins nothing: it is judged by the rules in force.
      ALTER TABLE messages ADD COLUMN earn_rule_ids uuid[];

      -- What a rule, in all its versions, has paid under each of its caps. A counter over all customers
      -- has the nil UUID for its customer, so that the key is whole.
      CREATE TABLE rule_caps (
        brand_id uuid NOT NULL REFERENCES brands,
        rule_name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('CUSTOMER_DAY', 'CUSTOMER', 'CAMPAIGN', 'TOTAL')),
        customer_id uuid NOT NULL,
        period text NOT NULL,
        paid bigint NOT NULL CHECK (paid >= 0),
        PRIMARY KEY (brand_id, rule_name, kind, customer_id, period)
      ) WITH (fillfactor = 70);
      CREATE INDEX rule_caps_customer ON rule_caps (customer_id);

      CREATE TABLE custom_actions (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        name text NOT NULL,
        description text,
        created_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, name)
      );
    `);
    const grants = {
      rule_caps: ['customer_id = (SELECT app_subject())', 'SELECT, INSERT, UPDATE (paid)'],
      custom_actions: [
        '(SELECT app_subject()) IS NOT NULL',
        'SELECT, INSERT, UPDATE (description)',
      ],
    };
    for (const [table, [subject, grant]] of Object.entries(grants)) {
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
    await runner.query(`
      DROP TABLE custom_actions; DROP TABLE rule_caps;
      ALTER TABLE messages DROP COLUMN earn_rule_ids;
      ALTER TABLE attention_events DROP COLUMN custom_action, DROP COLUMN stage;
      ALTER TABLE earn_rules DROP COLUMN custom_action, DROP COLUMN channels, DROP COLUMN message_kinds,
        DROP COLUMN stage, DROP COLUMN audience, DROP COLUMN multipliers,
        DROP COLUMN max_mu_per_customer_per_day, DROP COLUMN max_mu_per_customer,
        DROP COLUMN max_mu_per_campaign, DROP COLUMN max_mu_in_total, DROP COLUMN priority,
        DROP COLUMN stacking, DROP COLUMN enabled;
    `);
  }
}
