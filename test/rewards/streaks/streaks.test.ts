import { newKey, type Data } from '../../support/test-service';
import { granted, type Desk } from '../desk';
import { balance, openMailer, type Mailer } from './mailer';

let mailer: Mailer;
let desk: Desk;

beforeAll(async () => {
  mailer = await openMailer('paper');
  desk = mailer.desk;
});
afterAll(() => desk.t.close());

describe('A streak of days', () => {
  beforeAll(() => mailer.rule({ name: 'visits', action: 'VISIT' }));

  it('is mended by an event that comes late, and pays what the later day should have been paid', async () => {
    const who = await mailer.customer();
    mailer.at(0);
    expect(granted(await mailer.visit(who))).toEqual([1]);
    const missed = mailer.at(1);
    mailer.at(2, -2);
    expect(granted(await mailer.visit(who))).toEqual([1]);
    mailer.at(2, -1);
    const late = await mailer.visit(who, missed);
    expect(granted(late)).toEqual([2, 2]);
    expect(late['grants'][1].reason).toBe('Top-up for a streak of 3, rule visits v1');
    expect(balance(late)).toBe(6);
    expect(await mailer.streaks(who)).toMatchObject([
      { current: 3, best: 3, state: 'ALIVE', nextMu: 4 },
    ]);
  });

  it('is not moved by an event of more than a day ago, which pays as if there were none', async () => {
    const { streakLateHours } = desk.t.service.config.limits;
    const who = await mailer.customer();
    mailer.at(0);
    await mailer.visit(who);
    const inTime = mailer.at(1);
    mailer.at(1, streakLateHours);
    const { offsetMs } = desk.t.clock;
    desk.t.clock.offsetMs = offsetMs - 30_000;
    expect(await mailer.visit(who, inTime)).toMatchObject({ streak: { current: 2 } });
    const other = await mailer.customer();
    mailer.at(0);
    await mailer.visit(other);
    const tooLate = new Date(mailer.at(1).getTime() - 1000);
    mailer.at(1, streakLateHours);
    const late = await mailer.visit(other, tooLate);
    expect(late).toMatchObject({ streak: null, grants: [{ amount: 1 }] });
    expect(await mailer.streaks(other)).toMatchObject([{ current: 1 }]);
  });

  it('tops up out of the pocket of the later event, as far as its offer goes', async () => {
    await mailer.rule({ name: 'reads', action: 'OPEN' });
    const who = await mailer.customer();
    mailer.at(0);
    await mailer.open(who, await mailer.mail(who, { openMu: 5, audience: 1 }));
    const missed = mailer.at(1);
    const second = await mailer.mail(who, { openMu: 5, audience: 1 });
    mailer.at(2, -1);
    const third = await mailer.mail(who, { openMu: 2, audience: 1 });
    expect(granted(await mailer.open(who, third))).toEqual([1]);
    const { reserved } = await desk.funds();
    const late = await mailer.open(who, second, missed);
    expect(granted(late)).toEqual([2, 1]);
    expect((await desk.funds()).reserved).toBe(reserved - 3);
    const { data } = await desk.t.run(
      `query ($by: CustomerBy!) { customer(by: $by) { wallet { statement(first: 1) { nodes {
        transfer { reason event { id } message { id } rule { name } } } } } } }`,
      { by: { externalId: who } },
      desk.brand.apiKey,
    );
    const [line] = data['customer'].wallet.statement.nodes as Data[];
    expect(line).toMatchObject({ transfer: { message: { id: third }, rule: { name: 'reads' } } });
    // The offer of the third was two, and both were paid: nothing is left to be topped up.
    expect(granted(await mailer.open(who, second, missed))).toEqual([]);
  });

  it('adds nothing to what was taken back', async () => {
    const who = await mailer.customer();
    mailer.at(0);
    await mailer.visit(who);
    const missed = mailer.at(1);
    mailer.at(2, -2);
    await mailer.visit(who);
    const { data } = await desk.t.run(
      `query ($by: CustomerBy!) { customer(by: $by) { wallet { statement(first: 1) { nodes { transfer { id } } } } } }`,
      { by: { externalId: who } },
      desk.brand.apiKey,
    );
    const { id } = data['customer'].wallet.statement.nodes[0].transfer as { id: string };
    const reversed = await desk.t.run(
      `mutation ($input: ReverseTransferInput!) { reverseTransfer(input: $input) { userErrors { code } } }`,
      { input: { id, idempotencyKey: newKey() } },
      desk.brand.apiKey,
    );
    expect(reversed.data['reverseTransfer']).toEqual({ userErrors: [] });
    expect(granted(await mailer.visit(who, missed))).toEqual([2]);
  });

  it('is said to be broken once, at the end of the day that was missed', async () => {
    const who = await mailer.customer();
    mailer.at(0);
    await mailer.visit(who);
    mailer.at(1);
    await mailer.visit(who);
    await mailer.nightfall();
    mailer.at(2, 11.9);
    await mailer.nightfall();
    expect(await mailer.told(who)).toEqual([
      ['ADVANCED', 0, 1],
      ['ADVANCED', 1, 2],
    ]);
    mailer.at(2, 12.1);
    await mailer.nightfall();
    await mailer.nightfall();
    expect((await mailer.told(who)).slice(2)).toEqual([['BROKEN', 2, 0]]);
    expect(await mailer.streaks(who)).toMatchObject([
      { current: 0, best: 2, state: 'BROKEN', nextMu: 1 },
    ]);
    mailer.at(3);
    await mailer.visit(who);
    await mailer.nightfall();
    expect((await mailer.told(who)).slice(3)).toEqual([['RESTARTED', 0, 1]]);
  });

  it('that nobody looked after is said to be broken by the event that finds it so', async () => {
    const who = await mailer.customer();
    mailer.at(0);
    await mailer.visit(who);
    mailer.at(5);
    await mailer.visit(who);
    expect(await mailer.told(who)).toEqual([
      ['ADVANCED', 0, 1],
      ['BROKEN', 1, 0],
      ['RESTARTED', 0, 1],
    ]);
  });

  it('does not break on a day whose only mail bounced or was held back', async () => {
    for (const state of ['BOUNCED', 'SUPPRESSED']) {
      const who = await mailer.customer();
      mailer.at(0);
      await mailer.mail(who);
      await mailer.visit(who);
      mailer.at(1);
      const messageId = await mailer.mail(who);
      const bounce = { messageId, customers: [{ externalId: who }], state };
      expect(await desk.call('recordDeliveries', bounce)).toMatchObject({ recorded: 1 });
      expect(await desk.call('recordDeliveries', bounce)).toMatchObject({ recorded: 0 });
      const again = { messageId, customers: [{ externalId: who }] };
      expect(await desk.call('recordDeliveries', again)).toMatchObject({ recorded: 0 });
      mailer.at(2);
      await mailer.nightfall();
      expect(await mailer.visit(who)).toMatchObject({ streak: { current: 2 } });
    }
  });
});

