import { BoxDesk } from './desk';

let desk: BoxDesk;
beforeEach(async () => {
  const limits = { micronboxReadDays: 2, micronboxUnreadDays: 5, micronboxIgnored: 3 };
  desk = await BoxDesk.open(1, { limits });
  await desk.allow(desk.brand(0));
});
afterEach(() => desk.t.close());

test('what was read leaves after the days the operator sets, and not a day before', async () => {
  const a = desk.brand(0);
  await desk.deliver(a);
  await desk.send('mark-micron-read', { micronId: await desk.newest(a) });
  await desk.pass(1);
  expect(await desk.order()).toEqual(['box-0']);
  await desk.pass(1);
  expect(await desk.order()).toEqual([]);
});

test('so does what was not read', async () => {
  await desk.deliver(desk.brand(0));
  await desk.pass(4);
  expect(await desk.order()).toEqual(['box-0']);
  await desk.pass(1);
  expect(await desk.order()).toEqual([]);
});

test('a brand sinks with as many unread ones as the operator says, and not with one fewer', async () => {
  const reasons = async () => (await desk.threads()).map(({ rank }) => rank as { reason: string });
  for (let sent = 0; sent < 2; sent += 1) await desk.deliver(desk.brand(0));
  expect(await reasons()).toMatchObject([{ reason: 'NEW' }]);
  await desk.deliver(desk.brand(0));
  expect(await reasons()).toMatchObject([{ reason: 'IGNORED' }]);
});
