import { cleanUp } from '../support/afterwards';
import { newKey, type TestService } from '../support/test-service';
import { day, deliver, Desk, refusalOf, startSendingService } from './desk';
import { Receiver } from './receiver';

let t: TestService;
let desk: Desk;
let names = 0;

beforeAll(async () => (t = await startSendingService()));
afterAll(() => t.close());
beforeEach(async () => (desk = await Desk.create(t, `owner-${(names += 1)}`)));
afterEach(cleanUp);

const url = 'https://hooks.example.in/mu?shop=1';

describe('Creating an endpoint', () => {
  test('shows its secret, and again to whoever repeats the call', async () => {
    const input = { url, topics: ['mu.granted', 'mu.granted'], idempotencyKey: newKey() };
    const made = await desk.send('createWebhookEndpoint', input);
    expect(made['webhookEndpoint']).toMatchObject({
      url,
      topics: ['mu.granted'],
      description: null,
      state: 'ACTIVE',
      failingSince: null,
    });
    const key = Buffer.from((made['secret'] as string).slice('whsec_'.length), 'base64');
    expect(key).toHaveLength(32);
    const again = await desk.send('createWebhookEndpoint', input);
    expect(again).toEqual({ ...made, replayed: true });
  });

  test('tells of everything unless topics are named, and of no topic there is not', async () => {
    const { webhookEndpoint } = await desk.send('createWebhookEndpoint', { url });
    expect(webhookEndpoint.topics).toEqual(['*']);
    const both = await desk.send('createWebhookEndpoint', { url, topics: ['mu.granted', '*'] });
    expect(both['webhookEndpoint'].topics).toEqual(['*']);
    for (const topics of [[], ['mu.stolen'], ['mu.granted', 'MU.GRANTED'], ['webhook.test']]) {
      const refused = await desk.send('createWebhookEndpoint', { url, topics });
      expect(refusalOf(refused)).toEqual([['INVALID_VALUE', ['topics']]]);
      expect(refused['secret']).toBeNull();
    }
  });

  test('is done for fifty of a brand and not for one more, until one is deleted', async () => {
    const create = () => desk.send('createWebhookEndpoint', { url });
    const made = await Promise.all(Array.from({ length: 50 }, create));
    expect(made.flatMap(refusalOf)).toEqual([]);
    expect(refusalOf(await create())).toEqual([['LIMIT_EXCEEDED', null]]);
    await desk.send('deleteWebhookEndpoint', { id: made[7]!['webhookEndpoint'].id });
    expect(refusalOf(await create())).toEqual([]);
  });

  test('stays below the limit also when all come at once', async () => {
    const create = () => desk.send('createWebhookEndpoint', { url });
    const made = await Promise.all(Array.from({ length: 60 }, create));
    expect(made.flatMap(refusalOf)).toHaveLength(10);
  });
});

