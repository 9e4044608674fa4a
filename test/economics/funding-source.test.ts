import { ask } from '../analytics/desk';
import { send } from '../segments/population';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

let t: TestService;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

const funding = async ({ apiKey }: TestBrand): Promise<Data> =>
  (await ask(t, apiKey, 'funding-source'))['fundingSource'] as Data;

test('Rs 56.70 taken from buying customers back bought 567 Mu, beside what was issued', async () => {
  const brand = await t.createBrand('funded', { budget: 5000 });
  const other = await t.createBrand('not-funded');
  expect(await funding(brand)).toMatchObject({ issued: 5000, decided: [], mu: 0 });
  const shift = { from: 'REACQUISITION', amount: '50.00', reason: 'they answer to mails' };
  await send(t, brand.apiKey, 'reallocateToMu', shift);
  await send(t, brand.apiKey, 'reallocateToMu', { ...shift, amount: '6.70' });
  await send(t, brand.apiKey, 'reallocateToMu', { ...shift, from: 'ACQUISITION', amount: '18.90' });
  expect(await funding(brand)).toMatchObject({
    issued: 5000,
    decided: [
      { purpose: 'ACQUISITION', amount: { amount: '18.90' }, share: 0.25, mu: 189, decisions: 1 },
      {
        purpose: 'REACQUISITION',
        amount: { amount: '56.70', currencyCode: 'INR' },
        share: 0.75,
        mu: 567,
        decisions: 2,
      },
    ],
    amount: { amount: '75.60' },
    mu: 756,
    modelVersion: 'funding-source-1',
    previous: { issued: 0, mu: 0 },
  });
  expect(await funding(other)).toMatchObject({
    issued: 0,
    decided: [],
    amount: { amount: '0.00' },
  });
});

test('what was decided longer ago is of the days before', async () => {
  const brand = await t.createBrand('decided-before');
  const day = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
  const shift = { from: 'REACQUISITION', amount: '10.00', reason: 'earlier', day };
  await send(t, brand.apiKey, 'reallocateToMu', shift);
  expect(await funding(brand)).toMatchObject({ mu: 0, previous: { mu: 100 } });
});
