import fc from 'fast-check';
import { Writing } from '../contact/writing';
import { order } from '../next/desk';
import { must } from '../referrals/friends';
import { runs } from '../support/long';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { ask, reckon } from './desk';

const dayMs = 86_400_000;
let t: TestService;

beforeAll(async () => {
  t = await startTestService();
});

beforeEach(() => {
  t.clock.offsetMs = 0;
});

afterAll(() => t.close());

const funnel = async ({ apiKey }: TestBrand, days = 'DAYS_30'): Promise<Data> =>
  (await ask(t, apiKey, 'attention-funnel', { days }))['attentionFunnel'] as Data;

const countsOf = (told: Data | null): number[] =>
  ((told?.['steps'] ?? []) as Data[]).map(({ customers }) => customers as number);

async function attend(brand: TestBrand, id: string, input: Data): Promise<void> {
  await must(t, brand.apiKey, 'record-attention', { customer: { id }, ...input });
}

test('of five who were reached three opened, two for sure, one clicked and ordered', async () => {
  const brand = await t.createBrand('funnel');
  const desk = new Writing(t, brand);
  const readers: { id: string }[] = [];
  for (let at = 0; at < 6; at += 1) readers.push(await desk.reader());
  const [a, b, c, , , unreached] = readers.map(({ id }) => id);
  for (const reader of readers.slice(0, 5)) await desk.deliver(reader);
  const open = { action: 'OPEN', channel: 'EMAIL' };
  for (const id of [a, b, c]) await attend(brand, id as string, open);
  await attend(brand, b as string, { action: 'POLL', channel: 'WEB' });
  await attend(brand, a as string, { action: 'CLICK', channel: 'WEB' });
  await attend(brand, unreached as string, { action: 'CLICK', channel: 'WEB' });
  await order(t, brand, a as string, 100, 0);
  await order(t, brand, unreached as string, 100, 0);
  await reckon(t);
  const told = await funnel(brand);
  expect(countsOf(told)).toEqual([5, 3, 2, 1, 1]);
  expect(told['steps'][1]).toEqual({ step: 'OPENED', customers: 3, rate: 0.6 });
  expect(told).toMatchObject({
    days: 'DAYS_30',
    modelVersion: 'attention-funnel-1',
    previous: null,
  });
  const other = await t.createBrand('no-funnel');
  await reckon(t);
  expect(countsOf(await funnel(other))).toEqual([0, 0, 0, 0, 0]);
  expect((await funnel(other))['steps'][0].rate).toBeNull();
});

test('a funnel is beside the one of as many days before, and forgets what is longer ago', async () => {
  const brand = await t.createBrand('before');
  const desk = new Writing(t, brand);
  await desk.deliver(await desk.reader());
  await reckon(t);
  t.clock.offsetMs = 7 * dayMs;
  await reckon(t);
  const week = await funnel(brand, 'DAYS_7');
  expect(countsOf(week)).toEqual([0, 0, 0, 0, 0]);
  expect(countsOf(week['previous'] as Data)).toEqual([1, 0, 0, 0, 0]);
  expect(countsOf(await funnel(brand))).toEqual([1, 0, 0, 0, 0]);
});

test('no step of any funnel has more customers than the one before, nor a longer one fewer', async () => {
  const brand = await t.createBrand('ordered-steps');
  const desk = new Writing(t, brand);
  const readers = [await desk.reader(), await desk.reader(), await desk.reader()];
  const happening = fc.record({
    who: fc.integer({ min: 0, max: 2 }),
    what: fc.constantFrom('DELIVERY', 'OPEN', 'CLICK', 'ORDER'),
    daysAgo: fc.integer({ min: 0, max: 400 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 2, maxLength: 8 }), async (happenings) => {
      for (const { who, what, daysAgo } of happenings) {
        const reader = readers[who] as { id: string };
        t.clock.offsetMs = -daysAgo * dayMs;
        if (what === 'DELIVERY') await desk.deliver(reader);
        else if (what === 'ORDER') await order(t, brand, reader.id, 10, daysAgo);
        else await attend(brand, reader.id, { action: what, channel: 'WEB' });
      }
      t.clock.offsetMs = 0;
      await reckon(t);
      const told: number[][] = [];
      for (const days of ['DAYS_7', 'DAYS_30', 'DAYS_90', 'DAYS_365']) {
        told.push(countsOf(await funnel(brand, days)));
      }
      for (const [at, counts] of told.entries()) {
        expect(counts).toEqual([...counts].sort((one, other) => other - one));
        const shorter = told[at - 1] ?? [0, 0, 0, 0, 0];
        counts.forEach((count, step) => {
          expect(count).toBeGreaterThanOrEqual(shorter[step] as number);
        });
      }
    }),
    { numRuns: runs(6) },
  );
});