describe('An endpoint', () => {
  test('that is paused is sent nothing, and what it missed when it asks for it', async () => {
    const receiver = await Receiver.start();
    const { id } = await desk.endpoint(receiver.url);
    await desk.happen();
    await deliver(t);
    expect(receiver.received).toHaveLength(1);
    const since = new Date(Date.now() + t.clock.offsetMs - 60_000).toISOString();

    receiver.always(500);
    await desk.happen();
    await deliver(t);
    const paused = await desk.send('updateWebhookEndpoint', { id, active: false });
    expect(paused['webhookEndpoint'].state).toBe('PAUSED');
    await desk.happen(2);
    await deliver(t);
    t.clock.offsetMs += day;
    await deliver(t);
    expect(receiver.received).toHaveLength(2);
    for (const mutation of ['sendTestWebhook', 'replayWebhooks']) {
      const input = { endpointId: id, ...(mutation === 'replayWebhooks' ? { since } : {}) };
      const refused = await desk.send(mutation, input);
      expect(refusalOf(refused)).toEqual([['ENDPOINT_INACTIVE', ['endpointId']]]);
    }

    receiver.always(200);
    await desk.send('updateWebhookEndpoint', { id, active: true });
    await deliver(t);
    expect(receiver.received).toHaveLength(2);
    const replayed = await desk.send('replayWebhooks', { endpointId: id, since });
    expect(replayed).toMatchObject({ queued: 3, hasMore: false });
    await deliver(t);
    expect(receiver.received).toHaveLength(5);
    expect(new Set(receiver.idsReceived).size).toBe(4);
    const again = await desk.send('replayWebhooks', { endpointId: id, since });
    expect(again).toMatchObject({ queued: 0, hasMore: false });
  });

  test('may move and change its topics; what is left out stays', async () => {
    const { id } = await desk.endpoint(url, ['mu.granted']);
    const moved = await desk.send('updateWebhookEndpoint', { id, url: 'https://b.example.in/' });
    expect(moved['webhookEndpoint']).toMatchObject({ topics: ['mu.granted'], description: null });
    const told = await desk.send('updateWebhookEndpoint', { id, topics: ['*'], description: 'x' });
    expect(told['webhookEndpoint']).toMatchObject({
      url: 'https://b.example.in/',
      topics: ['*'],
      description: 'x',
    });
    const bare = await desk.send('updateWebhookEndpoint', { id, description: null });
    expect(bare['webhookEndpoint'].description).toBeNull();
  });

  test('that is deleted stays readable by its id and is changed no more', async () => {
    const receiver = await Receiver.start();
    const { id } = await desk.endpoint(receiver.url);
    await desk.send('sendTestWebhook', { endpointId: id });
    const deleted = await desk.send('deleteWebhookEndpoint', { id });
    expect(deleted['webhookEndpoint'].state).toBe('DELETED');
    const again = await desk.send('deleteWebhookEndpoint', { id });
    expect(again['webhookEndpoint']).toEqual(deleted['webhookEndpoint']);
    await deliver(t);
    expect(receiver.received).toEqual([]);
    expect(await desk.deliveries(id)).toMatchObject([
      { topic: 'webhook.test', state: 'FAILED', failure: 'ENDPOINT_INACTIVE' },
    ]);
    for (const mutation of ['updateWebhookEndpoint', 'rotateWebhookSecret']) {
      const refused = await desk.send(mutation, { id });
      expect(refusalOf(refused)).toEqual([['ENDPOINT_INACTIVE', ['id']]]);
    }
    const { data } = await t.run('{ webhookEndpoints { nodes { id } } }', {}, desk.key);
    expect(data['webhookEndpoints'].nodes).toEqual([]);
  });

  test('of another brand is not found, nor are its deliveries', async () => {
    const { id } = await desk.endpoint(url);
    const { webhookDelivery } = await desk.send('sendTestWebhook', { endpointId: id });
    const stranger = await Desk.create(t, `stranger-${names}`);
    const tries: [string, Record<string, unknown>, string][] = [
      ['updateWebhookEndpoint', { id, active: false }, 'id'],
      ['rotateWebhookSecret', { id }, 'id'],
      ['deleteWebhookEndpoint', { id }, 'id'],
      ['sendTestWebhook', { endpointId: id }, 'endpointId'],
      ['replayWebhook', { deliveryId: webhookDelivery.id }, 'deliveryId'],
      ['replayWebhooks', { endpointId: id, since: '2026-01-01T00:00:00Z' }, 'endpointId'],
    ];
    for (const [mutation, input, field] of tries) {
      const refused = await stranger.send(mutation, input);
      expect([mutation, refusalOf(refused)]).toEqual([mutation, [['NOT_FOUND', [field]]]]);
    }
    for (const one of [id, webhookDelivery.id as string]) {
      const { data } = await t.run(
        'query ($id: ID!) { node(id: $id) { id } }',
        { id: one },
        stranger.key,
      );
      expect(data['node']).toBeNull();
    }
    expect((await desk.endpointState(id))['state']).toBe('ACTIVE');
  });

  test('shows nothing to a key without the scope', async () => {
    const { id } = await desk.endpoint(url);
    const { data } = await t.run(
      `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }`,
      { input: { name: 'reader', scopes: ['READ'], idempotencyKey: newKey() } },
      desk.key,
    );
    const reader = data['createApiKey'].secret as string;
    const read = await t.run('query ($id: ID!) { node(id: $id) { id } }', { id }, reader);
    expect(read.data['node']).toBeNull();
    await expect(t.run('{ webhookEndpoints { nodes { id } } }', {}, reader)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('A replay since a moment', () => {
  test('queues as many as the limit says, and says that there is more', async () => {
    const { id } = await desk.endpoint(url);
    await desk.send('updateWebhookEndpoint', { id, active: false });
    await desk.happen(3);
    await deliver(t);
    await desk.send('updateWebhookEndpoint', { id, active: true });
    const since = '2026-01-01T00:00:00Z';
    const { limits } = t.service.config;
    limits.webhookReplay = 2;
    try {
      const first = await desk.send('replayWebhooks', { endpointId: id, since });
      expect(first).toMatchObject({ queued: 2, hasMore: true });
      const rest = await desk.send('replayWebhooks', { endpointId: id, since });
      expect(rest).toMatchObject({ queued: 1, hasMore: false });
    } finally {
      limits.webhookReplay = 1000;
    }
    expect(await desk.deliveries(id)).toHaveLength(3);
  });

  test('asked for many times at once queues each event once', async () => {
    const { id } = await desk.endpoint(url);
    await desk.send('updateWebhookEndpoint', { id, active: false });
    await desk.happen(3);
    await deliver(t);
    await desk.send('updateWebhookEndpoint', { id, active: true });
    const input = { endpointId: id, since: '2026-01-01T00:00:00Z' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => desk.send('replayWebhooks', input)),
    );
    expect(answers.reduce((sum, { queued }) => sum + (queued as number), 0)).toBe(3);
    expect(await desk.deliveries(id)).toHaveLength(3);
  });
});
