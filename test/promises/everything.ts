import { reportsFeature } from '../../src/reports';
import { runJobs } from '../experiments/lab';
import { idKind } from '../../src/platform/ids';
import { newKey } from '../support/test-service';
import { mutationCases } from './mutations';
import type { Scene } from './scene';

/** What each id of a thing a brand can own starts with, and the table the thing is in. */
const tables: Record<string, string> = {
  acq: 'acquisitions',
  act: 'custom_actions',
  adj: 'adjustments',
  arr: 'velvet_arrivals',
  att: 'attention_events',
  clm: 'claims',
  cnf: 'identity_confirmations',
  emi: 'em_series_items',
  emp: 'event_mappings',
  exp: 'experiments',
  jny: 'journeys',
  jrn: 'journey_runs',
  ems: 'em_series',
  imp: 'import_jobs',
  ent: 'entries',
  itm: 'shop_items',
  key: 'api_keys',
  mag: 'magnets',
  mrg: 'customer_merges',
  msg: 'messages',
  prk: 'velvet_perks',
  pur: 'purchases',
  qrc: 'qr_codes',
  red: 'redemptions',
  ref: 'referrals',
  rln: 'referral_links',
  rpg: 'referral_programs',
  rsp: 'magnet_responses',
  rul: 'earn_rules',
  sdr: 'surprise_draws',
  spd: 'spend',
  seg: 'segments',
  sup: 'surprise_pools',
  trf: 'transfers',
  vel: 'velvet_members',
  whd: 'webhook_deliveries',
  whe: 'webhook_endpoints',
  rpt: 'reports',
  rsc: '(SELECT * FROM report_schedules WHERE deleted_at IS NULL)',
  xpt: 'exports',
};

/** Has the brand of a scene do every mutation once; answers the UUIDs of what is there then, by prefix. */
export async function doEverything(scene: Scene): Promise<Record<string, string[]>> {
  const { t } = scene;
  for (const { mutation, by, done } of mutationCases) {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const input = { ...(await done(scene)), idempotencyKey: newKey() };
    const { data, errors } = await t.run(document, { input }, await scene.bearer(by));
    expect({ mutation, errors, codes: data[mutation]?.userErrors as unknown }).toEqual({
      mutation,
      errors: undefined,
      codes: [],
    });
  }
  await reportLastMonth(scene);
  return ownedBy(scene);
}

/** Reports are made by a job, of months that are over. */
async function reportLastMonth(scene: Scene): Promise<void> {
  const firstDay = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
  await scene.t.run(
    `mutation ($input: ScheduleReportInput!) { scheduleReport(input: $input) { replayed } }`,
    { input: { kind: 'EXECUTIVE_SUMMARY', every: 'WEEK', firstDay, idempotencyKey: newKey() } },
    scene.brand.apiKey,
  );
  await runJobs(scene.t, reportsFeature.jobs);
}

/** The UUIDs of what a scene's brand has, by the prefix of their ids. */
async function ownedBy({ t, brand }: Scene): Promise<Record<string, string[]>> {
  const owned: Record<string, string[]> = {};
  for (const [prefix, table] of Object.entries(tables)) {
    const rows = await t.database.query<{ id: string }>(
      `SELECT r.id FROM ${table} r JOIN brands b ON b.id = r.brand_id WHERE b.slug = $1 ORDER BY r.id`,
      [brand.slug],
    );
    owned[prefix] = rows.map(({ id }) => id);
  }
  return owned;
}

/** The ids of what a scene's brand has, at most three of a kind. */
export async function idsOf(scene: Scene): Promise<string[]> {
  const owned = Object.entries(await ownedBy(scene));
  return owned.flatMap(([prefix, uuids]) =>
    uuids.slice(0, 3).map((one) => idKind(prefix).encode(one)),
  );
}
