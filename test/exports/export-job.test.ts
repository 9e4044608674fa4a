import { Scene } from '../promises/scene';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { askExport, exported, jobOf, keptLines, lookAt, runOut } from './desk';

let t: TestService;
let scene: Scene;
let apiKey: string;

const day = 86_400_000;

const announced = () =>
  t.database.query<{ payload: Record<string, unknown> }>(
    `SELECT payload FROM outbox WHERE topic = 'export.finished' ORDER BY id`,
  );

beforeEach(async () => {
  t = await startTestService({ limits: { exportRows: 2, exportsKept: 2 } });
  scene = await Scene.create(t, 'takes-home');
  apiKey = scene.brand.apiKey;
});

afterEach(() => t.close());

it('writes an export after it was asked for, and tells when it is done', async () => {
  const { exportJob, userErrors } = await askExport(t, apiKey);
  expect(userErrors).toEqual([]);
  expect(exportJob.status).toBe('QUEUED');
  expect(await lookAt(t, apiKey, exportJob.id)).toMatchObject({ asOf: null, files: [], rows: 0 });
  await runOut(t, 'write-exports');
  const job = await lookAt(t, apiKey, exportJob.id);
  expect(job).toMatchObject({ status: 'DONE' });
  const { finishedAt, expiresAt, rows, bytes } = job!;
  expect(Date.parse(expiresAt) - Date.parse(finishedAt)).toBe(7 * day);
  expect((await announced()).map(({ payload }) => payload)).toEqual([
    { exportId: exportJob.id, status: 'DONE', rows, bytes },
  ]);
});

it('writes the parts that were asked for, and refuses none at all', async () => {
  const job = await exported(t, apiKey, { parts: ['ORDERS', 'CONSENT', 'ORDERS'] });
  expect(job['files'].map(({ part }: { part: string }) => part)).toEqual(
    expect.arrayContaining(['CONSENT', 'ORDERS']),
  );
  expect(Object.keys(await keptLines(t))).not.toContain('brands');
  const { exportJob, userErrors } = await askExport(t, apiKey, { parts: [] });
  expect(exportJob).toBeNull();
  expect(userErrors).toMatchObject([{ code: 'INVALID_VALUE', field: ['parts'] }]);
});

it('writes one at a time for a brand, whoever asks at once', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => askExport(t, apiKey)));
  const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: never) => code));
  expect(codes).toEqual(['EXPORT_UNDER_WAY', 'EXPORT_UNDER_WAY']);
  const other = await t.createBrand('another');
  expect((await askExport(t, other.apiKey)).userErrors).toEqual([]);
});

it('keeps as many as the limit says and no more, until one has expired', async () => {
  const first = await exported(t, apiKey, { parts: ['SETTINGS'] });
  await exported(t, apiKey, { parts: ['SETTINGS'] });
  const refused = await askExport(t, apiKey);
  expect(refused.userErrors).toMatchObject([{ code: 'LIMIT_EXCEEDED' }]);
  t.clock.offsetMs = 7 * day - 60_000;
  expect(await runOut(t, 'expire-exports')).toBe(0);
  expect(await lookAt(t, apiKey, first['id'])).toMatchObject({ status: 'DONE' });
  t.clock.offsetMs = 7 * day + 60_000;
  expect(await runOut(t, 'expire-exports')).toBe(1);
  const gone = await lookAt(t, apiKey, first['id']);
  expect(gone).toMatchObject({ status: 'EXPIRED', rows: first['rows'] });
  expect(gone!['files'].map(({ url }: { url: unknown }) => url)).not.toContain(expect.anything());
  expect(await keptLines(t)).toEqual({});
  expect((await askExport(t, apiKey)).userErrors).toEqual([]);
});

it('holds the rows of one moment, also when the brand goes on', async () => {
  await scene.customer(10);
  const { exportJob } = await askExport(t, apiKey, { parts: ['CUSTOMERS', 'ATTENTION'] });
  const { job, context } = jobOf(t, 'write-exports');
  await job.run(context);
  await scene.customer(10);
  await runOut(t, 'write-exports');
  const files = await keptLines(t);
  expect(files['relationships']).toHaveLength(1);
  expect(files['attention_events']).toHaveLength(1);
  const seen = await lookAt(t, apiKey, exportJob.id);
  expect(Date.parse(seen!['asOf'])).toBeLessThanOrEqual(Date.parse(seen!['finishedAt']));
});

