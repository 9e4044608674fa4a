import { makeReports } from '../../src/reports/make-reports.job';
import { ask } from '../analytics/desk';
import { tokenOf } from '../customers/people';
import { order, person } from '../next/desk';
import { send } from '../segments/population';
import { mark, told } from '../segments/desk';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

let t: TestService;
let brand: TestBrand;
let made = 0;

beforeAll(async () => {
  t = await startTestService({ limits: { reportsMadeUp: 2 } });
});

beforeEach(async () => {
  t.clock.offsetMs = 0;
  brand = await t.createBrand(`reports-${(made += 1)}`);
});

afterAll(() => t.close());

/** Moves the clock to an instant. */
function at(instant: string): void {
  t.clock.offsetMs = Date.parse(instant) - Date.now();
}

async function makeDue(times = Infinity): Promise<void> {
  const { config, database, clock, log } = t.service;
  const context = { config, database, clock, log, limits: config.limits };
  for (let made = 0; made < times && (await makeReports.run(context)) > 0; made += 1);
}

const schedule = async (every: string, { apiKey } = brand): Promise<Data> => {
  const input = { kind: 'EXECUTIVE_SUMMARY', every };
  const selection = 'reportSchedule { id every nextFirstDay nextDueAt }';
  return (await send(t, apiKey, 'scheduleReport', input, selection))['reportSchedule'] as Data;
};

const shown = (bearer = brand.apiKey, variables = {}): Promise<Data> =>
  ask(t, bearer, 'brand-reports', variables);

const reports = async (bearer = brand.apiKey): Promise<Data[]> =>
  (await shown(bearer))['reports'].nodes as Data[];

const figureOf = (report: Data, name: string): Data =>
  (report['figures'] as Data[]).find((figure) => figure['name'] === name) as Data;

/** In months long after all others, so that the clock of one test is never before that of another. */
const nextYear = new Date().getUTCFullYear() + 1;

test('a month’s report is made once it is over where the brand is, with the month before beside', async () => {
  at(`${nextYear}-04-20T12:00:00Z`);
  await send(t, brand.apiKey, 'updateBrand', { timezone: 'Asia/Kolkata' });
  const buyer = await person(t, brand, 'buyer');
  const daysBack = (day: string) =>
    (Date.now() - Date.parse(`${nextYear}-${day}T12:00:00Z`)) / 86_400_000;
  await order(t, brand, buyer, 100, daysBack('03-31'));
  await order(t, brand, buyer, 250, daysBack('04-01'));
  const spend = {
    purpose: 'RETENTION',
    route: 'CRM',
    firstDay: `${nextYear}-04-30`,
    amount: '50.00',
  };
  await send(t, brand.apiKey, 'recordSpend', spend);
  expect(await schedule('MONTH')).toMatchObject({
    nextFirstDay: `${nextYear}-04-01`,
    nextDueAt: `${nextYear}-04-30T18:30:00.000Z`,
  });
  const since = await mark(t);
  at(`${nextYear}-04-30T18:29:00Z`);
  await makeDue();
  expect(await reports()).toEqual([]);
  at(`${nextYear}-04-30T18:30:01Z`);
  await makeDue();
  const [report] = (await reports()) as [Data];
  expect(report).toMatchObject({
    kind: 'EXECUTIVE_SUMMARY',
    every: 'MONTH',
    firstDay: `${nextYear}-04-01`,
    lastDay: `${nextYear}-04-30`,
    window: { from: `${nextYear}-03-31T18:30:00.000Z`, until: `${nextYear}-04-30T18:30:00.000Z` },
    modelVersion: 'executive-summary-1',
  });
  expect(figureOf(report, 'NET_REVENUE')).toEqual({
    name: 'NET_REVENUE',
    value: null,
    amount: { amount: '250.00', currencyCode: 'INR' },
    previousValue: null,
    previousAmount: { amount: '100.00' },
    modelVersion: 'order-buckets-1',
  });
  expect(figureOf(report, 'ORDERS')).toMatchObject({ value: 1, previousValue: 1, amount: null });
  expect(figureOf(report, 'MARKETING_SPEND_RATIO')).toMatchObject({
    value: 1,
    previousValue: null,
  });
  expect(await told(t, 'report.ready', since)).toEqual([
    {
      reportId: report['id'],
      kind: 'EXECUTIVE_SUMMARY',
      every: 'MONTH',
      firstDay: `${nextYear}-04-01`,
      lastDay: `${nextYear}-04-30`,
    },
  ]);
});

