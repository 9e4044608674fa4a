import * as operations from '../../schema/generated/operations';
import { findAll } from '../next/desk';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

let t: TestService;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('in-search')).apiKey);
});

afterAll(() => t.close());

it('The published operations tell what the best have in common, and who is next', async () => {
  const input = { externalId: 'asha', ...key() };
  const { identifyCustomer } = await run(operations.IdentifyCustomerDocument, { input });
  const id = identifyCustomer.customer?.id as string;
  await findAll(t);
  const { brand } = await run(operations.BestCustomerGenomeDocument, {});
  expect(brand?.bestCustomerGenome).toMatchObject({ best: 0, features: [] });
  const candidates = await run(operations.NextCandidatesDocument, {});
  expect(candidates.brand?.nextCandidates?.nodes).toMatchObject([
    { customer: { id }, score: { score: 0 } },
  ]);
  const { customer } = await run(operations.CustomerNextScoreDocument, { by: { id } });
  expect(customer?.relationship?.nextScore).toMatchObject({ score: 0, reasons: [] });
});
