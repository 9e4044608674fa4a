import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

const by = { externalId: 'asha' };

let t: TestService;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('sells-things')).apiKey);
  await run(operations.IdentifyCustomerDocument, { input: { ...by, ...key() } });
});

afterAll(() => t.close());

it('The published operations let a shop tell of orders and refunds, and read what they sum to', async () => {
  const order = { customer: by, items: 1, currency: 'INR', orderedAt: '2026-10-01T10:00:00Z' };
  const { recordOrder } = await run(operations.RecordOrderDocument, {
    input: { ...order, externalId: 'o-1', amount: '500.00', driver: 'CRM', ...key() },
  });
  expect(recordOrder).toMatchObject({ purchase: { bucket: 'DIRECT_CRM_NEW' }, userErrors: [] });
  const { recordOrderBatch } = await run(operations.RecordOrderBatchDocument, {
    input: { orders: [{ ...order, externalId: 'o-2', amount: '300.00', ...key() }] },
  });
  expect(recordOrderBatch.results).toMatchObject([{ purchase: { externalId: 'o-2' } }]);
  const { refundOrder } = await run(operations.RefundOrderDocument, {
    input: { externalId: 'o-1', amount: '100.00', ...key() },
  });
  expect(refundOrder.purchase?.net).toEqual({ amount: '400.00', currencyCode: 'INR' });
  const { customer } = await run(operations.CustomerOrdersDocument, { by });
  expect(customer?.purchases.nodes).toHaveLength(2);
  expect(customer?.relationship?.purchaseTotals).toMatchObject({
    orders: 2,
    gross: { amount: '800.00' },
    refunded: { amount: '100.00' },
    net: { amount: '700.00' },
  });
});

it('The published operations let a brand say how it reckons, and bring scores of its own', async () => {
  const { updateWorthSettings } = await run(operations.UpdateWorthSettingsDocument, {
    input: { margin: 0.4, ...key() },
  });
  expect(updateWorthSettings.settings).toMatchObject({ margin: 0.4 });
  const { ingestScores } = await run(operations.IngestScoresDocument, {
    input: {
      scorer: 'own-model',
      version: '7',
      scores: [{ customer: by, kind: 'CLV', value: 9747 }],
      ...key(),
    },
  });
  expect(ingestScores).toMatchObject({ recorded: 1, userErrors: [] });
  const { customer } = await run(operations.CustomerWorthDocument, { by });
  expect(customer?.relationship).toMatchObject({
    clv: { source: 'INGESTED', value: { amount: '9747.00', currencyCode: 'INR' } },
    scores: [{ kind: 'CLV', value: 9747, scorer: 'own-model', scorerVersion: '7' }],
  });
});
