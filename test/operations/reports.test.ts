import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

let t: TestService;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('in-reports')).apiKey);
});

afterAll(() => t.close());

it('The published operations have a report come by itself, show it, and end it', async () => {
  const input = { kind: 'EXECUTIVE_SUMMARY' as const, every: 'MONTH' as const };
  const { scheduleReport } = await run(operations.ScheduleReportDocument, {
    input: { ...input, ...key() },
  });
  const id = scheduleReport.reportSchedule?.id as string;
  const { brand } = await run(operations.BrandReportsDocument, {});
  expect(brand?.reportSchedules).toMatchObject([{ id, every: 'MONTH' }]);
  expect(brand?.reports?.nodes).toEqual([]);
  const { deleteReportSchedule } = await run(operations.DeleteReportScheduleDocument, {
    input: { id, ...key() },
  });
  expect(deleteReportSchedule.reportSchedule?.deletedAt).not.toBeNull();
});
