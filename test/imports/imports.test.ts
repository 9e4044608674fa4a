import { Lab } from '../experiments/lab';
import { newKey, type Data } from '../support/test-service';
import { bring, call, imported, mapping, person, standingOf, track, work } from './desk';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
});

afterAll(() => lab.t.close());

const order = (id: string, userId: string, said: Data = {}): Data =>
  track('Order Completed', userId, {
    properties: {
      order_id: id,
      total: 27.5,
      currency: 'inr',
      products: [{ product_id: 'p-1', quantity: 2 }, { product_id: 'p-2' }],
      ...said,
    },
  });

describe('An import', () => {
  it('records attention, orders and customers of the calls of a platform', async () => {
    const events = [
      call('identify', { userId: 'i-1', traits: { name: 'Ana', email: 'ana@mail.in', age: 3 } }),
      call('page', { userId: 'i-1', name: 'Home', properties: { path: '/', title: 'Home' } }),
      track('Email Opened', 'i-1'),
      track('Email Link Clicked', 'i-1', { properties: { channel: 'sms' } }),
      track('Product Viewed', 'i-1'),
      order('o-1', 'i-1'),
    ];
    const done = await imported(lab, events);
    expect(done).toMatchObject({
      status: 'DONE',
      received: 6,
      recorded: 5,
      ignored: 1,
      refused: 0,
    });
    expect(done['finishedAt']).not.toBeNull();
    const ana = await person(lab, 'i-1');
    expect(ana?.['traits']).toEqual({ name: 'Ana' });
    const seen = (ana?.['attention'].nodes as Data[]).map(
      ({ action, channel, properties }) => `${action} ${channel} ${JSON.stringify(properties)}`,
    );
    expect(seen.sort()).toEqual(['CLICK SMS null', 'OPEN EMAIL null', 'VISIT WEB {"path":"/"}']);
    expect(ana?.['purchases'].nodes).toMatchObject([{ externalId: 'o-1', items: 3 }]);
  });

  it('counts an event once by its messageId, in the same call, in another, and in another import', async () => {
    const event = track('Email Opened', 'i-2');
    const { importJob } = await bring(lab, [event, event]);
    expect(importJob).toMatchObject({ received: 2, duplicates: 1 });
    const again = await bring(lab, [event, track('Email Opened', 'i-2')], {
      importJob: importJob['id'],
    });
    expect(again).toMatchObject({ firstIndex: 2, importJob: { received: 4, duplicates: 2 } });
    expect(await imported(lab, [event])).toMatchObject({ recorded: 0, duplicates: 1 });
    expect(await standingOf(lab, importJob['id'] as string)).toMatchObject({ recorded: 2 });
    expect((await person(lab, 'i-2'))?.['attention'].nodes).toHaveLength(2);
  });

  it('takes an order that was told before by other means as known', async () => {
    await imported(lab, [order('o-2', 'i-3')]);
    const done = await imported(lab, [order('o-2', 'i-3')]);
    expect(done).toMatchObject({ recorded: 0, duplicates: 1, refused: 0 });
  });

  it('refuses bad rows one by one with place, code and field, and loses nothing', async () => {
    const noTime = track('Email Opened', 'i-4', { timestamp: 'yesterday' });
    const events = [
      track('Email Opened', 'i-4'),
      noTime,
      track('Email Opened', 'i-4', { messageId: null }),
      call('track', { event: 'Email Opened', properties: {} }),
      track('Cart Abandoned', 'i-4'),
      call('group', { userId: 'i-4', groupId: 'g' }),
      order('o-4', 'i-4', { total: 'much' }),
      order('o-5', 'i-4', { order_id: null }),
      track('Email Opened', '{{user_id}}'),
      track('Email Link Clicked', 'i-4', { properties: { channel: 'pigeon' } }),
      track('Email Opened', 'i-4', { timestamp: '2020-01-01T00:00:00Z' }),
      track('Email Opened', 'i-4'),
    ];
    const done = await imported(lab, events);
    expect(done).toMatchObject({ received: 12, recorded: 2, refused: 10, status: 'DONE' });
    const seen = (done['refusals'] as Data[]).map(({ index, code, field }) => [index, code, field]);
    expect(seen).toEqual([
      [1, 'INVALID_VALUE', ['timestamp']],
      [2, 'INVALID_VALUE', ['messageId']],
      [3, 'INVALID_VALUE', ['userId']],
      [4, 'NOT_FOUND', ['event']],
      [5, 'NOT_FOUND', ['event']],
      [6, 'INVALID_VALUE', ['properties', 'total']],
      [7, 'INVALID_VALUE', ['properties', 'order_id']],
      [8, 'PLACEHOLDER_IDENTITY', ['userId']],
      [9, 'INVALID_VALUE', ['properties', 'channel']],
      [10, 'OCCURRED_AT_TOO_OLD', ['timestamp']],
    ]);
    expect(done['refusals'][0].event).toEqual(noTime);
    const mended = { ...noTime, timestamp: new Date().toISOString() };
    expect(await imported(lab, [mended])).toMatchObject({ recorded: 1, duplicates: 0 });
  });

  it('takes a refused event again once it is mended, also one the job refused', async () => {
    const event = track('Email Opened', 'i-5', { timestamp: '2020-01-01T00:00:00Z' });
    expect(await imported(lab, [event])).toMatchObject({ refused: 1 });
    expect(await imported(lab, [event], { backfill: true })).toMatchObject({ recorded: 1 });
  });

  it('makes no customers unless the mapping says so', async () => {
    const strict = { ...mapping, createCustomers: false };
    const done = await imported(lab, [track('Email Opened', 'i-6')], { mapping: strict });
    expect(done['refusals']).toMatchObject([{ code: 'NOT_FOUND', field: ['userId'] }]);
    expect(await person(lab, 'i-6')).toBeNull();
  });

  it('knows who an unknown visitor was when a later call says both', async () => {
    const anonymousId = `anon-${newKey()}`;
    await imported(lab, [call('page', { anonymousId, name: 'Home', properties: { path: '/x' } })]);
    await imported(lab, [call('identify', { anonymousId, userId: 'i-7', traits: {} })]);
    expect((await person(lab, 'i-7'))?.['attention'].nodes).toMatchObject([{ action: 'VISIT' }]);
  });
});

