import * as operations from '../../schema/generated/operations';
import { watchHotlines } from '../../src/contact/watch-hotlines.job';
import { OutboxFeed } from '../../src/platform/database/outbox-feed';
import { createLog } from '../../src/platform/log';
import { must, person } from '../referrals/friends';
import { startScene, type Scene } from './scene';

let s: Scene;
beforeAll(async () => (s = await startScene()));
afterEach(() => s.hangUp());
afterAll(() => s.t.close());

const consents = [{ purpose: 'MESSAGES', granted: true }];

test('a brand and its customer hear at once what was allowed and taken back', async () => {
  const document = operations.ConsentChangedDocument.toString();
  const ofBrand = await s.follow('WebSocket', document, s.a.apiKey);
  const ofPerson = await s.follow('WebSocket', document, await s.token(s.a));
  const customer = { externalId: 'asha' };
  for (const word of ['grant-consent', 'withdraw-consent']) {
    await must(s.t, s.a.apiKey, word, { customer, purpose: 'MARKETING' });
  }
  for (const listener of [ofBrand, ofPerson]) {
    const updates = await listener.have(2);
    expect(updates.map((update) => update.data?.['consentChanged'])).toMatchObject([
      { purpose: 'MARKETING', granted: true, toldBy: 'BRAND' },
      { purpose: 'MARKETING', granted: false, toldBy: 'BRAND' },
    ]);
  }
});

test('what happens next waits for what is read slowly', async () => {
  const { database } = s.t.service;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  let slow = false;
  const reads: typeof database.reads = (scope) => {
    const session = database.reads(scope);
    const query = session.query.bind(session);
    const late = slow ? 1000 : 0;
    slow = false;
    session.query = async (...asked) => {
      await pause(late);
      return query(...asked) as never;
    };
    return session;
  };
  const feed = new OutboxFeed({ settings: database.settings, reads }, createLog('silent'));
  try {
    const topics = ['consent.changed'];
    const heard = await feed.follow({ topics, brandId: null, customerId: null });
    slow = true;
    const customer = { externalId: 'asha' };
    for (const word of ['grant-consent', 'withdraw-consent']) {
      await must(s.t, s.a.apiKey, word, { customer, purpose: 'MARKETING' });
      await pause(100);
    }
    const ids = [(await heard.next()).value.id, (await heard.next()).value.id] as number[];
    expect(ids).toEqual([...ids].sort((one, next) => one - next));
  } finally {
    await feed.close();
  }
});

test('a brand hears of a line it has lost, and the other brand does not', async () => {
  const document = operations.HotlineLostDocument.toString();
  const listener = await s.follow('WebSocket', document, s.a.apiKey);
  const foreign = await s.follow('WebSocket', document, s.b.apiKey);
  const rohit = await person(s.t, s.a, { email: 'rohit@example.in', consents });
  const by = { customer: { id: rohit.id } };
  await must(s.t, s.a.apiKey, 'record-attention', { ...by, action: 'SCAN' });
  await must(s.t, s.a.apiKey, 'withdraw-consent', { ...by, purpose: 'MESSAGES' });
  const { config, database, log } = s.t.service;
  await watchHotlines.run({ config, database, clock: s.t.clock, log, limits: config.limits });
  const [update] = await listener.have(1);
  expect(update?.errors).toBeUndefined();
  expect(update?.data?.['hotlineLost']).toMatchObject({
    cause: 'CONSENT',
    customer: { id: rohit.id },
  });
  expect(foreign.results).toEqual([]);
});
