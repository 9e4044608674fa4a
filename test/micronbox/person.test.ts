import { eraseAs } from '../privacy/people';
import { idOf } from '../customers/people';
import { must } from '../referrals/friends';
import { BoxDesk, tokenOf } from './desk';

let desk: BoxDesk;
beforeEach(async () => (desk = await BoxDesk.open(2)));
afterEach(() => desk.t.close());

const rows = (table: string) => desk.t.database.query(`SELECT FROM ${table}`);

test('marks and words follow a person who turns out to be two, and go back with them', async () => {
  const a = desk.brand(0);
  const ira = await idOf(desk.t, a, { externalId: 'ira', email: 'ira@example.in' });
  const hers = await tokenOf(desk.t, a, 'ira');
  const customers = [{ externalId: 'ira' }];
  await must(desk.t, hers, 'allow-brand', { brandId: a.id });
  await desk.allow(a);
  const message = await desk.deliver(a, { subject: 'to both' });
  await must(desk.t, a.apiKey, 'record-deliveries', { messageId: message, customers });
  await desk.deliver(a, { subject: 'to her' }, { customers });
  const [thread] = (await desk.page({ microns: 9 }, hers))['nodes'];
  for (const { id } of thread.microns.nodes as { id: string }[]) {
    await must(desk.t, hers, 'save-micron', { micronId: id });
  }
  const words = { from: { id: ira }, into: { id: desk.person }, reason: 'one card' };
  const { merge } = await must(desk.t, a.apiKey, 'merge-customers', words);
  expect((await desk.subjects(a, 'SAVED')).sort()).toEqual(['to both', 'to her']);
  expect(await desk.subjects(a)).toEqual([]);
  await must(desk.t, a.apiKey, 'unmerge-customers', { merge: merge.id, reason: 'two cards' });
  expect(await desk.subjects(a, 'SAVED')).toEqual([]);
  expect(await desk.subjects(a)).toEqual(['to both']);
  const [again] = (await desk.page({ folder: 'SAVED', microns: 9 }, hers))['nodes'];
  expect(again.microns.nodes).toHaveLength(2);
});

test('of two words of one person the stricter counts', async () => {
  const a = desk.brand(0);
  const ira = await idOf(desk.t, a, { externalId: 'ira', email: 'ira@example.in' });
  await must(desk.t, await tokenOf(desk.t, a, 'ira'), 'mute-brand', { brandId: a.id });
  await desk.allow(a);
  await desk.deliver(a);
  const words = { from: { id: ira }, into: { id: desk.person }, reason: 'one card' };
  const { merge } = await must(desk.t, a.apiKey, 'merge-customers', words);
  expect(await desk.order()).toEqual([]);
  await must(desk.t, a.apiKey, 'unmerge-customers', { merge: merge.id, reason: 'two cards' });
  expect(await desk.order()).toEqual(['box-0']);
});

test('a brand that forgets a person goes from their box, with all that was noted', async () => {
  for (const brand of desk.brands) {
    await desk.allow(brand);
    await desk.deliver(brand);
    await desk.send('save-micron', { micronId: await desk.newest(brand) });
  }
  const b = desk.brand(1);
  await eraseAs(desk.t, b.apiKey, { externalId: 'asha' });
  expect(await desk.order({ folder: 'SAVED' })).toEqual(['box-0']);
  expect(await rows('micronbox_marks')).toHaveLength(1);
  expect(await rows('micronbox_permissions')).toHaveLength(1);
  await eraseAs(desk.t, desk.token, null);
  expect(await rows('micronbox_marks')).toEqual([]);
  expect(await rows('micronbox_permissions')).toEqual([]);
});