it('The streaks of a page of customers take one statement', async () => {
  mailer.at(0);
  for (let i = 0; i < 5; i += 1) await mailer.visit(await mailer.customer());
  const ask = async (first: number) => {
    const query =
      'query ($first: Int) { customers(first: $first) { nodes { streaks { current } } } }';
    return desk.t.run(query, { first }, desk.brand.apiKey);
  };
  const [one, five] = [await ask(1), await ask(5)];
  expect(five.data['customers'].nodes).toHaveLength(5);
  expect(five.statements).toBe(one.statements);
});

it('A brand sees no streak of another, and the customer sees all of theirs', async () => {
  const email = `${newKey()}@example.in`;
  const other = await desk.t.createBrand('gazette', { budget: 100 });
  const identify = `mutation ($input: IdentifyCustomerInput!) {
    identifyCustomer(input: $input) { customer { id } } }`;
  const ids: string[] = [];
  mailer.at(0);
  for (const key of [desk.brand.apiKey, other.apiKey]) {
    const input = { email, idempotencyKey: newKey() };
    const { data } = await desk.t.run(identify, { input }, key);
    ids.push(data['identifyCustomer'].customer.id as string);
  }
  await desk.call('recordAttention', { customer: { email }, action: 'VISIT' });
  const query = 'query ($by: CustomerBy!) { customer(by: $by) { streaks { current } } }';
  const theirs = await desk.t.run(query, { by: { email } }, other.apiKey);
  expect(theirs.data['customer'].streaks).toEqual([]);
  desk.t.clock.offsetMs = 0;
  const token = await desk.t.run(
    `mutation ($input: CreateCustomerTokenInput!) { createCustomerToken(input: $input) { token } }`,
    { input: { customer: { email }, idempotencyKey: newKey() } },
    other.apiKey,
  );
  const bearer = token.data['createCustomerToken'].token as string;
  const own = await desk.t.run(query, { by: { id: ids[0] } }, bearer);
  expect(own.data['customer'].streaks).toEqual([{ current: 1 }]);
});
