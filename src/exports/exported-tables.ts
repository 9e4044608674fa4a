import type { ExportPartName } from './export-part';

/** How a table is given out. */
export interface ExportedTable {
  part: ExportPartName;
  /** Columns that stay here: secrets and what proves who somebody is, and of wallets what is other brands’. */
  without: readonly string[];
  /** Which rows, where no brand_id says so; `$1` is the brand. */
  where: string;
}

const ownRows = 'x.brand_id = $1';

/** The tables of a part; those that leave columns out say which. */
function of(
  part: ExportPartName,
  tables: readonly string[],
  without: Readonly<Record<string, readonly string[]>> = {},
): Record<string, ExportedTable> {
  return Object.fromEntries(
    tables.map((table) => [table, { part, without: without[table] ?? [], where: ownRows }]),
  );
}

/** Every table a brand takes home. A table that is neither here nor in `keptBack` is a failing test. */
export const exportedTables: Readonly<Record<string, ExportedTable>> = {
  brands: { part: 'SETTINGS', without: [], where: 'x.id = $1' },
  ...of(
    'SETTINGS',
    [
      'api_keys',
      'custom_actions',
      'earn_rules',
      'frequency_policies',
      'dormancy_policies',
      'worth_settings',
      'unit_costs',
      'webhook_endpoints',
      'referral_programs',
    ],
    { api_keys: ['secret_hash'], dormancy_policies: ['judged_to'] },
  ),
  customers: {
    part: 'CUSTOMERS',
    // When somebody was first known is another brand’s affair.
    without: ['created_at'],
    where: `x.id IN (
      SELECT r.customer_id FROM relationships r WHERE r.brand_id = $1
      UNION SELECT g.id FROM relationships r JOIN customers g ON g.merged_into = r.customer_id
        WHERE r.brand_id = $1)`,
  },
  ...of(
    'CUSTOMERS',
    [
      'relationships',
      'brand_identities',
      'identity_history',
      'identity_confirmations',
      'customer_merges',
      'erasures',
    ],
    {
      identity_confirmations: ['code_hash'],
      // What a merge moved is told of all brands together.
      customer_merges: ['mu', 'followed', 'number', 'logged'],
      erasures: ['check_at'],
    },
  ),
  ...of('CONSENT', [
    'consents',
    'consent_receipts',
    'channel_preferences',
    'quiet_hours',
    'bounces',
    'mu_learned',
    'micronbox_permissions',
  ]),
  ...of('MESSAGES', [
    'messages',
    'deliveries',
    'em_series',
    'em_series_items',
    'em_series_cursors',
    'delivery_days',
    'delivery_totals',
  ]),
  ...of('ATTENTION', [
    'attention_events',
    'attention_states',
    'attention_days',
    'brand_attention_days',
    'streaks',
    'streak_units',
  ]),
  ...of(
    'LEDGER',
    [
      'accounts',
      'transfers',
      'entries',
      'wallet_shares',
      'message_awards',
      'daily_awards',
      'rule_caps',
      'streak_awards',
      'adjustments',
      'redemptions',
      'shop_items',
      'mu_days',
    ],
    {
      accounts: ['id'],
      transfers: ['debit_account', 'credit_account'],
      entries: ['account_id', 'number', 'balance_after'],
    },
  ),
  ...of('ORDERS', [
    'purchases',
    'purchase_refunds',
    'purchase_totals',
    'purchase_rhythms',
    'brand_purchase_days',
    'brand_purchase_totals',
    'customer_years',
    'brand_years',
  ]),
  ...of('WORTH', ['customer_worth', 'customer_scores', 'worth_models']),
  ...of(
    'SEGMENTS',
    [
      'segments',
      'segment_members',
      'brand_bands',
      'band_changes',
      'segmentations',
      'segmentation_cells',
      'genomes',
      'genome_features',
      'next_scores',
    ],
    { segments: ['reached'], segmentations: ['reached'], genomes: ['reached'] },
  ),
  ...of(
    'JOURNEYS',
    [
      'experiments',
      'experiment_arms',
      'experiment_members',
      'journeys',
      'journey_versions',
      'journey_runs',
      'journey_steps',
    ],
    { experiments: ['key', 'sweep_after'], journeys: ['sweep_after'] },
  ),
  ...of('MARKETING', [
    'spend',
    'acquisitions',
    'acquisition_days',
    'brand_spend_days',
    'budget_plans',
    'budget_shifts',
    'brand_budget_days',
    'campaign_totals',
    'economy_snapshots',
  ]),
  ...of('REFERRALS', ['referral_links', 'referrals', 'referral_payments', 'referral_devices'], {
    referral_devices: ['device'],
  }),
  ...of(
    'GIFTS',
    [
      'magnets',
      'magnet_responses',
      'magnet_counts',
      'qr_codes',
      'claims',
      'surprise_pools',
      'surprise_draws',
      'velvet_members',
      'velvet_perks',
      'velvet_arrivals',
    ],
    { claims: ['device_hash'], surprise_pools: ['seed'] },
  ),
  ...of('IMPORTS', ['event_mappings', 'import_jobs', 'import_refusals']),
  ...of('FIGURES', [
    'brand_standings',
    'brand_snapshots',
    'brand_at_risk',
    'segment_revenues',
    'report_schedules',
    'reports',
  ]),
};

/** Tables that stay here, and why. */
export const keptBack: Readonly<Record<string, string>> = {
  identities: 'Of the person with all brands; what they are with this one is in brand_identities.',
  micronbox_marks: 'What a person has read and saved in a box that is theirs.',
  opt_outs: 'The person’s word to all brands.',
  decay_notices: 'Of the whole wallet, which many brands have a part in.',
  decay_steps: 'Of the whole wallet, which many brands have a part in.',
  decay_sweep: 'How far a job has come.',
  hotline_checks: 'A queue of a job.',
  hotline_rounds: 'How far a job has come.',
  segment_queue: 'A queue of a job.',
  import_rows: 'A queue of a job.',
  import_messages: 'Digests, so that an event counts once.',
  journey_entries: 'A queue of a job.',
  purchase_proofs: 'How far a job has come.',
  worth_turns: 'How far a job has come.',
  economy_proofs: 'How far a job has come.',
  job_setbacks: 'How far a job has come.',
  segment_revenue_turns: 'How far a job has come.',
  ledger_proofs: 'Of all brands’ accounts together.',
  merge_log: 'What it takes to undo a merge, of all brands at once.',
  merge_transfers: 'What it takes to undo a merge, of all brands at once.',
  idempotency_keys: 'Answers of calls, as ids of what is exported.',
  outbox: 'A queue: what it tells of is exported.',
  webhook_deliveries: 'A queue: what it tells of is exported.',
  exports: 'Copies are not copied.',
  export_files: 'Copies are not copied.',
  export_chunks: 'Copies are not copied.',
  schema_migrations: 'How far the tables have come.',
};
