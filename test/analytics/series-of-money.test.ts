import { transferId } from '../../src/ledger';
import { acquire, customerSilentFor, dayBefore, spend } from '../economics/ledger-desk';
import { Scene } from '../promises/scene';
import { person } from '../referrals/friends';
import { startTestService, type Data, type TestService } from '../support/test-service';
import { ask } from './desk';

let t: TestService;
let scene: Scene;

beforeAll(async () => {
  t = await startTestService();
  scene = await Scene.create(t, 'money-series');
});

afterAll(() => t.close());

/** The values of the last three days, today's last, and of the three before together. */
async function series(name: string): Promise<{ days: unknown[]; total: unknown; before: unknown }> {
  const asked = { names: [name], bucket: 'DAY', last: 3 };
  const { metrics } = await ask(t, scene.brand.apiKey, 'brand-metrics', asked);
  const told = (one: Data) => (one['amount']?.amount ?? one['value']) as unknown;
  const [{ buckets, total, previous }] = metrics as [Data];
  return { days: (buckets as Data[]).map(told), total: told(total), before: told(previous) };
}

test('MARKETING_SPEND is what was spent on each day, credits taken off, other currencies left out', async () => {
  const { brand } = scene;
  await spend(t, brand, '300.03', { firstDay: dayBefore(2), lastDay: dayBefore(0) });
  await spend(t, brand, '50', { firstDay: dayBefore(1), purpose: 'RETENTION', route: 'CRM' });
  await spend(t, brand, '20', { firstDay: dayBefore(1), credit: true });
  await spend(t, brand, '999', { firstDay: dayBefore(0), currency: 'USD' });
  await spend(t, brand, '7', { firstDay: dayBefore(4) });
  expect(await series('MARKETING_SPEND')).toEqual({
    days: ['100.01', '130.01', '100.01'],
    total: '330.03',
    before: '7.00',
  });
});

test('ACQUISITIONS are all who were recorded as coming, REACQUISITIONS those paid for who had been there', async () => {
  const { brand } = scene;
  const silent = await customerSilentFor(t, brand, 200);
  await acquire(t, brand, silent, { cost: '100' });
  await acquire(t, brand, await person(t, brand, {}), { cost: '100' });
  await acquire(t, brand, await person(t, brand, {}), { route: 'ORGANIC' });
  const unpaid = await customerSilentFor(t, brand, 200);
  await acquire(t, brand, unpaid, { route: 'CRM' });
  expect(await series('ACQUISITIONS')).toEqual({ days: [0, 0, 4], total: 4, before: 0 });
  expect(await series('REACQUISITIONS')).toEqual({ days: [0, 0, 1], total: 1, before: 0 });
});

test('MU_ISSUED is what came to customers less what was taken back, MU_BURNED what they spent', async () => {
  const customer = await scene.customer(30);
  const [grant] = await t.database.query<{ id: string }>(
    `SELECT f.id FROM transfers f WHERE f.kind = 'GRANT' ORDER BY f.id LIMIT 1`,
  );
  await scene.do('reverseTransfer', { id: transferId.encode(grant!.id), reason: 'a mistake' });
  const kept = await scene.redemptionOf({ externalId: customer.externalId }, 7);
  await scene.redemptionOf({ externalId: customer.externalId }, 5);
  await scene.do('captureRedemption', { id: kept });
  expect(await series('MU_ISSUED')).toEqual({ days: [0, 0, 20], total: 20, before: 0 });
  // What is on hold is not spent yet.
  expect(await series('MU_BURNED')).toEqual({ days: [0, 0, 7], total: 7, before: 0 });
});
