import { idKind, type IdKind } from '../platform/ids';

/** Prefixes of the ids the graph gives rows of a table. */
const prefixes: Readonly<Record<string, string>> = {
  ...{ brands: 'brd', api_keys: 'key', custom_actions: 'act', earn_rules: 'rul' },
  ...{ webhook_endpoints: 'whe', referral_programs: 'rpg', customers: 'cus' },
  ...{ identity_confirmations: 'cnf', customer_merges: 'mrg', erasures: 'ers' },
  ...{ messages: 'msg', deliveries: 'dlv', em_series: 'ems', em_series_items: 'emi' },
  ...{ attention_events: 'att', transfers: 'trf', entries: 'ent', adjustments: 'adj' },
  ...{ redemptions: 'red', shop_items: 'itm', purchases: 'pur', purchase_refunds: 'prf' },
  ...{ segments: 'seg', experiments: 'exp', journeys: 'jny', journey_runs: 'jrn' },
  ...{ spend: 'spd', acquisitions: 'acq', budget_plans: 'bpl', budget_shifts: 'bsh' },
  ...{ referral_links: 'rln', referrals: 'ref', magnets: 'mag', magnet_responses: 'rsp' },
  ...{ qr_codes: 'qrc', claims: 'clm', surprise_pools: 'sup', surprise_draws: 'sdr' },
  ...{ event_mappings: 'emp', import_jobs: 'imp', report_schedules: 'rsc', reports: 'rpt' },
  ...{ velvet_members: 'vel', velvet_perks: 'prk', velvet_arrivals: 'arr' },
};

const columnsOf: Readonly<Record<string, readonly string[]>> = {
  brands: ['brand_id', 'undone_by'],
  customers: [
    'customer_id',
    'from_id',
    'into_id',
    'merged_into',
    'referrer_id',
    'friend_id',
    'counterparty_id',
  ],
  messages: ['message_id', 'last_message_id'],
  attention_events: ['event_id'],
  earn_rules: ['rule_id', 'earn_rule_ids'],
  transfers: ['transfer_id', 'reverses', 'funded_by'],
  redemptions: ['hold_id'],
  shop_items: ['item_id'],
  purchases: ['purchase_id', 'first_id'],
  segments: ['segment_id'],
  experiments: ['experiment_id'],
  journeys: ['journey_id'],
  journey_runs: ['run_id'],
  magnets: ['magnet_id'],
  qr_codes: ['code_id'],
  surprise_pools: ['pool_id'],
  em_series: ['series_id'],
  em_series_items: ['series_item_id'],
  referrals: ['referral_id'],
  referral_links: ['link_id'],
  referral_programs: ['program_id'],
  customer_merges: ['merge_id'],
  api_keys: ['requested_by', 'decided_by'],
  import_jobs: ['job_id'],
  report_schedules: ['schedule_id'],
};

/** Which table a column names a row of, whatever table the column is in. */
export const referredTables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(columnsOf).flatMap(([table, columns]) => columns.map((one) => [one, table])),
);

/** The kind of public id a column of a table holds; null where it holds none. */
export function idKindOf(table: string, column: string): IdKind | null {
  const prefix = prefixes[column === 'id' ? table : (referredTables[column] ?? '')];
  return prefix === undefined ? null : idKind(prefix);
}

const remembered = 10_000;

/** Writes the ids of one table's rows as the graph does. Remembers some, since the same ones come again. */
export function publicIds(table: string): (row: Record<string, unknown>) => void {
  const kinds = new Map<string, IdKind | null>();
  const known = new Map<string, string>();
  const encode = (kind: IdKind, uuid: unknown): unknown => {
    if (typeof uuid !== 'string') return uuid;
    const name = `${kind.prefix} ${uuid}`;
    const id = known.get(name) ?? kind.encode(uuid);
    if (known.size >= remembered) known.clear();
    known.set(name, id);
    return id;
  };
  return (row) => {
    for (const column of Object.keys(row)) {
      let kind = kinds.get(column);
      if (kind === undefined) kinds.set(column, (kind = idKindOf(table, column)));
      if (kind === null) continue;
      const value = row[column];
      row[column] = Array.isArray(value)
        ? value.map((one) => encode(kind, one))
        : encode(kind, value);
    }
  };
}
