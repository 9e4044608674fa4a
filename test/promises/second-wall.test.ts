import { Client } from 'pg';
import { appRole } from '../../src/platform/database/connection';
import { idKind } from '../../src/platform/ids';
import { setRowScope, type RowScope } from '../../src/platform/database/row-scope';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { must } from './operations';
import { Scene } from './scene';
import { tryOut } from './trials';

/*
 * The first wall is the tenant condition in every statement; other tests look at that one. Here the
 * statements have none, and only row-level security stands between a brand and all there is.
 */

let t: TestService;
let session: Client;
let brandA: string;
let brandB: string;
let person: string;

const nothing: RowScope = { tenants: [], subject: null, everything: false, directory: false };

beforeAll(async () => {
  t = await startTestService();
  const a = await live('wall-a');
  const b = await live('wall-b');
  [brandA, brandB] = [a, b].map(({ brand }) => idKind('brd').decode(brand.id) as string) as [
    string,
    string,
  ];
  await decay();
  for (const brandId of [brandA, brandB]) await worth(brandId);
  for (const brandId of [brandA, brandB]) await segmented(brandId);
  session = new Client({ connectionString: t.database.url });
  await session.connect();
});

afterAll(async () => {
  await session.end();
  await t.close();
});

/** A brand with rows in every table, some of them about a person it shares with the other. */
async function live(slug: string): Promise<Scene> {
  const scene = await Scene.create(t, slug);
  const { id } = await scene.link('common', 'common@example.in');
  person = idKind('cus').decode(id) as string;
  const messageId = await scene.message();
  const customer = { id };
  const send = (write: Parameters<typeof must>[2], input: Record<string, unknown>) =>
    must(t, scene.brand.apiKey, write, { ...input, idempotencyKey: newKey() });
  const poll = { question: 'Tea or coffee?', options: ['tea', 'coffee'], mu: 1 };
  const magnetId = await scene.magnet({ poll });
  await send('submitMagnetResponse', { magnetId, customer, answer: { poll: 0 } });
  const streak = {
    name: 'visits',
    action: 'VISIT',
    amount: 1,
    streak: {},
    maxMuPerCustomer: 9,
  };
  await send('upsertEarnRule', streak);
  await send('recordAttention', { customer, messageId, action: 'OPEN' });
  await send('recordAttention', { customer, action: 'VISIT' });
  await send('redeem', { customer, amount: 1, description: 'a cup of tea' });
  await scene.perk();
  await send('triggerSurprise', { poolId: await scene.surprisePool(), customer });
  const friend = { id: (await scene.customer()).id };
  const series = { externalId: 's', name: 'A word a day', dailySlot: '07:00' };
  const { emSeries } = await send('createEmSeries', series);
  await send('scheduleEm', { seriesId: emSeries.id, subject: 'A word' });
  await send('upsertReferralProgram', { reserve: 10, referrerMu: 0, friendMu: 1 });
  const made = await send('createReferralLink', { customer, channel: 'SMS' });
  const { code } = made['referralLink'];
  const claimed = await send('claimReferral', { code, friend, deviceHash: 'd' });
  await tryOut(scene, customer);
  await scene.webhookDelivery();
  await scene.answeredClaim();
  await scene.confirmation();
  const [from, into] = [await scene.customer(10), await scene.customer()];
  const others: [string, Record<string, unknown>][] = [
    ['mergeCustomers', { from: { id: from.id }, into: { id: into.id }, reason: 'one card' }],
    ['eraseCustomer', { customer: { id: (await scene.customer()).id } }],
    ['recordVelvetArrival', { credential: await scene.credential(), storeId: 's' }],
    ['advanceEmSeries', { seriesId: emSeries.id, customer, position: 1 }],
    ['activateReferral', { id: claimed['referral'].id }],
    [
      'identifyCustomer',
      { externalId: 'common', consents: [{ purpose: 'MESSAGES', granted: true }] },
    ],
    ['recordDeliveries', { messageId, customers: [customer] }],
    ['setDormancyPolicy', { minMessages: 5 }],
    ['recordDeliveries', { messageId, customers: [customer], state: 'BOUNCED' }],
    ['setChannelPreference', { customer, channel: 'SMS', preference: 'DENIED' }],
    ['setQuietHours', { customer, from: '22:00', until: '08:00' }],
    ['setFrequencyPolicy', { caps: [{ perDay: 3 }] }],
    [
      'recordPurchase',
      {
        customer,
        externalId: 'p',
        purchasedAt: '2026-01-01T00:00:00Z',
        items: 1,
        amount: '1',
        currency: 'INR',
      },
    ],
    ['refundOrder', { externalId: 'p', amount: '0.50' }],
    ['updateWorthSettings', { margin: 0.5 }],
    [
      'ingestScores',
      { scorer: 's', version: 'v', scores: [{ customer, kind: 'ORDER_CHANCE', value: 1 }] },
    ],
    ['registerCustomAction', { name: 'sampled', description: 'Sampled a book.' }],
    ['upsertShopItem', { externalId: 'i', name: 'A cup', price: 9 }],
    ['learnAboutMu', { customer }],
    ['requestAdjustment', { customer, direction: 'CREDIT', amount: 1, reason: 'lost' }],
    ['optOutOfMu', { customer }],
    ['optInToMu', { customer }],
  ];
  for (const [mutation, input] of others) {
    const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${name}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const variables = { input: { ...input, idempotencyKey: newKey() } };
    const { data } = await t.run(document, variables, scene.brand.apiKey);
    expect(data[mutation]).toEqual({ userErrors: [] });
  }
  return scene;
}

