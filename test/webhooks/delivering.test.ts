import { Webhook } from 'standardwebhooks';
import { afterwards, cleanUp } from '../support/afterwards';
import type { TestService } from '../support/test-service';
import { day, deliver, Desk, hour, second, startSendingService } from './desk';
import { Receiver } from './receiver';

let t: TestService;
let desk: Desk;
let receiver: Receiver;
let names = 0;

beforeAll(async () => (t = await startSendingService()));
afterAll(() => t.close());
beforeEach(async () => {
  desk = await Desk.create(t, `sender-${(names += 1)}`);
  receiver = await Receiver.start();
});
afterEach(cleanUp);

describe('An event', () => {
  test('reaches the endpoint signed, so that the library of Standard Webhooks verifies it', async () => {
    const { secret } = await desk.endpoint(receiver.url);
    await desk.happen();
    await deliver(t);
    const [request] = receiver.received;
    const headers = request!.headers as Record<string, string>;
    expect(new Webhook(secret).verify(request!.text, headers)).toEqual(request!.body);
    const forged = request!.text.replace('10', '99');
    expect(() => new Webhook(secret).verify(forged, headers)).toThrow('No matching signature');
    expect(request!.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^whd_[0-9a-z]{26}$/),
    });
  });

  test('says what happened, to whom and when, by ids and the name the brand gave', async () => {
    await desk.endpoint(receiver.url);
    const { id, externalId } = await desk.happen();
    await deliver(t);
    const granted = receiver.received.map(({ body }) => body);
    expect(granted).toEqual([
      {
        type: 'mu.granted',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        data: {
          brandId: desk.scene.brand.id,
          customerId: id,
          customerExternalId: externalId,
          entryId: expect.stringMatching(/^ent_/),
          transferId: expect.stringMatching(/^trf_/),
          kind: 'GRANT',
          amount: 10,
          reason: expect.any(String),
        },
      },
    ]);
  });

  test('reaches those endpoints of its brand that want its topic, each once', async () => {
    const [all, other, foreign] = [receiver, await Receiver.start(), await Receiver.start()];
    await desk.endpoint(all.url, ['*']);
    await desk.endpoint(other.url, ['wallet.changed']);
    const stranger = await Desk.create(t, `stranger-${names}`);
    await stranger.endpoint(foreign.url);
    const { externalId } = await desk.happen(2);
    await desk.scene.redemptionOf({ externalId }, 7);
    await deliver(t);
    await deliver(t);
    const types = (one: Receiver) =>
      one.received
        .map(({ body }) => body.type)
        .filter((type) => type !== 'redemption.changed')
        .sort();
    expect(types(all)).toEqual([
      'attention.changed',
      'dormancy.changed',
      'mu.granted',
      'mu.granted',
      'wallet.changed',
    ]);
    expect(types(other)).toEqual(['wallet.changed']);
    expect(types(foreign)).toEqual([]);
  });

  test('needs no dispatch when nobody listens', async () => {
    await desk.happen();
    const [{ waiting }] = (await t.database.query(
      'SELECT count(*)::integer AS waiting FROM outbox WHERE dispatched_at IS NULL',
    )) as [{ waiting: number }];
    expect(waiting).toBe(0);
    await deliver(t);
    expect(receiver.received).toEqual([]);
  });
});

