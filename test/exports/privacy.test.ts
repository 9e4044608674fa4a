import { mergeAs } from '../merging/merges';
import { Scene } from '../promises/scene';
import { eraseAs, followUp } from '../privacy/people';
import { startTestService, type TestService } from '../support/test-service';
import { askExport, exported, jobOf, keptBytes, keptLines, linesOf, lookAt, runOut } from './desk';

const canary = 'canary-7d20';

let t: TestService;
let first: Scene;
let second: Scene;
let person: string;

/** Every word that can be read in what is kept. */
async function wordsKept(): Promise<string> {
  const files = await keptBytes(t);
  return [...files.values()].map((bytes) => JSON.stringify(linesOf(bytes))).join('\n');
}

beforeEach(async () => {
  t = await startTestService({ limits: { exportRows: 2 } });
  first = await Scene.create(t, 'first-brand');
  second = await Scene.create(t, 'second-brand');
  person = (await first.link(canary, `${canary}@example.in`)).id;
  await second.link(`${canary}-2`, `${canary}@example.in`);
  for (const scene of [first, second]) {
    const properties = { seen: scene.brand.slug };
    await scene.do('recordAttention', { customer: { id: person }, action: 'SCAN', properties });
  }
});

afterEach(() => t.close());

it('holds nothing of another brand, also of a person both know', async () => {
  await exported(t, first.brand.apiKey);
  const words = await wordsKept();
  expect(words).toContain(canary);
  expect(words).toContain('first-brand');
  for (const foreign of ['second-brand', second.brand.id, `${canary}-2`]) {
    expect(words).not.toContain(foreign);
  }
  const files = await keptLines(t);
  const [share] = files['wallet_shares'] as [Record<string, unknown>];
  expect(share['balance']).toBe(10);
  for (const entry of files['entries']!) expect(entry['brand_id']).toBe(first.brand.id);
  expect(files['accounts']!.map(({ kind }) => kind)).not.toContain('WALLET');
});

it('tells of a merge that it was, and nothing of what it moved for other brands', async () => {
  const [from, into] = [await first.customer(5), await first.customer()];
  await mergeAs(t, first.brand.apiKey, { id: from.id }, { id: into.id });
  await exported(t, first.brand.apiKey);
  const [merge] = (await keptLines(t))['customer_merges'] as [Record<string, unknown>];
  expect(merge).toMatchObject({ reason: 'the same card' });
  for (const told of ['mu', 'followed', 'number', 'logged']) expect(merge).not.toHaveProperty(told);
});

it('holds no word of who was erased, from the moment of the erasure on (P17)', async () => {
  const { id } = await exported(t, first.brand.apiKey);
  const other = await exported(t, second.brand.apiKey);
  expect(await wordsKept()).toContain(canary);
  await eraseAs(t, first.brand.apiKey, { id: person });
  expect(await lookAt(t, first.brand.apiKey, id)).toMatchObject({ status: 'EXPIRED' });
  expect(await lookAt(t, second.brand.apiKey, other['id'])).toMatchObject({ status: 'DONE' });
  const left = await t.database.query('SELECT DISTINCT export_id FROM export_chunks');
  expect(left).toHaveLength(1);
  await eraseAs(t, t.platformKey, { id: person });
  expect(await lookAt(t, second.brand.apiKey, other['id'])).toMatchObject({ status: 'EXPIRED' });
  expect(await keptBytes(t)).toEqual(new Map());
  await exported(t, first.brand.apiKey);
  expect(await wordsKept()).not.toContain(canary);
});

it('begins anew when somebody is erased while it is written', async () => {
  const { exportJob } = await askExport(t, first.brand.apiKey);
  const { job, context } = jobOf(t, 'write-exports');
  for (let turn = 0; turn < 20; turn += 1) await job.run(context);
  await eraseAs(t, first.brand.apiKey, { id: person });
  expect(await keptBytes(t)).toEqual(new Map());
  expect(await lookAt(t, first.brand.apiKey, exportJob.id)).toMatchObject({ status: 'QUEUED' });
  await runOut(t, 'write-exports');
  expect(await lookAt(t, first.brand.apiKey, exportJob.id)).toMatchObject({ status: 'DONE' });
  expect(await wordsKept()).not.toContain(canary);
  expect(await wordsKept()).toContain('first-brand');
});

it('waits with its snapshot for an erasure that is not committed yet', async () => {
  const { exportJob } = await askExport(t, first.brand.apiKey);
  await t.database.query('BEGIN');
  await t.database.query(`SELECT pg_advisory_xact_lock_shared(export_lock(brand_id)) FROM exports`);
  expect(await runOut(t, 'write-exports')).toBe(0);
  await t.database.query('COMMIT');
  await runOut(t, 'write-exports');
  expect(await lookAt(t, first.brand.apiKey, exportJob.id)).toMatchObject({ status: 'DONE' });
});

it('is gone too when something of the erased had still been on its way', async () => {
  await eraseAs(t, first.brand.apiKey, { id: person });
  await t.database.query(
    `UPDATE attention_events SET properties = '{"late": "${canary}"}'
     WHERE brand_id = (SELECT id FROM brands WHERE slug = 'first-brand')`,
  );
  const { id } = await exported(t, first.brand.apiKey);
  expect(await wordsKept()).toContain(canary);
  t.clock.offsetMs = 61_000;
  await followUp(t);
  expect(await lookAt(t, first.brand.apiKey, id)).toMatchObject({ status: 'EXPIRED' });
  expect(await keptBytes(t)).toEqual(new Map());
});
