import { micronboxFeature } from '../../src/micronbox';
import { BoxDesk } from '../micronbox/desk';
import { runJobs } from '../experiments/lab';
import { must } from '../referrals/friends';
import type { Data } from '../support/test-service';

/** Tripkart and a daily paper are asked in, a shop is not; one is read, one is passed over. */
describe('A story of an inbox: only whom she lets in, and first whom she reads', () => {
  let desk: BoxDesk;
  beforeAll(async () => (desk = await BoxDesk.open(3)));
  afterAll(() => desk.t.close());

  const tripkart = () => desk.brand(0);
  const paper = () => desk.brand(1);
  const shop = () => desk.brand(2);
  const ranks = async () =>
    (await desk.threads()).map(({ brand, unread, rank }) => [
      (brand as Data)['name'] as string,
      unread as number,
      (rank as Data)['reason'] as string,
    ]);

  it('begins empty, though three brands have written', async () => {
    for (const brand of desk.brands) await desk.deliver(brand, { subject: 'Hello' });
    expect(await ranks()).toEqual([]);
  });

  it('has the two she asks in, whom she has not heard of yet', async () => {
    await desk.allow(tripkart());
    await desk.allow(paper());
    expect((await ranks()).sort()).toEqual([
      ['box-0', 1, 'NEW'],
      ['box-1', 1, 'NEW'],
    ]);
  });

  it('puts the one she reads each day above the one she passes over', async () => {
    for (let day = 0; day < 5; day += 1) {
      await desk.pass(1);
      const messageId = await desk.deliver(tripkart(), { subject: `Day ${day}` });
      await desk.deliver(paper(), { subject: `Day ${day}` });
      await desk.attend(tripkart(), { messageId, action: 'CLICK' });
      await desk.send('mark-micron-read', { micronId: await desk.newest(tripkart()) });
    }
    expect(await ranks()).toEqual([
      ['box-0', 1, 'ATTENTION'],
      ['box-1', 6, 'IGNORED'],
    ]);
  });

  it('keeps what she saves, and lets go of what she has read', async () => {
    await desk.send('save-micron', { micronId: await desk.newest(tripkart()) });
    await desk.pass(8);
    await runJobs(desk.t, micronboxFeature.jobs);
    expect(await desk.subjects(tripkart(), 'SAVED')).toEqual(['Day 4']);
    expect(await desk.subjects(tripkart())).toEqual(['Hello']);
    const { data } = await desk.t.run(
      '{ me { messages { nodes { message { subject } } } } }',
      {},
      desk.token,
    );
    expect(data['me'].messages.nodes).toHaveLength(13);
  });

  it('is quiet about a brand she mutes, which is told so before it pushes', async () => {
    await desk.mute(paper());
    await desk.deliver(paper());
    expect((await ranks()).map(([name]) => name)).toEqual(['box-0']);
    await must(desk.t, paper().apiKey, 'identify-customer', {
      externalId: 'asha',
      consents: [{ purpose: 'MESSAGES', granted: true }],
    });
    const document = `{ canContact(customer: { externalId: "asha" }, channel: IN_APP) {
      reasons { code } } }`;
    const { data } = await desk.t.run(document, {}, paper().apiKey);
    expect(data['canContact'].reasons).toContainEqual({ code: 'MUTED' });
    const stranger = await desk.t.run(document, {}, shop().apiKey);
    expect(stranger.data['canContact'].reasons).not.toContainEqual({ code: 'MUTED' });
  });
});
