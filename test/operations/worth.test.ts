import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { importCdnow, itIs, runJob } from '../worth/cdnow-brand';
import { runnerOf } from './runner';

describe('The published operations about the worth of customers', () => {
  let t: TestService;

  beforeAll(async () => {
    t = await startTestService();
  });

  afterAll(() => t.close());

  it('tell the model of a brand and what it foretells of a customer', async () => {
    const brand = await t.createBrand('foretold');
    const run = runnerOf(t, brand.apiKey);
    await importCdnow(t, brand, { each: 4, until: '1997-09-30' });
    itIs(t, '1997-09-30');
    await runJob(t);
    const told = await run(operations.BrandWorthModelDocument, {});
    expect(told.brand?.worthModel).toMatchObject({ outcome: 'FITTED', version: 1 });
    const by = { externalId: 'cdnow-00071' };
    const { customer } = await run(operations.CustomerPredictedWorthDocument, { by, weeks: 26 });
    expect(customer?.relationship?.predictedWorth).toMatchObject({ modelVersion: 'bg-nbd-1/1' });
  });
});
