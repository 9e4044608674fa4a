import { operation } from '../contact/writing';
import { codesOf, must } from '../referrals/friends';
import type { Data } from '../support/test-service';
import { BoxDesk, tokenOf } from './desk';

let desk: BoxDesk;
afterEach(() => desk.t.close());

const micronOf = (thread: Data | undefined) => thread?.['newest'] as Data;

test('a thread has the newest micron, what it offers, and how many are unread', async () => {
  desk = await BoxDesk.open(1);
  const a = desk.brand(0);
  await desk.allow(a);
  await desk.deliver(a, { subject: 'the first' });
  const closesAt = new Date(Date.now() + 86_400_000);
  closesAt.setMilliseconds(0);
  await desk.deliver(a, { subject: 'the second', openMu: 2, actionMuMax: 9, expiresAt: closesAt });
  const [thread] = await desk.threads();
  expect(thread).toMatchObject({
    brand: { id: a.id },
    unread: 2,
    rank: { position: 1, index: 0, reason: 'NEW', modelVersion: 'attention-1' },
    microns: { nodes: [{ subject: 'the second' }, { subject: 'the first' }] },
  });
  expect(micronOf(thread)).toMatchObject({
    subject: 'the second',
    kind: 'MICRON',
    channel: 'EMAIL',
    readAt: null,
    savedAt: null,
    offer: {
      openMu: 2,
      actionMu: 9,
      closesAt: closesAt.toISOString(),
      openEarned: false,
      earned: 0,
    },
  });
});

test('what was earned is offered no more, and neither is what has closed', async () => {
  desk = await BoxDesk.open(1);
  const a = desk.brand(0);
  await desk.allow(a);
  for (const [action, amount] of [
    ['OPEN', 1],
    ['SURVEY', 3],
  ]) {
    await must(desk.t, a.apiKey, 'upsert-earn-rule', { name: action, action, amount });
  }
  const { message } = await must(desk.t, a.apiKey, 'record-message', {
    externalId: 'paid',
    channel: 'EMAIL',
    kind: 'MICRON',
    openMu: 1,
    actionMuMax: 10,
    audience: 5,
    expiresAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
  });
  const messageId = message.id as string;
  await must(desk.t, a.apiKey, 'record-deliveries', {
    messageId,
    customers: [{ externalId: 'asha' }],
  });
  const offer = async () => micronOf((await desk.threads())[0])['offer'] as Data;
  expect(await offer()).toMatchObject({ openMu: 1, actionMu: 10, openEarned: false, earned: 0 });
  await desk.send('mark-micron-read', { micronId: await desk.newest(a) });
  expect(await offer()).toMatchObject({ openMu: 1, openEarned: false, earned: 0 });
  for (const action of ['OPEN', 'SURVEY']) await desk.attend(a, { messageId, action });
  expect(await offer()).toMatchObject({ openMu: 0, actionMu: 7, openEarned: true, earned: 4 });
  await desk.pass(3);
  expect(await offer()).toMatchObject({ openMu: 0, actionMu: 0, openEarned: true, earned: 4 });
});

test('the brand one attends to comes first, and the one one ignores sinks below the new one', async () => {
  desk = await BoxDesk.open(4, { limits: { micronboxIgnored: 2 } });
  for (const brand of desk.brands) await desk.allow(brand);
  const [quiet, loved, ignored, fresh] = desk.brands as [never, never, never, never];
  await desk.deliver(quiet);
  await desk.deliver(loved);
  await desk.attend(quiet, { action: 'SCAN' });
  for (const action of ['SURVEY', 'SCAN']) await desk.attend(loved, { action });
  for (let sent = 0; sent < 2; sent += 1) await desk.deliver(ignored);
  await desk.deliver(fresh);
  expect(await desk.order()).toEqual(['box-1', 'box-0', 'box-3', 'box-2']);
  const reasons = (await desk.threads()).map(({ rank }) => (rank as Data)['reason'] as string);
  expect(reasons).toEqual(['ATTENTION', 'ATTENTION', 'NEW', 'IGNORED']);
  // Read in the box, it is heeded; a day on, attention to the others has faded but not turned.
  await desk.send('mark-micron-read', { micronId: await desk.newest(ignored) });
  await desk.pass(1);
  const order = await desk.order();
  expect(order.slice(0, 2)).toEqual(['box-1', 'box-0']);
  const last = (await desk.threads()).find(({ rank }) => (rank as Data)['reason'] === 'IGNORED');
  expect(last).toBeUndefined();
});