/** Decay of the person both brands know, as the job stores it after half a year of silence. */
async function decay(): Promise<void> {
  await t.database.query(
    `INSERT INTO decay_notices (customer_id, silent_since, noticed_at, decays_at, percent, next_at)
     VALUES ($1, '2026-01-01', '2026-06-30', '2026-07-30', 5, '2026-08-30')`,
    [person],
  );
  await t.database.query(
    `INSERT INTO decay_steps (customer_id, silent_since, step, amount, decayed_at)
     VALUES ($1, '2026-01-01', 1, 1, '2026-07-30')`,
    [person],
  );
  await t.database.query(`INSERT INTO decay_sweep VALUES (true, '2026-06-30', 1, true)`);
}

/** A segment with the person in it, and the band a model has put them into. */
async function segmented(brandId: string): Promise<void> {
  const one = `(SELECT s.id FROM segments s WHERE s.brand_id = $1)`;
  const run = `(SELECT s.id FROM segmentations s WHERE s.brand_id = $1)`;
  const rows = [
    `segments (id, brand_id, name, condition, facets, moves, version, created_at, updated_at)
      SELECT gen_random_uuid(), $1::uuid, 's', '{}', '{}', false, 1, now(), now()`,
    `segment_members SELECT ${one}, $1::uuid, '${person}', now()`,
    `segment_queue (brand_id, customer_id) SELECT $1::uuid, '${person}'`,
    `segmentations (id, brand_id, as_of, trailing_days, done_at)
      SELECT gen_random_uuid(), $1::uuid, now(), 365, now()`,
    `segmentation_cells SELECT ${run}, $1::uuid, 'TAT_2026', 'NEXT', 'NO_ORDER', 'GONE', 1, 0, 0`,
    `brand_bands SELECT $1::uuid, 'TAT_2026', '${person}', 'NEXT', 'NO_ORDER', 'GONE', now(), now()`,
  ];
  for (const row of rows) await t.database.query(`INSERT INTO ${row}`, [brandId]);
}

/** How a brand's orders are proven and who will buy what, as jobs store it. */
async function worth(brandId: string): Promise<void> {
  const rows = [
    `purchase_proofs SELECT $1::uuid, $1::uuid, now(), NULL`,
    `worth_models SELECT $1::uuid, 1, now(), 1, 1, '{}', '{}'`,
  ];
  for (const row of rows) await t.database.query(`INSERT INTO ${row}`, [brandId]);
}

const tables = `SELECT c.relname AS name,
    array_agg(a.attname::text) FILTER (WHERE a.attname IN ('brand_id', 'customer_id')) AS owners
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
  GROUP BY c.relname ORDER BY c.relname`;

/** The owners of the rows a session of the service sees, by table. */
async function seen(scope: RowScope | null): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const all = await t.database.query<{ name: string; owners: string[] | null }>(tables);
  await session.query(`BEGIN; SET LOCAL ROLE ${appRole}`);
  try {
    if (scope !== null) await session.query(setRowScope(scope));
    for (const { name, owners } of all) {
      const owner = owners === null ? `'somebody'` : `coalesce(${owners.sort().join(', ')})`;
      const { rows } = await session.query<{ owner: string | null }>(
        `SELECT DISTINCT ${owner}::text AS owner FROM ${name} ORDER BY 1`,
      );
      found[name] = rows.map((row) => row.owner ?? 'nobody');
    }
    return found;
  } finally {
    await session.query('ROLLBACK');
  }
}

