import { attentionProof } from '../../src/attention/prove-attention.job';
import type { JobReport } from '../../src/platform/feature';
import { openDesk, type Desk } from '../rewards/desk';
import { differences } from './told';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk('proven', 1000, 'UTC', { limits: { attentionProven: 2 } });
  for (const externalId of ['a', 'b', 'c', 'd', 'e']) {
    await desk.call('identifyCustomer', { externalId });
    await desk.call('recordAttention', { customer: { externalId }, action: 'CLICK' });
  }
});
afterEach(() => desk.t.close());

/** Proves so many turns; answers what was reported and logged. */
async function prove(turns: number): Promise<{ same: number; different: number; logged: number }> {
  const { config, database } = desk.t.service;
  const told = { same: 0, different: 0, logged: 0 };
  const log = { ...desk.t.service.log, error: () => void (told.logged += 1) };
  const report = ({ outcomes }: JobReport) => {
    told.same += outcomes?.['same'] ?? 0;
    told.different += outcomes?.['different'] ?? 0;
  };
  const job = attentionProof();
  const context = { config, database, clock: desk.t.clock, log, limits: config.limits, report };
  for (let turn = 0; turn < turns; turn += 1) expect(await job.run(context as never)).toBe(0);
  return told;
}

it('The proof walks over everybody, some at a turn, and begins again', async () => {
  const round = { same: 5 + 1, different: 0, logged: 0 };
  expect(await prove(3)).toEqual(round);
  expect(await prove(4 + 3)).toEqual({ same: 2 * round.same, different: 0, logged: 0 });
});

it.each([
  ['a state', `UPDATE attention_states SET ema = ema + 0.001 WHERE customer_id = $1`],
  ['a moment', `UPDATE attention_states SET last_clicked_at = now() WHERE customer_id = $1`],
  ['a day', `UPDATE attention_days SET points_x2 = points_x2 + 1 WHERE customer_id = $1`],
  ['a lost event', `UPDATE attention_events SET duplicate = true WHERE customer_id = $1`],
])('%s that is wrong is counted and told of, and stays as it is', async (_, fault) => {
  const [who] = await desk.t.database.query<{ customer_id: string }>(
    'SELECT customer_id FROM attention_states ORDER BY customer_id LIMIT 1',
  );
  await desk.t.database.query(fault, [who?.customer_id]);
  const found = await prove(3);
  expect(found.different).toBeGreaterThan(0);
  expect(found.logged).toBe(found.different);
  expect(await differences(desk.t.database)).not.toEqual([]);
});

it('A day of a brand that is wrong is told of, too', async () => {
  await desk.t.database.query(`
    INSERT INTO brand_attention_days (brand_id, local_day, deliveries, opens, clicks, events, verified, machine)
    SELECT id, (now() AT TIME ZONE 'UTC')::date - 2, 0, 1, 0, 1, 0, 0 FROM brands`);
  expect(await prove(3)).toEqual({ same: 5, different: 1, logged: 1 });
});
