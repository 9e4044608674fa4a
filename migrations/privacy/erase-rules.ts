/** What becomes of a table's rows of somebody who is erased, and of columns of rows that stay. */
interface EraseRule {
  rows: 'DELETE' | 'KEEP';
  /** Columns of rows that stay: NULL, a word, a word that is unlike any other. */
  NULL?: readonly string[];
  WORD?: readonly string[];
  UNIQUE?: readonly string[];
  /** Announcements, of which the reason becomes a word. */
  REASON?: readonly string[];
  /** Texts that say nothing of a person: codes, names the brand gave to things of its own. */
  KEEP?: readonly string[];
}

const gone = (...tables: string[]): Record<string, EraseRule> =>
  Object.fromEntries(tables.map((table) => [table, { rows: 'DELETE' }]));

/** Kept for sums under the customer's random id; KEEP names their texts. */
const kept = (table: string, ...KEEP: string[]): Record<string, EraseRule> => ({
  [table]: { rows: 'KEEP', KEEP },
});

/** For every table that names customers; the migration writes it into the comments of the tables. */
export const eraseRules: Readonly<Record<string, EraseRule>> = {
  ...gone('relationships', 'identities', 'brand_identities', 'identity_history'),
  ...gone('identity_confirmations', 'consents', 'channel_preferences', 'quiet_hours', 'bounces'),
  ...gone('hotline_checks', 'streaks', 'streak_units', 'em_series_cursors'),
  ...gone('referral_devices', 'mu_learned', 'velvet_members', 'velvet_perks', 'velvet_arrivals'),
  ...gone('attention_states', 'attention_days', 'customer_worth', 'customer_scores'),
  ...gone('purchase_rhythms', 'segment_members', 'segment_queue', 'brand_bands'),
  ...gone('journey_entries'),
  ...kept('accounts', 'kind'),
  ...kept('entries', 'account_kind'),
  ...kept('wallet_shares'),
  ...kept('deliveries', 'state'),
  ...kept('message_awards', 'action'),
  ...kept('daily_awards', 'rule_name'),
  ...kept('rule_caps', 'rule_name', 'kind', 'period'),
  ...kept('streak_awards', 'rule_name', 'strand', 'unit', 'once'),
  ...kept('referral_links', 'channel', 'code'),
  ...kept('referrals', 'state'),
  ...kept('referral_payments', 'purpose'),
  ...kept('surprise_draws'),
  ...kept('opt_outs'),
  ...kept('decay_notices'),
  ...kept('decay_steps'),
  ...kept('purchase_totals'),
  ...kept('delivery_totals', 'channel'),
  ...kept('customer_years'),
  ...kept('experiment_members', 'arm', 'dormancy'),
  ...kept('journey_runs', 'dormancy', 'state', 'ended_by'),
  ...kept('erasures', 'asked_by'),
  // What is announced holds ids, amounts and codes, and why Mu moved.
  outbox: { rows: 'KEEP', REASON: ['payload'], KEEP: ['topic'] },
  webhook_deliveries: {
    rows: 'KEEP',
    REASON: ['payload'],
    KEEP: ['topic', 'state', 'failure'],
  },
  transfers: { rows: 'KEEP', WORD: ['reason'], KEEP: ['kind'] },
  purchases: {
    rows: 'KEEP',
    UNIQUE: ['external_id'],
    KEEP: ['currency', 'surface', 'driver', 'campaign', 'bucket'],
  },
  acquisitions: {
    rows: 'KEEP',
    UNIQUE: ['external_id'],
    KEEP: ['route', 'campaign', 'currency', 'verdict', 'prior'],
  },
  attention_events: {
    rows: 'KEEP',
    NULL: ['user_agent', 'properties'],
    KEEP: ['action', 'channel', 'custom_action', 'stage'],
  },
  redemptions: { rows: 'KEEP', WORD: ['description'], KEEP: ['state'] },
  magnet_responses: {
    rows: 'KEEP',
    NULL: ['answers'],
    KEEP: ['outcome', 'consent_purpose', 'consent_version'],
  },
  claims: { rows: 'KEEP', NULL: ['device_hash', 'answer'], KEEP: ['state'] },
  adjustments: { rows: 'KEEP', WORD: ['reason'], KEEP: ['direction', 'state'] },
  customer_merges: { rows: 'KEEP', WORD: ['reason', 'undone_reason'], KEEP: ['followed'] },
  consent_receipts: { rows: 'KEEP', NULL: ['source'], KEEP: ['purpose', 'told_by'] },
};