describe('An endpoint that does not take an event', () => {
  test('gets it again after five seconds, with the id it had', async () => {
    const { id } = await desk.endpoint(receiver.url);
    receiver.always(500);
    await desk.happen();
    const before = Date.now() + t.clock.offsetMs;
    await deliver(t);
    const [first] = await desk.deliveries(id);
    expect(first).toMatchObject({ state: 'PENDING', attempts: 1, lastStatus: 500 });
    expect(first!['failure']).toBe('STATUS');
    const pause = Date.parse(first!['nextAttemptAt'] as string) - before;
    expect(pause).toBeGreaterThan(4 * second);
    expect(pause).toBeLessThan(20 * second);

    await deliver(t);
    expect(receiver.received).toHaveLength(1);
    receiver.always(200);
    t.clock.offsetMs += 30 * second;
    await deliver(t);
    const [one, again] = receiver.received;
    expect(again!.id).toBe(one!.id);
    expect(again!.text).toBe(one!.text);
    const [second_] = await desk.deliveries(id);
    expect(second_).toMatchObject({ state: 'DELIVERED', attempts: 2, failure: null });
    expect(second_!['deliveredAt']).not.toBeNull();
    expect((await desk.endpointState(id))['failingSince']).toBeNull();
  });

  test('is left alone after the last attempt, until somebody asks', async () => {
    const patient = await startSendingService({
      database: t.database,
      limits: { webhookAttempts: 3 },
    });
    afterwards(() => patient.close());
    patient.clock.offsetMs = t.clock.offsetMs;
    const { id } = await desk.endpoint(receiver.url);
    receiver.always(503);
    await desk.send('sendTestWebhook', { endpointId: id });
    for (const state of ['PENDING', 'PENDING', 'FAILED', 'FAILED']) {
      await deliver(patient);
      expect((await desk.deliveries(id))[0]!['state']).toBe(state);
      patient.clock.offsetMs += hour;
    }
    expect(receiver.received).toHaveLength(3);
    receiver.always(200);
    t.clock.offsetMs = patient.clock.offsetMs;
    const [{ id: deliveryId }] = (await desk.deliveries(id)) as [{ id: string }];
    const again = await desk.send('replayWebhook', { deliveryId });
    expect(again['webhookDelivery']).toMatchObject({ state: 'PENDING', attempts: 0 });
    await deliver(patient);
    expect(new Set(receiver.received.map((one) => one.id))).toEqual(new Set([deliveryId]));
    expect((await desk.deliveries(id))[0]).toMatchObject({ state: 'DELIVERED', attempts: 1 });
  });

  test('may ask in Retry-After for a longer pause, up to a day, and for no shorter one', async () => {
    const asks: [string, number, number][] = [
      ['3600', hour, hour + 10 * second],
      ['1', 4 * second, 20 * second],
      ['99999999', day, day + 10 * second],
      [new Date(Date.now() + 2 * hour).toUTCString(), hour + 50 * 60_000, 2 * hour + 10 * second],
      ['soon', 4 * second, 20 * second],
    ];
    for (const [header, least, most] of asks) {
      const one = await Receiver.start();
      one.always(429, { 'retry-after': header });
      const { id } = await desk.endpoint(one.url, ['wallet.changed']);
      await desk.send('sendTestWebhook', { endpointId: id });
      const before = Date.now() + t.clock.offsetMs;
      await deliver(t);
      const [delivery] = await desk.deliveries(id);
      const pause = Date.parse(delivery!['nextAttemptAt'] as string) - before;
      expect([header, pause >= least - second, pause <= most]).toEqual([header, true, true]);
    }
  });

  test('is gone when it says 410, and nothing waits for it any more', async () => {
    const { id } = await desk.endpoint(receiver.url);
    receiver.answer = (response) =>
      response.writeHead(receiver.received.length === 1 ? 500 : 410).end();
    await desk.happen();
    await deliver(t);
    await desk.happen();
    await deliver(t);
    expect(receiver.received).toHaveLength(2);
    const state = await desk.endpointState(id);
    expect(state).toMatchObject({ state: 'GONE' });
    expect(state['deliveries'].nodes.map((one: { failure: string }) => one.failure).sort()).toEqual(
      ['ENDPOINT_INACTIVE', 'STATUS'],
    );
    expect((await desk.deliveries(id)).map((one) => one['state'])).toEqual(['FAILED', 'FAILED']);
    t.clock.offsetMs += day;
    await desk.happen();
    await deliver(t);
    expect(receiver.received).toHaveLength(2);
  });

  test('is switched off when it has failed for five days and on no day before', async () => {
    const { id } = await desk.endpoint(receiver.url);
    receiver.always(500);
    await desk.happen();
    await deliver(t);
    t.clock.offsetMs += 5 * day - 60 * second;
    await deliver(t);
    expect((await desk.endpointState(id))['state']).toBe('ACTIVE');
    t.clock.offsetMs += 2 * 60 * second;
    await desk.happen();
    await deliver(t);
    expect((await desk.endpointState(id))['state']).toBe('FAILED');
    const states = (await desk.deliveries(id)).map((one) => one['state']);
    expect(states).toEqual(['FAILED', 'FAILED']);
  });

  test('that moved is not followed', async () => {
    const elsewhere = await Receiver.start();
    const { id } = await desk.endpoint(receiver.url);
    for (const status of [301, 302, 307, 308]) {
      receiver.always(status, { location: elsewhere.url });
      await desk.send('sendTestWebhook', { endpointId: id });
      await deliver(t);
      const [delivery] = await desk.deliveries(id);
      expect(delivery).toMatchObject({ state: 'PENDING', failure: 'STATUS', lastStatus: status });
      t.clock.offsetMs += day;
    }
    expect(elsewhere.received).toEqual([]);
  });

  test('that nobody is at is unreachable', async () => {
    const { id } = await desk.endpoint(receiver.url);
    await receiver.close();
    await desk.happen();
    await deliver(t);
    expect(await desk.deliveries(id)).toMatchObject([
      { state: 'PENDING', failure: 'UNREACHABLE', lastStatus: null },
    ]);
  });
});

test('An answer that does not end is taken by its status', async () => {
  const { id } = await desk.endpoint(receiver.url);
  receiver.answer = (response) => {
    response.writeHead(200);
    const stream = setInterval(() => response.write('x'.repeat(4096)), 1);
    response.on('close', () => clearInterval(stream));
  };
  await desk.happen();
  await deliver(t);
  expect(await desk.deliveries(id)).toMatchObject([{ state: 'DELIVERED', lastStatus: 200 }]);
});

test('An answer that does not come is given up at the time limit', async () => {
  const quick = await startSendingService({
    database: t.database,
    limits: { webhookTimeoutMs: 200 },
  });
  afterwards(() => quick.close());
  quick.clock.offsetMs = t.clock.offsetMs;
  const { id } = await desk.endpoint(receiver.url);
  receiver.answer = () => undefined;
  await desk.happen();
  await deliver(quick);
  expect(await desk.deliveries(id)).toMatchObject([
    { state: 'PENDING', failure: 'TIMEOUT', lastStatus: null, attempts: 1 },
  ]);
});
