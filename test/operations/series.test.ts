import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

let t: TestService;
let run: Run;

const by = { externalId: 'asha' };

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('writes-daily', { budget: 10_000 })).apiKey);
  await run(operations.IdentifyCustomerDocument, { input: { ...by, ...key() } });
});

afterAll(() => t.close());

it('let a brand send ems in a series, and see what a customer gets next', async () => {
  const { createEmSeries } = await run(operations.CreateEmSeriesDocument, {
    input: { externalId: 'words', name: 'A word a day', dailySlot: '07:00', ...key() },
  });
  const seriesId = createEmSeries.emSeries?.id ?? '';
  for (const subject of ['Petrichor', 'Sonder']) {
    const { scheduleEm } = await run(operations.ScheduleEmDocument, {
      input: { seriesId, subject, ...key() },
    });
    expect(scheduleEm).toMatchObject({ seriesItem: { subject }, userErrors: [] });
  }
  const { advanceEmSeries } = await run(operations.AdvanceEmSeriesDocument, {
    input: { seriesId, customer: by, position: 1, ...key() },
  });
  expect(advanceEmSeries.userErrors).toEqual([]);
  const { emSeries } = await run(operations.EmSeriesDocument, { id: seriesId, customer: by });
  expect(emSeries).toMatchObject({ nextFor: { position: 2, item: { subject: 'Sonder' } } });
  const { updateEmSeries } = await run(operations.UpdateEmSeriesDocument, {
    input: { id: seriesId, state: 'PAUSED', ...key() },
  });
  expect(updateEmSeries.emSeries).toMatchObject({ id: seriesId, state: 'PAUSED' });
});

it('show how many days in a row a customer has kept up', async () => {
  await run(operations.UpsertEarnRuleDocument, {
    input: { name: 'daily', action: 'SCAN', amount: 5, streak: {}, ...key() },
  });
  await run(operations.RecordAttentionDocument, {
    input: { customer: by, action: 'SCAN', ...key() },
  });
  const { customer } = await run(operations.CustomerStreaksDocument, { by });
  expect(customer?.streaks).toMatchObject([{ current: 1, best: 1, rule: { name: 'daily' } }]);
});
