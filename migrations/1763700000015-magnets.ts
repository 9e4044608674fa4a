import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Magnets, what customers answered to them, counts of the answers, and stakes in the ledger. */
export class Magnets1763700000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE magnets (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        external_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('QUIZ', 'POLL', 'PREDICTION', 'FEEDBACK', 'PREFERENCE')),
        title text NOT NULL,
        message_id uuid REFERENCES messages,
        content jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('OPEN', 'CLOSED', 'RESOLVED', 'VOID')),
        starts_at timestamptz(3),
        ends_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        -- What a prediction came to; its responses are settled after it, in turns.
        winning_option smallint,
        resolved_at timestamptz(3),
        settled_at timestamptz(3),
        -- Stakes that no whole share was left of, which went to the brand's budget.
        remainder bigint CHECK (remainder >= 0),
        UNIQUE (brand_id, external_id),
        CHECK ((state IN ('RESOLVED', 'VOID')) = (resolved_at IS NOT NULL)),
        CHECK ((state = 'RESOLVED') = (winning_option IS NOT NULL)),
        CHECK (settled_at IS NULL OR resolved_at IS NOT NULL)
      );
      CREATE INDEX magnets_brand ON magnets (brand_id, id DESC);
      CREATE INDEX magnets_message ON magnets (message_id) WHERE message_id IS NOT NULL;
      CREATE INDEX magnets_unsettled ON magnets (resolved_at)
        WHERE resolved_at IS NOT NULL AND settled_at IS NULL;

      CREATE TABLE magnet_responses (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        magnet_id uuid NOT NULL REFERENCES magnets,
        customer_id uuid NOT NULL REFERENCES customers,
        -- 1 but for preferences, which may be asked again.
        round integer NOT NULL CHECK (round > 0),
        -- Null once the customer has withdrawn it.
        answers jsonb,
        choice smallint,
        right_answers integer CHECK (right_answers >= 0),
        questions integer CHECK (questions > 0),
        mu bigint NOT NULL CHECK (mu >= 0),
        stake bigint NOT NULL CHECK (stake >= 0),
        -- Set aside when it was answered, for the case that it comes true.
        promised bigint NOT NULL CHECK (promised >= 0),
        outcome text CHECK (outcome IN ('PENDING', 'RIGHT', 'WRONG', 'VOID')),
        payout bigint NOT NULL CHECK (payout >= 0),
        consent_purpose text,
        consent_version text,
        event_id uuid NOT NULL REFERENCES attention_events,
        answered_at timestamptz(3) NOT NULL,
        withdrawn_at timestamptz(3),
        UNIQUE (brand_id, magnet_id, customer_id, round),
        CHECK (withdrawn_at IS NULL OR (answers IS NULL AND choice IS NULL)),
        CHECK ((consent_purpose IS NULL) = (consent_version IS NULL))
      );
      CREATE INDEX magnet_responses_magnet ON magnet_responses (magnet_id, id DESC);
      CREATE INDEX magnet_responses_customer ON magnet_responses (customer_id, id DESC);
      CREATE INDEX magnet_responses_event ON magnet_responses (event_id);
      CREATE INDEX magnet_responses_pending ON magnet_responses (magnet_id, id) WHERE outcome = 'PENDING';

      -- One row for each option of a poll or prediction, score of a feedback, result of a quiz.
      CREATE TABLE magnet_counts (
        brand_id uuid NOT NULL REFERENCES brands,
        magnet_id uuid NOT NULL REFERENCES magnets,
        choice smallint NOT NULL,
        responses bigint NOT NULL CHECK (responses > 0),
        stake bigint NOT NULL CHECK (stake >= 0),
        PRIMARY KEY (brand_id, magnet_id, choice)
      );
      CREATE INDEX magnet_counts_magnet ON magnet_counts (magnet_id);

      ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
      ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check CHECK (kind IN ('ISSUE', 'RESERVE',
        'RESERVE_RELEASE', 'GRANT', 'HOLD', 'HOLD_CAPTURE', 'HOLD_RELEASE', 'REVERSAL', 'GIFT', 'MERGE',
        'ADJUSTMENT', 'EXTINGUISH', 'DECAY', 'STAKE', 'STAKE_RETURN')) NOT VALID;
      ALTER TABLE transfers VALIDATE CONSTRAINT transfers_kind_check;
    `);
    const grants = {
      magnets: 'SELECT, INSERT, UPDATE (state, winning_option, resolved_at, settled_at, remainder)',
      magnet_responses:
        'SELECT, INSERT, UPDATE (answers, choice, outcome, payout, promised, withdrawn_at)',
      magnet_counts: 'SELECT, INSERT, UPDATE (responses, stake)',
    };
    for (const [table, grant] of Object.entries(grants)) {
      const subject =
        table === 'magnet_responses'
          ? 'customer_id = (SELECT app_subject())'
          : '(SELECT app_subject()) IS NOT NULL';
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
      ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
      ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check CHECK (kind IN ('ISSUE', 'RESERVE',
        'RESERVE_RELEASE', 'GRANT', 'HOLD', 'HOLD_CAPTURE', 'HOLD_RELEASE', 'REVERSAL', 'GIFT', 'MERGE',
        'ADJUSTMENT', 'EXTINGUISH', 'DECAY')) NOT VALID;
      DROP TABLE magnet_counts; DROP TABLE magnet_responses; DROP TABLE magnets;
    `);
  }
}
