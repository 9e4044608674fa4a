import { dispatchOutbox } from '../../src/webhooks/dispatch-outbox.job';
import { forgetEvents } from '../../src/webhooks/forget-events.job';
import { afterwards, cleanUp } from '../support/afterwards';
import type { TestService } from '../support/test-service';
import { day, deliver, Desk, jobContextOf, startSendingService } from './desk';
import { Receiver } from './receiver';

let t: TestService;
let desk: Desk;

beforeEach(async () => {
  t = await startSendingService();
  desk = await Desk.create(t, 'announcer');
});
afterEach(async () => {
  await cleanUp();
  await t.close();
});

/** That a customer of whom nothing was known is active, and how attentive, of which nobody here is told. */
const changesOfOne = 2;

async function count(sql: string): Promise<number> {
  const [row] = await t.database.query<{ count: string }>(`SELECT count(*) FROM ${sql}`);
  return Number(row?.count);
}

test('Many processes dispatch an event once to each endpoint', async () => {
  await desk.endpoint('https://a.example.in/');
  await desk.endpoint('https://b.example.in/', ['mu.granted']);
  await desk.happen(30);
  const others = await Promise.all([1, 2].map(() => startSendingService({ database: t.database })));
  for (const one of others) afterwards(() => one.close());
  const taken = await Promise.all(
    [t, ...others].map((one) => dispatchOutbox.run(jobContextOf(one))),
  );
  expect(taken.reduce((sum, one) => sum + one, 0)).toBe(30 + changesOfOne);
  expect(await count('webhook_deliveries')).toBe(60);
  expect(await count('outbox WHERE dispatched_at IS NULL')).toBe(0);
});

test('An endpoint that is switched off while events are dispatched keeps nothing waiting', async () => {
  const { id } = await desk.endpoint('https://a.example.in/');
  await desk.happen(20);
  await Promise.all([
    dispatchOutbox.run(jobContextOf(t)),
    desk.send('updateWebhookEndpoint', { id, active: false }),
  ]);
  expect(await count(`webhook_deliveries WHERE state = 'PENDING'`)).toBe(0);
});

test('A dispatch that fails loses nothing and tells nothing twice', async () => {
  const receiver = await Receiver.start();
  await desk.endpoint(receiver.url);
  await desk.happen(3);
  await t.database.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'broken by the test'; END $$`);
  await t.database.query(
    `CREATE TRIGGER refuse BEFORE UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION refuse()`,
  );
  await expect(dispatchOutbox.run(jobContextOf(t))).rejects.toThrow('broken by the test');
  expect(await count('webhook_deliveries')).toBe(0);
  await t.database.query('DROP TRIGGER refuse ON outbox');
  await deliver(t);
  await deliver(t);
  expect(receiver.received).toHaveLength(3);
});

test('Events and what became of them go after thirty days, and not before, and not unsent', async () => {
  const receiver = await Receiver.start();
  await desk.endpoint(receiver.url);
  await desk.happen(2);
  await deliver(t);
  await desk.happen();
  const forget = () => forgetEvents.run(jobContextOf(t));
  t.clock.offsetMs += 30 * day - 60_000;
  expect(await forget()).toBe(0);
  t.clock.offsetMs += 2 * 60_000;
  expect(await forget()).toBe(4 + changesOfOne);
  expect(await count('outbox')).toBe(1 + changesOfOne);
  expect(await count('webhook_deliveries')).toBe(0);
  await deliver(t);
  expect(receiver.received).toHaveLength(3);
  expect(await forget()).toBe(1 + changesOfOne);
  expect(await count('outbox')).toBe(0);
});