test('pages fit together while microns arrive between them', async () => {
  desk = await BoxDesk.open(5, { limits: { micronboxIgnored: 2 } });
  for (const brand of desk.brands) {
    await desk.allow(brand);
    await desk.deliver(brand);
  }
  await desk.attend(desk.brand(3));
  const whole = await desk.order();
  const seen: string[] = [];
  for (let after: string | null = null; ;) {
    const page = await desk.page({ first: 2, after });
    const nodes = page['nodes'] as Data[];
    seen.push(...nodes.map(({ brand }) => (brand as Data)['name'] as string));
    // Two more from a brand that was on the page: it sinks, and is not met again further down.
    const first = desk.brands.find(({ id }) => id === (nodes[0]?.['brand'] as Data)['id']);
    for (let sent = 0; sent < 2; sent += 1) await desk.deliver(first as never);
    const place = page['pageInfo'] as { hasNextPage: boolean; endCursor: string };
    if (!place.hasNextPage) break;
    after = place.endCursor;
  }
  expect(seen).toEqual(whole);
  expect(await desk.order()).not.toEqual(whole);
});

test('the box of a person is the same whichever brand signed them in', async () => {
  desk = await BoxDesk.open(2);
  for (const brand of desk.brands) {
    await desk.allow(brand);
    await desk.deliver(brand);
  }
  const other = await tokenOf(desk.t, desk.brand(1));
  const withoutMoment = (page: Data) =>
    JSON.parse(JSON.stringify(page).replaceAll(/"(asOf|endCursor)":"[^"]*"/g, '"$1":""')) as Data;
  expect(withoutMoment(await desk.page({}, other))).toEqual(withoutMoment(await desk.page()));
  const micronId = await desk.newest(desk.brand(0));
  const { micron } = await desk.send('save-micron', { micronId }, other);
  expect(micron).toMatchObject({ id: micronId, folder: 'SAVED' });
});

test('a page of threads with their microns takes as many statements as one thread', async () => {
  desk = await BoxDesk.open(6);
  const statements = async () => {
    return (await desk.t.run(operation('my-micronbox'), {}, desk.token)).statements;
  };
  await desk.allow(desk.brand(0));
  await desk.deliver(desk.brand(0));
  const ofOne = await statements();
  for (const brand of desk.brands.slice(1)) {
    await desk.allow(brand);
    await desk.deliver(brand);
  }
  expect(await statements()).toBe(ofOne);
});

test('a person saves as many microns of a brand as a shelf holds, and not one more', async () => {
  desk = await BoxDesk.open(2, { limits: { micronboxSaved: 2 } });
  const [a, b] = [desk.brand(0), desk.brand(1)];
  await desk.allow(a);
  await desk.allow(b);
  for (let sent = 0; sent < 3; sent += 1) await desk.deliver(a);
  await desk.deliver(b);
  const ids = (
    (await desk.threads()).find(({ brand }) => (brand as Data)['id'] === a.id)?.['microns'] as {
      nodes: Data[];
    }
  ).nodes.map(({ id }) => id as string);
  const codes = await Promise.all(
    ids.map(async (micronId) => codesOf(await desk.send('save-micron', { micronId }))),
  );
  expect(codes.flat()).toEqual(['LIMIT_EXCEEDED']);
  expect(await desk.subjects(a, 'SAVED')).toHaveLength(2);
  const kept = await desk.newest(a, 'SAVED');
  expect(codesOf(await desk.send('save-micron', { micronId: kept }))).toEqual([]);
  expect(codesOf(await desk.send('save-micron', { micronId: await desk.newest(b) }))).toEqual([]);
  await desk.send('unsave-micron', { micronId: kept });
  expect(codesOf(await desk.send('save-micron', { micronId: kept }))).toEqual([]);
});
