import { must } from '../referrals/friends';
import { Writing } from '../contact/writing';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { ask, judge, reckon, reckonDue, standingOf } from './desk';

let t: TestService;

beforeEach(async () => {
  t = await startTestService({ limits: { metricBuckets: 20, standingAtOnce: 6 } });
});

afterEach(() => t.close());

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** Somebody does something so many days ago, and the brand tells at once. */
async function attend(brand: TestBrand, { id }: { id: string }, days: number): Promise<void> {
  t.clock.offsetMs = -days * 86_400_000;
  const input = { customer: { id }, action: 'CLICK', channel: 'WEB' };
  await must(t, brand.apiKey, 'record-attention', input);
  t.clock.offsetMs = 0;
}

async function order(brand: TestBrand, { id }: { id: string }, days: number): Promise<void> {
  await must(t, brand.apiKey, 'record-purchase', {
    customer: { id },
    externalId: newKey(),
    amount: '100.00',
    currency: 'INR',
    items: 1,
    purchasedAt: daysAgo(days),
  });
}

test('real reach needs consent, a channel and a verified event, and tells what it is a part of', async () => {
  const brand = await t.createBrand('reach');
  const desk = new Writing(t, brand);
  const lately = await desk.reader();
  const earlier = await desk.reader();
  const refusing = await desk.reader({ consents: [{ purpose: 'MESSAGES', granted: false }] });
  const nameless = await desk.reader({ email: null, phone: null });
  await attend(brand, lately, 10);
  await attend(brand, earlier, 60);
  await attend(brand, refusing, 1);
  await attend(brand, nameless, 1);
  await judge(t);
  const first = await standingOf(t, brand);
  expect(first['realReach']).toMatchObject({
    reach30: 1,
    reach90: 2,
    reach365: 2,
    addressed: 3,
    modelVersion: 'real-reach-1',
  });
  expect(first['realReach'].rate).toBeCloseTo(2 / 3, 12);
  await reckon(t);
  const kept = await standingOf(t, brand);
  expect(figuresIn(kept)).toEqual(figuresIn(first));
  await attend(brand, await desk.reader(), 1);
  expect((await standingOf(t, brand))['realReach']).toEqual(kept['realReach']);
  await reckon(t);
  expect((await standingOf(t, brand))['realReach']).toMatchObject({ reach30: 2, addressed: 4 });
});

/** Figures without the moment they are of. */
function figuresIn(brand: Data): unknown {
  const text = JSON.stringify(brand, (key, value: unknown) =>
    key === 'asOf' || key === 'window' ? undefined : value,
  );
  return JSON.parse(text) as unknown;
}

test('what one brand does changes nothing of another’s figures, and nobody else sees them', async () => {
  const [one, other] = [await t.createBrand('one'), await t.createBrand('other')];
  const desk = new Writing(t, one);
  const quiet = await new Writing(t, other).reader();
  await attend(other, quiet, 5);
  await reckon(t);
  const before = figuresIn(await standingOf(t, other));
  const reader = await desk.reader();
  await attend(one, reader, 5);
  await order(one, reader, 5);
  await reckon(t);
  expect(figuresIn(await standingOf(t, other))).toEqual(before);
  expect((await standingOf(t, one))['realReach'].reach30).toBe(1);
  const { token } = await must(t, one.apiKey, 'create-customer-token', {
    customer: { id: reader.id },
  });
  const seen = await ask(t, token as string, 'brand-standing').catch((error: unknown) =>
    String(error),
  );
  expect(JSON.stringify(seen)).not.toContain('reach30');
  const document = `query ($id: ID!) { brand(id: $id) { realReach { reach30 } metrics(names: [CLICKS]) { name } } }`;
  const { data } = await t.run(document, { id: one.id }, other.apiKey);
  expect(data['brand']).toBeNull();
  const own = await t.run(document, { id: one.id }, t.platformKey);
  expect(own.data['brand'].realReach.reach30).toBe(1);
});

