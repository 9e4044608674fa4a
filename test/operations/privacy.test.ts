import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

const by = { externalId: 'asha' };

let t: TestService;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('keeps-data')).apiKey);
  await run(operations.IdentifyCustomerDocument, {
    input: { ...by, email: 'asha@example.in', ...key() },
  });
});

afterAll(() => t.close());

it('give out what is kept of a customer, and forget them', async () => {
  const { exportCustomer } = await run(operations.ExportCustomerDocument, { customer: by });
  expect(exportCustomer?.nodes.map(({ table }) => table)).toContain('relationships');
  const { eraseCustomer } = await run(operations.EraseCustomerDocument, {
    input: { customer: by, ...key() },
  });
  expect(eraseCustomer).toMatchObject({ erasure: { everywhere: false }, userErrors: [] });
  const after = await run(operations.ExportCustomerDocument, { customer: by });
  expect(after.exportCustomer).toBeNull();
});

it('ask for all data of a brand, and look where it stands', async () => {
  const { exportBrandData } = await run(operations.ExportBrandDataDocument, {
    input: { parts: ['CUSTOMERS'], ...key() },
  });
  expect(exportBrandData).toMatchObject({ exportJob: { status: 'QUEUED' }, userErrors: [] });
  const id = exportBrandData.exportJob?.id ?? '';
  const { exportJob } = await run(operations.ExportJobDocument, { id });
  expect(exportJob).toMatchObject({ id, files: [] });
  const { brand } = await run(operations.BrandExportsDocument, { first: 1 });
  expect(brand?.exports.nodes).toMatchObject([{ id, parts: ['CUSTOMERS'] }]);
});
