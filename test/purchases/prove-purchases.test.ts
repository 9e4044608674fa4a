import type { JobReport } from '../../src/platform/feature';
import { idOf } from '../customers/people';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { anOrder, record } from './orders';

const dayMs = 86_400_000;

let t: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService({ limits: { purchaseProof: 2 } });
  brand = await t.createBrand('kaapi');
  for (const externalId of ['a', 'b', 'c', 'd', 'e']) {
    await idOf(t, brand, { externalId });
    await record(t, brand, [anOrder({ externalId })]);
  }
});

afterAll(() => t.close());

/** Runs the job until it rests, and answers what each run said. */
async function prove(): Promise<Record<string, number>[]> {
  const { database, clock, log, config, features } = t.service;
  const [job] = features
    .flatMap(({ jobs }) => jobs)
    .filter(({ name }) => name === 'prove-purchases');
  const said: Record<string, number>[] = [];
  const report = ({ outcomes }: JobReport) => said.push({ ...outcomes });
  while ((await job!.run({ database, clock, log, config, limits: config.limits, report })) > 0);
  t.clock.offsetMs += 2 * dayMs;
  return said;
}

test('goes through the customers of a brand, so many at a time, and then rests for a day', async () => {
  expect(await prove()).toEqual([
    { agree: 2, differ: 0 },
    { agree: 2, differ: 0 },
    { agree: 1, differ: 0 },
  ]);
  t.clock.offsetMs -= 2 * dayMs;
  expect(await prove()).toEqual([]);
});

test.each([
  ['purchase_totals', 'orders'],
  ['purchase_totals', 'refunded_minor'],
  ['brand_purchase_totals', 'gross_minor'],
  ['brand_purchase_days', 'gross_minor'],
])('tells when %s has other %s than the orders say, and mends nothing', async (table, column) => {
  const change = (by: number) =>
    t.database.query(`UPDATE ${table} SET ${column} = ${column} + ${by}`);
  const differing = async () => (await prove()).reduce((sum, { differ }) => sum + (differ ?? 0), 0);
  await change(1);
  expect(await differing()).toBeGreaterThan(0);
  expect(await differing()).toBeGreaterThan(0);
  await change(-1);
  expect(await differing()).toBe(0);
});