test('who slides next is told soonest first, page by page, and leaves when they attend', async () => {
  const brand = await t.createBrand('sliding');
  const desk = new Writing(t, brand);
  const people: { id: string }[] = [];
  for (const days of [29, 20, 25]) {
    const reader = await desk.reader();
    await attend(brand, reader, days);
    for (let message = 0; message < 3; message += 1) await desk.deliver(reader);
    people.push(reader);
  }
  const untested = await desk.reader();
  await attend(brand, untested, 28);
  const walk = async (): Promise<Data[]> => {
    const rows: Data[] = [];
    for (let after: string | null = null; ;) {
      const { atRisk } = await ask(t, brand.apiKey, 'brand-at-risk', { first: 2, after });
      rows.push(...(atRisk.nodes as Data[]));
      if (atRisk.pageInfo.hasNextPage === false) return rows;
      after = atRisk.pageInfo.endCursor as string;
    }
  };
  const order = (at: number[]) => at.map((index) => people[index]?.id);
  const live = await walk();
  expect(live.map((row) => row['customer'].id)).toEqual(order([0, 2, 1]));
  expect(live[0]).toMatchObject({ state: 'ACTIVE', nextState: 'DRIFTING' });
  await reckon(t);
  expect(await walk()).toEqual(live);
  await attend(brand, people[2] as { id: string }, 0);
  expect((await walk()).map((row) => row['customer'].id)).toEqual(order([0, 1]));
});

test('silent customers who can be reached are worth what they are worth', async () => {
  const brand = await t.createBrand('table');
  const desk = new Writing(t, brand);
  const gone = await desk.reader();
  await order(brand, gone, 200);
  await attend(brand, gone, 200);
  for (let message = 0; message < 3; message += 1) await desk.deliver(gone);
  const awake = await desk.reader();
  await attend(brand, awake, 1);
  const [kept] = await t.database.query<{ clv: number }>(
    `SELECT sum(clv_minor)::bigint AS clv FROM customer_worth`,
  );
  const { opportunityReport, dormancyCounts } = await standingOf(t, brand);
  expect(opportunityReport).toMatchObject({
    customers: 1,
    unvalued: 0,
    expectedValue: { amount: (Number(kept?.clv) / 100).toFixed(2), currencyCode: 'INR' },
  });
  expect(Number(kept?.clv)).toBeGreaterThan(0);
  const states = dormancyCounts.states as { state: string; customers: number }[];
  expect(states.filter(({ customers }) => customers > 0)).toMatchObject([
    { state: 'ACTIVE', customers: 1, share: 0.5 },
    { state: 'DORMANT', customers: 1, share: 0.5 },
  ]);
});

test('cohorts tell who came back in which month after they began', async () => {
  const brand = await t.createBrand('cohorts');
  const desk = new Writing(t, brand);
  const [stays, leaves] = [await desk.reader(), await desk.reader()];
  const now = new Date();
  const monthsAgo = (months: number) =>
    (now.getTime() - Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15, 12)) /
    86_400_000;
  await order(brand, stays, monthsAgo(3));
  await order(brand, leaves, monthsAgo(3));
  await order(brand, stays, monthsAgo(2));
  await order(brand, stays, monthsAgo(1));
  const { retentionCohorts } = await ask(t, brand.apiKey, 'retention-cohorts', {
    basis: 'FIRST_ORDER',
  });
  expect(retentionCohorts.cohorts).toMatchObject([
    {
      customers: 2,
      months: [
        { month: 0, customers: 2, share: 1 },
        { month: 1, customers: 1, share: 0.5 },
        { month: 2, customers: 1, share: 0.5 },
        { month: 3, customers: 0, share: 0 },
      ],
    },
  ]);
  expect(retentionCohorts.halfLifeMonths).toBeNull();
  expect(retentionCohorts.cohorts).toMatchObject([{ halfLifeMonths: null, activeMonths: 2 }]);
});

