import type { Data } from '../../support/test-service';
import type { Desk } from '../desk';
import { balance, openMailer, type Mailer } from './mailer';

let mailer: Mailer;
let desk: Desk;

beforeAll(async () => {
  mailer = await openMailer('letters');
  desk = mailer.desk;
});
afterAll(() => desk.t.close());

describe('A streak of messages', () => {
  const policy = { unit: 'MESSAGE', cap: 10, windowHours: 48 };

  beforeAll(() => mailer.rule({ name: 'reads', action: 'OPEN', streak: policy }));

  it('counts messages in a row that were opened in time, and a missed one starts it anew', async () => {
    const who = await mailer.customer();
    const lengths: number[] = [];
    for (const days of [0, 0.5, 1]) {
      mailer.at(days);
      lengths.push((await mailer.open(who, await mailer.mail(who)))['streak'].current as number);
    }
    expect(lengths).toEqual([1, 2, 3]);
    mailer.at(2);
    const ignored = await mailer.mail(who);
    mailer.at(3);
    expect(await mailer.open(who, await mailer.mail(who))).toMatchObject({
      streak: { current: 4 },
    });
    mailer.at(4.1);
    expect(await mailer.open(who, ignored)).toMatchObject({
      streak: null,
      grants: [{ amount: 1 }],
    });
    // The ignored one is lost now: the one after it began anew, and the next is the second.
    const last = await mailer.mail(who);
    expect(await mailer.open(who, last)).toMatchObject({ streak: { current: 2 } });
    expect(await mailer.streaks(who)).toMatchObject([
      { unit: 'MESSAGE', current: 2, best: 4, lastMessage: { id: last }, nextMu: 3 },
    ]);
  });

  it('is the same, and pays the same, in whichever order two messages are opened', async () => {
    const balances: number[] = [];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const who = await mailer.customer();
      const mails: string[] = [];
      for (const days of [0, 0.1, 0.2]) {
        mailer.at(days);
        mails.push(await mailer.mail(who, { openMu: 9, audience: 1 }));
      }
      mailer.at(1);
      let last: Data = {};
      for (const nth of order) last = await mailer.open(who, mails[nth] as string);
      balances.push(balance(last));
      expect(await mailer.streaks(who)).toMatchObject([
        { current: 3, lastMessage: { id: mails[2] } },
      ]);
    }
    expect(balances).toEqual([6, 6, 6]);
  });

  it('is said to be broken when the window of an unopened message has ended', async () => {
    const who = await mailer.customer();
    mailer.at(0);
    await mailer.open(who, await mailer.mail(who));
    mailer.at(1);
    await mailer.mail(who);
    mailer.at(2, 23);
    await mailer.nightfall();
    expect(await mailer.told(who)).toEqual([['ADVANCED', 0, 1]]);
    mailer.at(3, 0.1);
    await mailer.nightfall();
    await mailer.nightfall();
    expect((await mailer.told(who)).slice(1)).toEqual([['BROKEN', 1, 0]]);
    expect(await mailer.streaks(who)).toMatchObject([{ current: 0, state: 'BROKEN' }]);
  });

  it('does not count a message that bounced against the customer', async () => {
    const who = await mailer.customer();
    mailer.at(0);
    await mailer.open(who, await mailer.mail(who));
    const messageId = await mailer.mail(who);
    await desk.call('recordDeliveries', {
      messageId,
      customers: [{ externalId: who }],
      state: 'BOUNCED',
    });
    mailer.at(4);
    expect(await mailer.open(who, await mailer.mail(who))).toMatchObject({
      streak: { current: 2 },
    });
  });
});

it('A window is from one hour to thirty days', async () => {
  for (const [windowHours, refused] of [
    [0, true],
    [1, false],
    [720, false],
    [721, true],
  ] as const) {
    const streak = { unit: 'MESSAGE', windowHours };
    const { userErrors } = await mailer.rule({ name: 'windows', action: 'QUIZ', streak });
    expect(userErrors).toHaveLength(refused ? 1 : 0);
  }
});