function tablesOf(found: Record<string, string[]>): string[] {
  return Object.keys(found).filter((name) => found[name]!.length > 0);
}

it('has rows of both brands to look at, in every table', async () => {
  const found = await seen({ ...nothing, everything: true, directory: true });
  expect(tablesOf(found)).toEqual(Object.keys(found));
  for (const name of ['transfers', 'entries', 'wallet_shares', 'redemptions', 'attention_events']) {
    expect(found[name]).toEqual([brandA, brandB].sort());
  }
});

it('T11: shows nothing at all to a session that has not said for whom it reads', async () => {
  expect(tablesOf(await seen(null))).toEqual([]);
  expect(tablesOf(await seen(nothing))).toEqual([]);
});

it('P16: shows a brand no row of another', async () => {
  const found = await seen({ ...nothing, tenants: [brandA] });
  const foreign = Object.entries(found).flatMap(([name, owners]) =>
    owners.filter((owner) => owner !== brandA).map((owner) => `${name} of ${owner}`),
  );
  // Of people it knows that they exist, of brands its own row, of keys those in its own scope.
  expect(foreign).toEqual([
    'brands of somebody',
    'customers of somebody',
    'idempotency_keys of somebody',
    // Whoever wants no Mu wants none of any brand.
    `opt_outs of ${person}`,
  ]);
  expect(tablesOf(found).length).toBeGreaterThan(15);
});

it('P16: shows a brand its own row among brands, and only people it has met', async () => {
  await session.query(
    `BEGIN; SET LOCAL ROLE ${appRole}; ${setRowScope({ ...nothing, tenants: [brandA] })}`,
  );
  try {
    const brands = await session.query('SELECT id FROM brands');
    expect(brands.rows).toEqual([{ id: brandA }]);
    const strangers = await session.query(`SELECT id FROM customers
      WHERE id NOT IN (SELECT customer_id FROM relationships WHERE brand_id = '${brandA}')`);
    expect(strangers.rows).toEqual([]);
    const keys = await session.query(`SELECT DISTINCT scope FROM idempotency_keys`);
    expect(keys.rows).toEqual([{ scope: brandA }]);
  } finally {
    await session.query('ROLLBACK');
  }
});

it('P16: shows a person nothing about another', async () => {
  const everything = await seen({ ...nothing, subject: person });
  await session.query(
    `BEGIN; SET LOCAL ROLE ${appRole}; ${setRowScope({ ...nothing, subject: person })}`,
  );
  try {
    for (const { name, owners } of await t.database.query<{
      name: string;
      owners: string[] | null;
    }>(tables)) {
      if (owners?.includes('customer_id') !== true) continue;
      const { rows } = await session.query(
        `SELECT DISTINCT customer_id FROM ${name} WHERE customer_id IS DISTINCT FROM '${person}'`,
      );
      expect({ name, rows }).toEqual({ name, rows: [] });
    }
  } finally {
    await session.query('ROLLBACK');
  }
  expect(everything['entries']).not.toEqual([]);
  expect(everything['api_keys']).toEqual([]);
  expect(everything['idempotency_keys']).toEqual([]);
});

it.each([
  'relationships',
  'messages',
  'attention_events',
  'wallet_shares',
  'redemptions',
  'api_keys',
])('P16: lets a brand write no row of another into %s', async (table) => {
  const row = `SELECT * FROM ${table} WHERE brand_id = '${brandB}' LIMIT 1`;
  await session.query('BEGIN');
  try {
    await session.query(`CREATE TEMP TABLE foreign_row ON COMMIT DROP AS ${row}`);
    await session.query(`GRANT SELECT ON foreign_row TO ${appRole}`);
    await session.query(
      `SET LOCAL ROLE ${appRole}; ${setRowScope({ ...nothing, tenants: [brandA] })}`,
    );
    await expect(
      session.query(`INSERT INTO ${table} SELECT * FROM foreign_row`),
    ).rejects.toMatchObject({ code: '42501' });
  } finally {
    await session.query('ROLLBACK');
  }
});

it('T10: leaves nothing of a caller to the next transaction on its connection', async () => {
  for (const end of ['COMMIT', 'ROLLBACK']) {
    await session.query(
      `BEGIN; SET LOCAL ROLE ${appRole}; ${setRowScope({ ...nothing, tenants: [brandA] })}`,
    );
    await session.query(end);
    expect(tablesOf(await seen(null))).toEqual([]);
  }
});
