import type { ServerResponse } from 'node:http';
import type { JobContext } from '../../src/platform/feature';
import { Courier } from '../../src/webhooks/courier';
import { post } from '../../src/webhooks/post';
import { dispatchOutbox } from '../../src/webhooks/dispatch-outbox.job';
import { afterwards, cleanUp } from '../support/afterwards';
import type { TestService } from '../support/test-service';
import { deliver, Desk, jobContextOf, startSendingService } from './desk';
import { Receiver } from './receiver';

let t: TestService;
let desk: Desk;
let names = 0;

beforeEach(async () => {
  t = await startSendingService({ limits: { webhookConcurrency: 8, jobIntervalMs: 20 } });
  desk = await Desk.create(t, `sender-${(names += 1)}`);
});
afterEach(async () => {
  await cleanUp();
  await t.close();
});

/** Holds every answer until `release`. */
function holding(receiver: Receiver): { release(status?: number): void } {
  const held: ServerResponse[] = [];
  let released: number | null = null;
  receiver.answer = (response) => {
    if (released === null) held.push(response);
    else response.writeHead(released).end();
  };
  return {
    release(status = 200) {
      released = status;
      for (const response of held.splice(0)) response.writeHead(status).end();
    },
  };
}

async function until(what: () => boolean | Promise<boolean>, turn: () => Promise<unknown>) {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await what()) return;
    await turn();
  }
  throw new Error('it never came to that');
}

test('An endpoint that does not answer holds up nobody, however much waits for it', async () => {
  const [dead, alive] = [await Receiver.start(), await Receiver.start()];
  const gate = holding(dead);
  const held = await desk.endpoint(dead.url);
  const other = await Desk.create(t, `other-${names}`);
  await desk.happen(40);
  await dispatchOutbox.run(jobContextOf(t));
  const { id } = await other.endpoint(alive.url);
  await other.happen(40);
  await dispatchOutbox.run(jobContextOf(t));
  const courier = new Courier(jobContextOf(t));
  await until(
    () => alive.received.length === 40,
    () => courier.turn(),
  );
  await courier.turn();
  const states = (await other.deliveries(id)).map((one) => one['state'] as string);
  expect(new Set(states)).toEqual(new Set(['DELIVERED']));
  expect(dead.received).toHaveLength(4);
  expect(dead.peak).toBe(4);
  gate.release();
  while ((await courier.turn()) > 0);
  expect(dead.received).toHaveLength(40);
  expect(dead.peak).toBe(4);
  expect((await desk.endpointState(held.id))['failingSince']).toBeNull();
});

test('An endpoint that fails gets one request at a time', async () => {
  const receiver = await Receiver.start();
  receiver.always(500);
  await desk.endpoint(receiver.url);
  await desk.happen();
  await deliver(t);
  await desk.happen(10);
  receiver.peak = 0;
  receiver.answer = (response) => void setTimeout(() => response.writeHead(500).end(), 20);
  await deliver(t);
  expect(receiver.received).toHaveLength(11);
  expect(receiver.peak).toBe(1);
});

test('Endpoints that fail leave half of the room to the others', async () => {
  const failing = await Promise.all(Array.from({ length: 10 }, () => Receiver.start()));
  for (const one of failing) {
    one.always(500);
    await desk.endpoint(one.url, ['mu.granted']);
  }
  await desk.happen();
  await deliver(t);
  const gates = failing.map(holding);
  await desk.happen();
  await dispatchOutbox.run(jobContextOf(t));
  const courier = new Courier(jobContextOf(t));
  await courier.turn();
  await courier.turn();
  const alive = await Receiver.start();
  const gate = holding(alive);
  const { id } = await desk.endpoint(alive.url, ['wallet.changed']);
  for (let tests = 0; tests < 5; tests += 1) await desk.send('sendTestWebhook', { endpointId: id });
  await until(
    () => alive.underWay === 4,
    () => courier.turn(),
  );
  const busy = failing.reduce((sum, one) => sum + one.underWay, 0);
  expect([busy, alive.underWay]).toEqual([4, 4]);
  for (const one of gates) one.release(500);
  gate.release();
  while ((await courier.turn()) > 0);
  expect(alive.received).toHaveLength(5);
});

test('Two processes never send one delivery at the same time, nor one endpoint too much', async () => {
  const receiver = await Receiver.start();
  receiver.answer = (response) => void setTimeout(() => response.writeHead(200).end(), 5);
  await desk.endpoint(receiver.url);
  const others = await Promise.all(
    [1, 2].map(() => startSendingService({ database: t.database, limits: { jobIntervalMs: 20 } })),
  );
  for (const one of others) afterwards(() => one.close());
  await desk.happen(60);
  await Promise.all([t, ...others].map(deliver));
  expect(receiver.received).toHaveLength(60);
  expect(new Set(receiver.idsReceived).size).toBe(60);
  expect(receiver.overlaps).toBe(0);
  expect(receiver.peak).toBeLessThanOrEqual(4);
});