describe('A call of an import', () => {
  it('answers the same again for its key, and takes nothing in twice', async () => {
    const input = { idempotencyKey: newKey() };
    const events = [track('Email Opened', 'i-8')];
    const first = await bring(lab, events, input);
    await work(lab);
    const second = await bring(lab, events, input);
    expect(second).toMatchObject({ replayed: true, importJob: { id: first['importJob'].id } });
    expect(second['importJob']).toMatchObject({ received: 1, recorded: 1, duplicates: 0 });
  });

  it('uses a mapping the brand keeps, and the import keeps the one it began with', async () => {
    await lab.do('upsert-event-mapping', { key: 'web', mapping });
    const { importJob } = await bring(lab, [track('Email Opened', 'i-9')], { mappingKey: 'web' });
    const { eventMapping } = await lab.do('upsert-event-mapping', {
      key: 'web',
      mapping: { ...mapping, rules: [{ type: 'TRACK', becomes: { nothing: true } }] },
    });
    expect(eventMapping['mapping'].rules).toEqual([{ type: 'TRACK', becomes: { nothing: true } }]);
    const id = importJob['id'] as string;
    await bring(lab, [track('Email Opened', 'i-9')], { importJob: id });
    await work(lab);
    expect(await standingOf(lab, id)).toMatchObject({ received: 2, recorded: 2, ignored: 0 });
    const next = await bring(lab, [track('Email Opened', 'i-9')], { mappingKey: 'web' });
    expect(next['importJob']).toMatchObject({ ignored: 1, status: 'DONE' });
  });
});
