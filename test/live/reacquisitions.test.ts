import * as operations from '../../schema/generated/operations';
import { acquire, customerSilentFor } from '../economics/ledger-desk';
import { person } from '../referrals/friends';
import { startScene, type Scene } from './scene';

let s: Scene;
beforeAll(async () => (s = await startScene()));
afterEach(() => s.hangUp());
afterAll(() => s.t.close());

test('a brand hears at once whom it has paid for again, and nothing of who is new', async () => {
  const document = operations.ReacquisitionDetectedDocument.toString();
  const listener = await s.follow('WebSocket', document, s.a.apiKey);
  await acquire(s.t, s.a, await person(s.t, s.a), { cost: '100.00' });
  const rohit = await customerSilentFor(s.t, s.a, 425);
  const { id } = await acquire(s.t, s.a, rohit, { cost: '100.00' });
  const [update] = await listener.have(1);
  expect(update?.errors).toBeUndefined();
  expect(update?.data?.['reacquisitionDetected']).toMatchObject({
    prior: 'LOST',
    cost: { amount: '100.00', currencyCode: 'INR' },
    customer: { id: rohit.id },
    acquisition: { id, route: 'ADTECH' },
  });
  expect(listener.results).toHaveLength(1);
});