test('What a process died with is sent again, with the id it had', async () => {
  const receiver = await Receiver.start();
  const { id } = await desk.endpoint(receiver.url);
  await desk.send('sendTestWebhook', { endpointId: id });
  const dying = jobContextOf(t);
  let transactions = 0;
  const database: JobContext['database'] = {
    ...dying.database,
    transact: (clock, work) => {
      transactions += 1;
      if (transactions > 1) return Promise.reject(new Error('killed'));
      return dying.database.transact(clock, work);
    },
  };
  await expect(new Courier({ ...dying, database }).turn()).rejects.toThrow('killed');
  expect(receiver.received).toHaveLength(1);
  expect(await desk.deliveries(id)).toMatchObject([{ state: 'PENDING', attempts: 1 }]);
  await deliver(t);
  expect(receiver.received).toHaveLength(1);
  t.clock.offsetMs += 71_000;
  await deliver(t);
  expect(receiver.received).toHaveLength(2);
  expect(new Set(receiver.idsReceived).size).toBe(1);
  expect(await desk.deliveries(id)).toMatchObject([{ state: 'DELIVERED', attempts: 2 }]);
});

test('What could not be stored is stored at the next turn', async () => {
  const receiver = await Receiver.start();
  const { id } = await desk.endpoint(receiver.url);
  await desk.send('sendTestWebhook', { endpointId: id });
  const context = jobContextOf(t);
  let transactions = 0;
  const database: JobContext['database'] = {
    ...context.database,
    transact: (clock, work) => {
      transactions += 1;
      if (transactions === 2) return Promise.reject(new Error('away for a moment'));
      return context.database.transact(clock, work);
    },
  };
  // One turn waits until the receiver has answered, on a busy machine too.
  const limits = { ...context.limits, jobIntervalMs: 60_000 };
  const courier = new Courier({ ...context, database, limits });
  await expect(courier.turn()).rejects.toThrow('away for a moment');
  while ((await courier.turn()) > 0);
  expect(await desk.deliveries(id)).toMatchObject([{ state: 'DELIVERED', attempts: 1 }]);
  expect(receiver.received).toHaveLength(1);
});

test('An answer that comes after the lease has passed on changes nothing', async () => {
  const receiver = await Receiver.start();
  const gate = holding(receiver);
  const { id } = await desk.endpoint(receiver.url);
  await desk.send('sendTestWebhook', { endpointId: id });
  const slow = new Courier(jobContextOf(t));
  await until(
    () => receiver.underWay === 1,
    () => slow.turn(),
  );
  t.clock.offsetMs += 71_000;
  const quick = await startSendingService({ database: t.database });
  afterwards(() => quick.close());
  quick.clock.offsetMs = t.clock.offsetMs;
  gate.release(500);
  receiver.always(200);
  await deliver(quick);
  expect(await desk.deliveries(id)).toMatchObject([{ state: 'DELIVERED' }]);
  while ((await slow.turn()) > 0);
  expect(await desk.deliveries(id)).toMatchObject([{ state: 'DELIVERED', failure: null }]);
});

test('A process that stops stores what came out and gives the rest to others', async () => {
  const [quick, slow] = [await Receiver.start(), await Receiver.start()];
  const gate = holding(slow);
  const one = await desk.endpoint(quick.url, ['wallet.changed']);
  const two = await desk.endpoint(slow.url, ['wallet.changed']);
  const aborted: string[] = [];
  const courier = new Courier(jobContextOf(t), async (parcel, signal) => {
    const receipt = await post(parcel, { timeoutMs: 10_000, allowPrivate: true, signal });
    if (signal.aborted) aborted.push(parcel.url);
    return receipt;
  });
  await desk.send('sendTestWebhook', { endpointId: one.id });
  await desk.send('sendTestWebhook', { endpointId: two.id });
  await until(
    () => slow.underWay === 1 && quick.received.length === 1,
    () => courier.turn(),
  );
  await courier.stop();
  expect(aborted).toEqual([slow.url]);
  expect(await desk.deliveries(one.id)).toMatchObject([{ state: 'DELIVERED' }]);
  expect(await desk.deliveries(two.id)).toMatchObject([{ state: 'PENDING', failure: null }]);
  gate.release();
  t.clock.offsetMs += 71_000;
  await deliver(t);
  expect(await desk.deliveries(two.id)).toMatchObject([{ state: 'DELIVERED', attempts: 2 }]);
});

test('The jobs of a running service deliver by themselves, and say so in figures', async () => {
  const receiver = await Receiver.start();
  const { id } = await desk.endpoint(receiver.url);
  const reports: Record<string, number> = {};
  const context: JobContext = {
    ...jobContextOf(t),
    report: ({ job, outcomes = {}, waiting }) => {
      for (const [outcome, count] of Object.entries(outcomes)) {
        reports[`${job} ${outcome}`] = (reports[`${job} ${outcome}`] ?? 0) + count;
      }
      if (waiting !== undefined) reports[`${job} waiting`] = waiting;
    },
  };
  await desk.happen(3);
  await dispatchOutbox.run(context);
  const courier = new Courier(context);
  receiver.answer = (response) =>
    response.writeHead(receiver.received.length === 1 ? 500 : 200).end();
  while ((await courier.turn()) > 0);
  expect(reports).toEqual({
    'dispatch-outbox dispatched': 5,
    'dispatch-outbox waiting': 0,
    'deliver-webhooks delivered': 2,
    'deliver-webhooks status': 1,
    'deliver-webhooks waiting': expect.any(Number),
  });
  expect((await desk.deliveries(id)).filter((one) => one['state'] === 'DELIVERED')).toHaveLength(2);
});