it('is written anew by another process a minute after its writer died', async () => {
  await scene.customer(30);
  const { exportJob } = await askExport(t, apiKey);
  const dying = jobOf(t, 'write-exports');
  for (let turn = 0; turn < 12; turn += 1) await dying.job.run(dying.context);
  const second = await startTestService({ database: t.database });
  second.clock.offsetMs = 59_000;
  expect(await runOut(second, 'write-exports')).toBe(0);
  second.clock.offsetMs = 61_000;
  await runOut(second, 'write-exports');
  const done = await lookAt(t, apiKey, exportJob.id);
  expect(done).toMatchObject({ status: 'DONE' });
  // Whoever was thought dead finds the export taken, and leaves what is written.
  await runOut(t, 'write-exports');
  expect(await lookAt(t, apiKey, exportJob.id)).toMatchObject({
    status: 'DONE',
    bytes: done!['bytes'],
  });
  await second.close();
});

it('is left to another process at once by one that stops', async () => {
  const { exportJob } = await askExport(t, apiKey);
  const { job, context } = jobOf(t, 'write-exports');
  await job.run(context);
  await job.stop!(context);
  const second = await startTestService({ database: t.database });
  await runOut(second, 'write-exports');
  expect(await lookAt(t, apiKey, exportJob.id)).toMatchObject({ status: 'DONE' });
  await second.close();
});

it('fails after as many attempts as the limit says, and not before', async () => {
  const { exportJob } = await askExport(t, apiKey);
  const limits = { exportAttempts: 2 };
  const crash = async (minutes: number): Promise<void> => {
    const dying = await startTestService({ database: t.database, limits });
    dying.clock.offsetMs = minutes * 61_000;
    const { job, context } = jobOf(dying, 'write-exports');
    expect(await job.run(context)).toBe(1);
    expect(await lookAt(t, apiKey, exportJob.id)).toMatchObject({ status: 'RUNNING' });
    await dying.service.close();
  };
  await crash(0);
  await crash(1);
  const last = await startTestService({ database: t.database, limits });
  last.clock.offsetMs = 2 * 61_000;
  expect(await runOut(last, 'write-exports')).toBe(1);
  const failed = await lookAt(t, apiKey, exportJob.id);
  expect(failed).toMatchObject({ status: 'FAILED', expiresAt: null, files: [], rows: 0 });
  expect((await announced()).map(({ payload }) => payload['status'])).toEqual(['FAILED']);
  expect((await askExport(t, apiKey)).userErrors).toEqual([]);
  await last.service.close();
});

it('reads as many rows at a time as the limit says', async () => {
  const turnsFor = async (customers: number): Promise<number> => {
    const slug = `reads-${customers}`;
    const of = await Scene.create(t, slug);
    for (let made = 0; made < customers; made += 1) await of.customer();
    await askExport(t, of.brand.apiKey, { parts: ['CUSTOMERS'] });
    return runOut(t, 'write-exports');
  };
  const none = await turnsFor(0);
  expect(await turnsFor(1)).toBe(none);
  // A full page is followed by another: of customers and relationships, and of identities by external id.
  expect(await turnsFor(2)).toBeGreaterThan(none);
});

it('is nobody else’s to see', async () => {
  const { id } = await exported(t, apiKey, { parts: ['SETTINGS'] });
  const other = await t.createBrand('another');
  expect(await lookAt(t, other.apiKey, id)).toBeNull();
  const token = await scene.tokenOf(await scene.customer());
  const forbidden = await t
    .run('query ($id: ID!) { exportJob(id: $id) { id } }', { id }, token)
    .then(({ errors }) => errors)
    .catch((error: unknown) => [error]);
  expect(forbidden).toMatchObject([{ code: 'FORBIDDEN' }]);
  const asPlatform = await lookAt(t, t.platformKey, id);
  expect(asPlatform!['files'].map(({ url }: { url: unknown }) => url)).toEqual(
    asPlatform!['files'].map(() => null),
  );
  const { data } = await t.run('{ brand { exports { nodes { id } } } }', {}, apiKey);
  expect(data['brand'].exports.nodes).toEqual([{ id }]);
  const elsewhere = await t.run('{ brand { exports { nodes { id } } } }', {}, other.apiKey);
  expect(elsewhere.data['brand'].exports.nodes).toEqual([]);
});

it('needs a key that may read', async () => {
  const { data } = await t.run(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }',
    { input: { name: 'messages', scopes: ['MESSAGES'], idempotencyKey: newKey() } },
    apiKey,
  );
  const refusal = await t
    .run(
      'mutation ($input: ExportBrandDataInput!) { exportBrandData(input: $input) { replayed } }',
      { input: { idempotencyKey: newKey() } },
      data['createApiKey'].secret,
    )
    .then(({ errors }) => errors)
    .catch((error: unknown) => [error]);
  expect(refusal).toMatchObject([{ code: 'FORBIDDEN' }]);
});