test('figures stay what they were, whatever is told later', async () => {
  at(`${nextYear}-04-20T12:00:00Z`);
  await schedule('WEEK');
  at(`${nextYear}-05-01T12:00:00Z`);
  await makeDue();
  const before = await reports();
  const buyer = await person(t, brand, 'late');
  const daysBack = (Date.now() - Date.parse(`${nextYear}-04-22T12:00:00Z`)) / 86_400_000;
  await order(t, brand, buyer, 999, daysBack);
  await makeDue();
  expect(await reports()).toEqual(before);
  const document = `query ($id: ID!) { node(id: $id) { id ... on Report { firstDay } } }`;
  const id = before[0]?.['id'] as string;
  const { data } = await t.run(document, { id }, brand.apiKey);
  expect(data['node']).toMatchObject({ id, firstDay: before[0]?.['firstDay'] as string });
});

test('many processes make each report once', async () => {
  at(`${nextYear}-04-20T12:00:00Z`);
  await schedule('MONTH');
  await schedule('WEEK');
  const since = await mark(t);
  at(`${nextYear}-05-02T00:00:00Z`);
  await Promise.all(Array.from({ length: 6 }, () => makeDue()));
  await makeDue();
  const periods = (await reports()).map(({ every, firstDay }) => `${every} ${firstDay}`);
  expect(periods).toContain(`MONTH ${nextYear}-04-01`);
  expect(periods).toContain(`WEEK ${mondayOf(`${nextYear}-04-20`)}`);
  expect(new Set(periods).size).toBe(periods.length);
  expect(await told(t, 'report.ready', since)).toHaveLength(periods.length);
});

/** The Monday of the week a day lies in. */
function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

test('of periods that went by while nothing ran the last ones are made up, as many as the limit', async () => {
  at(`${nextYear}-04-20T12:00:00Z`);
  await schedule('MONTH');
  at(`${nextYear}-06-20T12:00:00Z`);
  await makeDue();
  const days = async () => (await reports()).map(({ firstDay }) => firstDay as string);
  expect(await days()).toEqual([`${nextYear}-05-01`, `${nextYear}-04-01`]);
  at(`${nextYear}-09-20T12:00:00Z`);
  await makeDue();
  expect(await days()).toEqual(['08', '07', '05', '04'].map((month) => `${nextYear}-${month}-01`));
  const { reportSchedules } = await shown();
  expect(reportSchedules).toMatchObject([{ nextFirstDay: `${nextYear}-09-01` }]);
});

test('asking again answers the schedule there is, and a deleted one makes nothing more', async () => {
  at(`${nextYear}-04-20T12:00:00Z`);
  const { id } = await schedule('MONTH');
  expect(await schedule('MONTH')).toMatchObject({ id });
  expect((await schedule('WEEK'))['id']).not.toBe(id);
  await send(t, brand.apiKey, 'deleteReportSchedule', { id });
  await expect(send(t, brand.apiKey, 'deleteReportSchedule', { id })).rejects.toThrow('NOT_FOUND');
  at(`${nextYear}-05-10T12:00:00Z`);
  await makeDue();
  expect((await reports()).map(({ every }) => every as string)).toEqual(['WEEK', 'WEEK']);
  expect((await schedule('MONTH'))['id']).not.toBe(id);
});

test('periods that are over are reported at once, up to the limit; days beyond it are refused', async () => {
  at(`${nextYear}-04-20T12:00:00Z`);
  const ask = (firstDay: string) =>
    send(t, brand.apiKey, 'scheduleReport', {
      kind: 'EXECUTIVE_SUMMARY',
      every: 'MONTH',
      firstDay,
    });
  for (const day of [`${nextYear}-01-31`, `${nextYear}-04-21`, 'April', `${nextYear}-02-30`]) {
    await expect(ask(day)).rejects.toThrow('INVALID_VALUE');
  }
  await ask(`${nextYear}-02-01`);
  await makeDue();
  expect((await reports()).map(({ firstDay }) => firstDay as string)).toEqual([
    `${nextYear}-03-01`,
    `${nextYear}-02-01`,
  ]);
});

test('a brand’s reports are its own, and no customer sees any', async () => {
  at(`${nextYear}-04-20T12:00:00Z`);
  const { id } = await schedule('MONTH');
  at(`${nextYear}-05-10T12:00:00Z`);
  await makeDue();
  const other = await t.createBrand(`other-${made}`);
  expect(await shown(other.apiKey)).toMatchObject({ reportSchedules: [], reports: { nodes: [] } });
  await expect(send(t, other.apiKey, 'deleteReportSchedule', { id })).rejects.toThrow('NOT_FOUND');
  const report = (await reports())[0]?.['id'] as string;
  const customer = await person(t, brand, 'curious');
  const token = await tokenOf(t, brand, { id: customer });
  const document = `query ($id: ID!) { node(id: $id) { id } brand { reports { nodes { id } } } }`;
  for (const bearer of [token, other.apiKey]) {
    const { data } = await t.run(document, { id: report }, bearer);
    expect(JSON.stringify(data)).not.toContain(report);
  }
});
