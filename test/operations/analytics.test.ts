import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

let t: TestService;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('in-figures')).apiKey);
  const input = { externalId: 'asha', email: 'asha@example.in', ...key() };
  await run(operations.IdentifyCustomerDocument, { input });
});

afterAll(() => t.close());

it('The published operations tell a brand how its whole base does', async () => {
  const { brand } = await run(operations.BrandStandingDocument, {});
  expect(brand?.realReach).toMatchObject({ addressed: 1, reach90: 0, rate: 0 });
  expect(brand?.dormancyCounts?.customers).toBe(1);
  const risk = await run(operations.BrandAtRiskDocument, {});
  expect(risk.brand?.atRisk?.nodes).toEqual([]);
  const stay = await run(operations.RetentionCohortsDocument, { basis: 'FIRST_CONTACT' });
  expect(stay.brand?.retentionCohorts).toMatchObject({ cohorts: [], modelVersion: 'cohorts-1' });
  const funnel = await run(operations.AttentionFunnelDocument, {});
  expect(funnel.brand?.attentionFunnel?.steps).toHaveLength(5);
  const asked = { names: ['OPENS' as const], bucket: 'MONTH' as const, last: 2 };
  const went = await run(operations.BrandMetricsDocument, asked);
  expect(went.brand?.metrics).toMatchObject([{ name: 'OPENS', total: { value: 0 }, change: null }]);
});
