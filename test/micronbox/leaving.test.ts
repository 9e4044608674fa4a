import { micronboxFeature } from '../../src/micronbox';
import { codesOf } from '../referrals/friends';
import type { Data } from '../support/test-service';
import { BoxDesk, dayMs } from './desk';

let desk: BoxDesk;
beforeEach(async () => {
  desk = await BoxDesk.open(1, { limits: { micronboxForgotten: 2 } });
  await desk.allow(desk.brand(0));
});
afterEach(() => desk.t.close());

const mark = async (file: string, micronId: string): Promise<Data> => {
  const { micron, userErrors } = await desk.send(file, { micronId });
  expect(userErrors).toEqual([]);
  return micron as Data;
};
const left = (micron: Data): number =>
  Math.round(
    (Date.parse(micron['leavesAt'] as string) - Date.now() - desk.t.clock.offsetMs) / dayMs,
  );

const forget = () => {
  const { config, database, log } = desk.t.service;
  const [job] = micronboxFeature.jobs;
  return job?.run({ config, database, clock: desk.t.clock, log, limits: config.limits });
};
const marks = () => desk.t.database.query('SELECT FROM micronbox_marks');

test('a micron leaves the box seven days after it was read, and the delivery stays', async () => {
  const a = desk.brand(0);
  await desk.deliver(a, { subject: 'read' });
  const read = await mark('mark-micron-read', await desk.newest(a));
  expect(left(read)).toBe(7);
  await desk.pass(6);
  expect(await desk.subjects(a)).toEqual(['read']);
  await desk.pass(1);
  expect(await desk.subjects(a)).toEqual([]);
  expect(codesOf(await desk.send('save-micron', { micronId: read['id'] }))).toEqual(['NOT_FOUND']);
  const document = `{ me { messages { nodes { message { subject } } } } }`;
  const { data } = await desk.t.run(document, {}, desk.token);
  expect(data['me'].messages.nodes).toEqual([{ message: { subject: 'read' } }]);
});

test('reading it again does not keep it longer', async () => {
  const a = desk.brand(0);
  await desk.deliver(a);
  const { id } = await mark('mark-micron-read', await desk.newest(a));
  await desk.pass(3);
  expect(left(await mark('mark-micron-read', id as string))).toBe(4);
});

test('one that nobody reads leaves after ninety days', async () => {
  const a = desk.brand(0);
  await desk.deliver(a, { subject: 'unread' });
  await desk.pass(89);
  expect(await desk.subjects(a)).toEqual(['unread']);
  await desk.pass(1);
  expect(await desk.subjects(a)).toEqual([]);
});

test('a saved one stays, and leaves a week after it was let go', async () => {
  const a = desk.brand(0);
  await desk.deliver(a, { subject: 'kept' });
  const id = await desk.newest(a);
  await mark('mark-micron-read', id);
  expect(await mark('save-micron', id)).toMatchObject({ folder: 'SAVED', leavesAt: null });
  expect(await desk.subjects(a)).toEqual([]);
  await desk.pass(400);
  expect(await forget()).toBe(0);
  expect(await desk.subjects(a, 'SAVED')).toEqual(['kept']);
  const gone = await mark('unsave-micron', id);
  expect(gone).toMatchObject({ folder: 'INBOX', savedAt: null });
  expect(left(gone)).toBe(7);
  await desk.pass(6);
  expect(await desk.subjects(a)).toEqual(['kept']);
  await desk.pass(1);
  expect(await desk.subjects(a)).toEqual([]);
});

test('an unread one that is let go early stays its ninety days', async () => {
  const a = desk.brand(0);
  await desk.deliver(a);
  const id = await desk.newest(a);
  await mark('save-micron', id);
  expect(left(await mark('unsave-micron', id))).toBe(90);
  expect(left(await mark('unsave-micron', id))).toBe(90);
});

test('what is noted of microns is forgotten once they cannot come back, a few at a time', async () => {
  const a = desk.brand(0);
  for (let sent = 0; sent < 3; sent += 1) {
    await desk.deliver(a);
    await mark('mark-micron-read', (await firstUnread())['id'] as string);
  }
  await desk.pass(8);
  expect(await forget()).toBe(0);
  expect(await desk.subjects(a)).toEqual([]);
  await desk.pass(83);
  expect(await forget()).toBe(2);
  expect(await forget()).toBe(1);
  expect(await forget()).toBe(0);
  expect(await marks()).toEqual([]);
  expect(await desk.subjects(a)).toEqual([]);
});

async function firstUnread(): Promise<Data> {
  const [thread] = await desk.threads({ microns: 100 });
  const { nodes } = thread?.['microns'] as { nodes: Data[] };
  return nodes.find(({ readAt }) => readAt === null) as Data;
}