test('series tell every bucket, also empty ones, beside the time before; too many are refused', async () => {
  const brand = await t.createBrand('series');
  const reader = await new Writing(t, brand).reader();
  for (const days of [0, 0, 2, 3, 4, 5]) await attend(brand, reader, days);
  await order(brand, reader, 1);
  await reckon(t);
  const names = ['CLICKS', 'NET_REVENUE', 'REAL_REACH', 'CLICKS'];
  const asked = { names, bucket: 'DAY', last: 3 };
  const { metrics } = await ask(t, brand.apiKey, 'brand-metrics', asked);
  const [clicks, revenue, reach] = metrics as Data[];
  expect(metrics).toHaveLength(3);
  expect((clicks as Data)['buckets'].map(({ value }: Data) => value as number)).toEqual([1, 0, 2]);
  expect(clicks).toMatchObject({ total: { value: 3 }, previous: { value: 3 }, change: 0 });
  expect(clicks).toMatchObject({ modelVersion: 'attention-1', bucket: 'DAY' });
  expect(revenue).toMatchObject({
    total: { value: null, amount: { amount: '100.00', currencyCode: 'INR' } },
    previous: { amount: { amount: '0.00' } },
    change: null,
  });
  expect(reach).toMatchObject({ total: { value: 1 }, previous: { value: null } });
  expect((reach as Data)['buckets'].map(({ value }: Data) => value as number)).toEqual([
    null,
    null,
    1,
  ]);
  const most = await ask(t, brand.apiKey, 'brand-metrics', { ...asked, last: 20 });
  expect(most['metrics'][0].buckets).toHaveLength(20);
  await expect(ask(t, brand.apiKey, 'brand-metrics', { ...asked, last: 21 })).rejects.toThrow(
    'last must be from 1 to 20',
  );
  await expect(ask(t, brand.apiKey, 'brand-metrics', { ...asked, last: 0 })).rejects.toThrow(
    '1 to 20',
  );
});

test('a brand with too many customers to wait for has no figures until the job has come', async () => {
  const brand = await t.createBrand('large');
  const desk = new Writing(t, brand);
  for (let count = 0; count < 6; count += 1) await desk.reader();
  expect((await standingOf(t, brand))['dormancyCounts'].customers).toBe(6);
  await desk.reader();
  const large = await standingOf(t, brand);
  expect(Object.values(large)).toEqual([null, null, null, null, null, null]);
  expect(await ask(t, brand.apiKey, 'brand-at-risk')).toEqual({ atRisk: null });
  await reckon(t);
  expect((await standingOf(t, brand))['dormancyCounts'].customers).toBe(7);
  expect(await ask(t, brand.apiKey, 'brand-at-risk')).toMatchObject({ atRisk: { nodes: [] } });
});

test('the months before are what was found then', async () => {
  const brand = await t.createBrand('months');
  const reader = await new Writing(t, brand).reader();
  await attend(brand, reader, 0);
  await reckon(t);
  const first = (await standingOf(t, brand))['attentionSummary'] as Data;
  expect(first).toMatchObject({
    customers: 1,
    monthlyGrowth: null,
    reachesGoal: null,
    growthGoal: 0.06,
  });
  const now = new Date();
  t.clock.offsetMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 15) - now.getTime();
  await reckon(t);
  const { attentionSummary } = await standingOf(t, brand);
  const [before, after] = (attentionSummary.trend as Data[]).slice(-2) as [Data, Data];
  expect(attentionSummary.trend).toHaveLength(6);
  expect(before['sum']).toBe(first['sum']);
  expect(after['sum']).toBe(attentionSummary.sum);
  expect(after['sum']).toBeLessThan(before['sum'] as number);
  expect(attentionSummary.reachesGoal).toBe(false);
});

test.each([
  ['as many customers as a reader need not wait for is looked at once a minute', 6, 1],
  ['one more is looked at once an hour', 7, 60],
])('a brand of %s, and reckoned when something has happened', async (_, customers, minutes) => {
  const brand = await t.createBrand('looked-at');
  const desk = new Writing(t, brand);
  const readers = [];
  for (let at = 0; at < customers; at += 1) readers.push(await desk.reader());
  const lookAt = async (minute: number): Promise<Data> => {
    t.clock.offsetMs = minute * 60_000;
    await reckonDue(t);
    return (await standingOf(t, brand))['realReach'] as Data;
  };
  await attend(brand, readers[0]!, 1);
  expect(await lookAt(0)).toMatchObject({ reach30: 1 });
  await attend(brand, readers[1]!, 1);
  const first = await lookAt(2);
  expect(first).toMatchObject({ reach30: 2 });
  await attend(brand, readers[2]!, 1);
  expect(await lookAt(2 + minutes - 0.2)).toEqual(first);
  expect(await lookAt(2 + minutes + 0.2)).toMatchObject({ reach30: 3 });
});
