import { judgeAttention } from '../../src/attention/judge-attention.job';
import { openDesk, type Desk } from '../rewards/desk';
import type { Data } from '../support/test-service';

const dayMs = 86_400_000;
let desk: Desk;
let sent = 0;

beforeEach(async () => {
  desk = await openDesk('silent', 1_000_000, 'Asia/Kolkata');
  await desk.call('identifyCustomer', { externalId: 'asha' });
});
afterEach(() => desk.t.close());

async function judge(): Promise<number> {
  const { config, database, log } = desk.t.service;
  const context = { config, database, clock: desk.t.clock, log, limits: config.limits };
  let judged = 0;
  for (let done = -1; done !== 0; judged += done) done = await judgeAttention.run(context);
  return judged;
}

async function pass(days: number): Promise<void> {
  desk.t.clock.offsetMs += days * dayMs;
  await judge();
}

async function deliver(messages: number): Promise<void> {
  for (let at = 0; at < messages; at += 1) {
    const made = await desk.call('recordMessage', {
      externalId: `m${(sent += 1)}`,
      channel: 'EMAIL',
    });
    const { id } = made['message'] as { id: string };
    await desk.call('recordDeliveries', { messageId: id, customers: [{ externalId: 'asha' }] });
  }
}

function attend(action: string, more: Record<string, unknown> = {}): Promise<Data> {
  const channel = action === 'OPEN' ? 'EMAIL' : 'WEB';
  return desk.call('recordAttention', {
    customer: { externalId: 'asha' },
    action,
    channel,
    ...more,
  });
}

async function dormancy(): Promise<Data> {
  const { data } = await desk.t.run(
    `{ customer(by: { externalId: "asha" }) { relationship { dormancy {
      state since daysSilent messagesSince nextState nextAt reactivatedAt } } } }`,
    {},
    desk.brand.apiKey,
  );
  return data['customer'].relationship.dormancy as Data;
}

/** Every step that was told of, in order. */
async function steps(): Promise<string[]> {
  const rows = await desk.t.database.query<{ payload: Record<string, unknown> }>(
    `SELECT payload FROM outbox WHERE topic = 'dormancy.changed' ORDER BY id`,
  );
  return rows.map(({ payload: { from, to, reactivated, wokenFrom } }) => {
    const back = reactivated === true ? ` back from ${String(wokenFrom)}` : '';
    return `${String(from)} to ${String(to)}${back}`;
  });
}

it('Somebody nothing was sent to is not tested, and new from the first message on', async () => {
  expect(await dormancy()).toMatchObject({ state: 'NOT_TESTED', daysSilent: null, nextAt: null });
  await deliver(1);
  expect(await dormancy()).toMatchObject({ state: 'NEW', nextState: 'NEVER', messagesSince: 1 });
  await pass(30.9);
  expect(await dormancy()).toMatchObject({ state: 'NEW' });
  await pass(0.2);
  expect(await dormancy()).toMatchObject({ state: 'NEVER', nextState: null });
  expect(await steps()).toEqual(['NEW to NEVER']);
});

it('Silence has a name on the day after 30, 60, 90 and 365 days, and each is told once', async () => {
  await attend('CLICK');
  await deliver(3);
  const seen: unknown[] = [];
  for (const days of [30, 1, 29, 1, 29, 1, 274, 1]) {
    await pass(days);
    seen.push((await dormancy())['state']);
  }
  expect(seen).toEqual([
    'ACTIVE',
    'DRIFTING',
    'DRIFTING',
    'INACTIVE',
    'INACTIVE',
    'DORMANT',
    'DORMANT',
    'LOST',
  ]);
  expect(await judge()).toBe(0);
  expect(await steps()).toEqual([
    'NEW to ACTIVE',
    'ACTIVE to DRIFTING',
    'DRIFTING to INACTIVE',
    'INACTIVE to DORMANT',
    'DORMANT to LOST',
  ]);
});

it('A read says what time has changed before the job has', async () => {
  await attend('CLICK');
  await deliver(3);
  desk.t.clock.offsetMs += 100 * dayMs;
  const now = await dormancy();
  expect(now).toMatchObject({ state: 'DORMANT', daysSilent: 100, nextState: 'LOST' });
  expect(await steps()).toEqual(['NEW to ACTIVE']);
});

it('Fewer than three messages leave silence untested, and the third one tells', async () => {
  await attend('CLICK');
  await deliver(2);
  await pass(95);
  expect(await dormancy()).toMatchObject({ state: 'NOT_TESTED', messagesSince: 2 });
  await deliver(1);
  expect(await dormancy()).toMatchObject({ state: 'DORMANT', messagesSince: 3 });
  expect(await steps()).toEqual(['NEW to ACTIVE', 'ACTIVE to NOT_TESTED', 'NOT_TESTED to DORMANT']);
});

describe('A sleeper', () => {
  beforeEach(async () => {
    await attend('CLICK');
    await deliver(3);
    await pass(120);
  });

  it('is back by a verified event', async () => {
    await attend('CLICK');
    expect((await steps()).at(-1)).toBe('DORMANT to ACTIVE back from DORMANT');
    expect((await dormancy())['reactivatedAt']).not.toBeNull();
  });

  it('is woken by an open that is not sure, and back with the click that proves it, once', async () => {
    await attend('OPEN');
    expect((await steps()).at(-1)).toBe('DORMANT to ACTIVE');
    expect((await dormancy())['reactivatedAt']).toBeNull();
    await attend('CLICK');
    await attend('CLICK');
    expect((await steps()).slice(-2)).toEqual([
      'DORMANT to ACTIVE',
      'ACTIVE to ACTIVE back from DORMANT',
    ]);
  });

  it('is active, and not back, by an event on a route that was paid for', async () => {
    await attend('VISIT', { properties: { route: 'PAID' } });
    expect((await steps()).at(-1)).toBe('DORMANT to ACTIVE');
  });

  it('stays asleep whatever machines fetch', async () => {
    await attend('OPEN', { machineOpen: true });
    expect(await dormancy()).toMatchObject({ state: 'DORMANT', daysSilent: 120 });
  });

  it('is told of as asleep first when the job was late', async () => {
    desk.t.clock.offsetMs += 300 * dayMs;
    await attend('CLICK');
    expect((await steps()).slice(-2)).toEqual(['DORMANT to LOST', 'LOST to ACTIVE back from LOST']);
  });
});

it('Another policy judges everybody anew, and tells whom it moved', async () => {
  await attend('CLICK');
  await deliver(3);
  await pass(12);
  const document = `mutation ($input: SetDormancyPolicyInput!) {
    setDormancyPolicy(input: $input) { dormancyPolicy { activeDays driftingDays } userErrors { code field } } }`;
  const set = async (input: Record<string, unknown>) => {
    const variables = { input: { ...input, idempotencyKey: `key ${JSON.stringify(input)}` } };
    return (await desk.t.run(document, variables, desk.brand.apiKey)).data[
      'setDormancyPolicy'
    ] as Data;
  };
  expect(await set({ activeDays: 10 })).toMatchObject({
    dormancyPolicy: { activeDays: 10, driftingDays: 60 },
  });
  await judge();
  expect((await steps()).at(-1)).toBe('ACTIVE to DRIFTING');
  expect(await set({ activeDays: 60 })).toMatchObject({
    userErrors: [{ code: 'INVALID_VALUE', field: ['driftingDays'] }],
  });
});
