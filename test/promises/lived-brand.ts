import { analyticsFeature } from '../../src/analytics';
import { economicsFeature } from '../../src/economics';
import { exportsFeature } from '../../src/exports';
import { nextFeature } from '../../src/next';
import { idKind } from '../../src/platform/ids';
import { reportsFeature } from '../../src/reports';
import { runJobs } from '../experiments/lab';
import { newKey, type TestService } from '../support/test-service';
import { Scene } from './scene';
import { tryOut } from './trials';

/** A brand that has done all there is to do, and the person it shares with whoever did the same. */
export async function liveThrough(
  t: TestService,
  slug: string,
): Promise<{ brandId: string; person: string }> {
  const scene = await Scene.create(t, slug);
  const { id } = await scene.link('common', 'common@example.in');
  const messageId = await scene.message();
  const customer = { id };
  const poll = { question: 'Tea or coffee?', options: ['tea', 'coffee'], mu: 1 };
  const magnetId = await scene.magnet({ poll });
  await scene.do('submitMagnetResponse', { magnetId, customer, answer: { poll: 0 } });
  const streak = {
    name: 'visits',
    action: 'VISIT',
    amount: 1,
    streak: {},
    maxMuPerCustomer: 9,
  };
  await scene.do('upsertEarnRule', streak);
  await scene.do('recordAttention', { customer, messageId, action: 'OPEN' });
  await scene.do('recordAttention', { customer, action: 'VISIT' });
  await scene.do('redeem', { customer, amount: 1, description: 'a cup of tea' });
  await scene.perk();
  await scene.do('triggerSurprise', { poolId: await scene.surprisePool(), customer });
  const friend = { id: (await scene.customer()).id };
  const series = { externalId: 's', name: 'A word a day', dailySlot: '07:00' };
  const { emSeries } = await scene.do('createEmSeries', series);
  await scene.do('scheduleEm', { seriesId: emSeries.id, subject: 'A word' });
  await scene.do('upsertReferralProgram', { reserve: 10, referrerMu: 0, friendMu: 1 });
  const made = await scene.do('createReferralLink', { customer, channel: 'SMS' });
  const { code } = made['referralLink'];
  const claimed = await scene.do('claimReferral', { code, friend, deviceHash: 'd' });
  await tryOut(scene, customer);
  await scene.webhookDelivery();
  await scene.answeredClaim();
  await scene.confirmation();
  await scene.micron(true);
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
    ['recordDeliveries', { messageId: await scene.message(), customers: [customer] }],
    ['setDormancyPolicy', { minMessages: 1 }],
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
  const takenHome: typeof money = [['exportBrandData', { parts: ['SETTINGS'] }]];
  for (const [mutation, input] of [...others, ...money, ...takenHome])
    await happened(scene, mutation, input);
  return {
    brandId: idKind('brd').decode(scene.brand.id) as string,
    person: idKind('cus').decode(id) as string,
  };
}

/** Sends a mutation that is to succeed, and asks for nothing else. */
async function happened({ t, brand }: Scene, mutation: string, input: object): Promise<void> {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${name}!) { ${mutation}(input: $input) { userErrors { code } } }`;
  const { data } = await t.run(
    document,
    { input: { ...input, idempotencyKey: newKey() } },
    brand.apiKey,
  );
  expect({ mutation, ...data[mutation] }).toEqual({ mutation, userErrors: [] });
}

const aMonthAgo = new Date(Date.now() - 32 * 86_400_000).toISOString().slice(0, 10);

/** What the brand spends, whom it wins with it, what it plans, and what it wants told. */
const money: [string, Record<string, unknown>][] = [
  [
    'recordSpend',
    {
      purpose: 'ACQUISITION',
      route: 'ADTECH',
      firstDay: '2026-03-01',
      amount: '63',
      campaign: 'c',
    },
  ],
  [
    'recordAcquisition',
    { identities: [{ externalId: 'common' }], route: 'ADTECH', cost: '100', campaign: 'c' },
  ],
  [
    'setBudgetPlan',
    {
      firstDay: '2026-03-01',
      lastDay: '2026-03-07',
      lines: [{ purpose: 'RETENTION', amount: '25' }],
    },
  ],
  ['reallocateToMu', { from: 'REACQUISITION', amount: '56.70', reason: 'They answer to mails' }],
  ['setUnitCosts', { muPrice: '0.10' }],
  ['scheduleReport', { kind: 'EXECUTIVE_SUMMARY', every: 'MONTH', firstDay: aMonthAgo }],
];

/** Decay of the person both brands know, as the job stores it after half a year of silence. */
async function decay(t: TestService, person: string): Promise<void> {
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
async function segmented(t: TestService, brandId: string, person: string): Promise<void> {
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
    `band_changes SELECT $1::uuid, 'TAT_2026', '${person}', 'TEST', now() - interval '1 day', now()`,
  ];
  for (const row of rows) await t.database.query(`INSERT INTO ${row}`, [brandId]);
}

/** How a brand's orders are proven and who will buy what, as jobs store it. */
async function worth(t: TestService, brandId: string): Promise<void> {
  const rows = [
    `purchase_proofs SELECT $1::uuid, $1::uuid, now(), NULL`,
    `worth_models SELECT $1::uuid, 1, now(), 1, 1, '{}', '{}'`,
  ];
  for (const row of rows) await t.database.query(`INSERT INTO ${row}`, [brandId]);
}

/** What jobs write: by running them where a run is short, else a row as they store it. */
export async function keepAsJobsDo(
  t: TestService,
  brandIds: string[],
  person: string,
): Promise<void> {
  await decay(t, person);
  for (const brandId of brandIds) {
    await worth(t, brandId);
    await segmented(t, brandId, person);
  }
  const features = [
    economicsFeature,
    analyticsFeature,
    exportsFeature,
    nextFeature,
    reportsFeature,
  ];
  await runJobs(
    t,
    features.flatMap(({ jobs }) => jobs),
  );
  await t.database.query(`
    INSERT INTO job_setbacks (brand_id, job, failures, failed_at, retry_at)
    SELECT b.id, 'make-reports', 1, now(), now() FROM brands b`);
  // Too few have ordered for a genome to tell anything.
  await t.database.query(`
    INSERT INTO genome_features SELECT g.id, g.brand_id, 'TAT_2026', 1, 'TRAIT', 'drinks', 'tea', 1, 1, 0
    FROM genomes g`);
}
