import type { Data } from '../support/test-service';
import { granted, openDesk, type Desk } from './desk';

const day = 86_400_000;

describe('Attention to a message', () => {
  let desk: Desk;
  let count = 0;

  beforeAll(async () => {
    desk = await openDesk('messages', 100_000);
    await desk.call('upsertEarnRule', { name: 'survey', action: 'SURVEY', amount: 10 });
    await desk.call('upsertEarnRule', { name: 'quiz', action: 'QUIZ', amount: 7 });
  });

  afterAll(() => desk.t.close());

  async function person(): Promise<{ externalId: string }> {
    const customer = { externalId: `person-${(count += 1)}` };
    await desk.call('identifyCustomer', customer);
    return customer;
  }

  async function message(input: Record<string, unknown> = {}): Promise<string> {
    const externalId = `message-${(count += 1)}`;
    const defaults = { externalId, channel: 'EMAIL', openMu: 2, actionMuMax: 12, audience: 10 };
    const payload = await desk.call('recordMessage', { ...defaults, ...input });
    expect(payload['userErrors']).toEqual([]);
    return (payload['message'] as { id: string }).id;
  }

  const attend = (input: Record<string, unknown>): Promise<Data> =>
    desk.call('recordAttention', input);

  it('pays openMu for the first open and marks the second a duplicate', async () => {
    const customer = await person();
    const messageId = await message();
    const first = await attend({ customer, messageId, action: 'OPEN' });
    expect(granted(first)).toEqual([2]);
    expect(first['event']).toMatchObject({ confidence: 0.5, duplicate: false, channel: 'EMAIL' });
    const second = await attend({ customer, messageId, action: 'OPEN' });
    expect(granted(second)).toEqual([]);
    expect(second['event']).toMatchObject({ duplicate: true });
  });

  it('pays actions their rule until the customer has been paid actionMuMax', async () => {
    const customer = await person();
    const messageId = await message();
    expect(granted(await attend({ customer, messageId, action: 'SURVEY' }))).toEqual([10]);
    expect(granted(await attend({ customer, messageId, action: 'QUIZ' }))).toEqual([2]);
    expect(granted(await attend({ customer, messageId, action: 'POLL' }))).toEqual([]);
  });

  it('takes a known prefetching agent for a machine, and a later click as the proof of the open', async () => {
    const customer = await person();
    const messageId = await message();
    const userAgent = 'Mozilla/5.0';
    const fetched = await attend({ customer, messageId, action: 'OPEN', userAgent });
    expect(fetched).toMatchObject({ event: { confidence: 0, machineOpen: true }, grants: [] });
    const clicked = await attend({ customer, messageId, action: 'CLICK' });
    expect(granted(clicked)).toEqual([2]);
    const { data } = await desk.t.run(
      `query ($by: CustomerBy!) { customer(by: $by) {
        attention(action: OPEN) { nodes { confidence transfers { amount } } } } }`,
      { by: customer },
      desk.brand.apiKey,
    );
    expect(data['customer'].attention.nodes).toEqual([
      { confidence: 1, transfers: [{ amount: 2 }] },
    ]);
  });

  it('pays a person’s open after a machine’s without waiting for more', async () => {
    const customer = await person();
    const messageId = await message();
    await attend({ customer, messageId, action: 'OPEN', machineOpen: true });
    expect(granted(await attend({ customer, messageId, action: 'OPEN' }))).toEqual([2]);
    expect(granted(await attend({ customer, messageId, action: 'CLICK' }))).toEqual([]);
  });

  it('is paid once for many keys at the same moment', async () => {
    const customer = await person();
    const messageId = await message();
    const events = Array.from({ length: 64 }, () =>
      attend({ customer, messageId, action: 'OPEN' }),
    );
    const amounts = (await Promise.all(events)).flatMap(granted);
    expect(amounts).toEqual([2]);
  });

  it('refuses a message whose worst case does not fit the budget and reserves nothing', async () => {
    const before = await desk.funds();
    const input = {
      externalId: 'too-dear',
      channel: 'EMAIL',
      openMu: 1,
      audience: before.budget + 1,
    };
    const payload = await desk.call('recordMessage', input);
    expect(payload).toMatchObject({ message: null, userErrors: [{ code: 'BUDGET_EXHAUSTED' }] });
    expect(await desk.funds()).toEqual(before);
    const fits = await desk.call('recordMessage', { ...input, audience: before.budget });
    expect(fits).toMatchObject({ reserved: before.budget, userErrors: [] });
    await expire(fits['message'] as { id: string });
  });

  async function expire({ id }: { id: string }): Promise<void> {
    // The owner ends the message by hand; the tables allow nobody else to change one.
    await desk.t.database.query(
      `UPDATE messages SET expires_at = now() - interval '1 second' WHERE external_id = 'too-dear'`,
    );
    expect(id).toMatch(/^msg_/);
    await runJobs();
  }

  async function runJobs(): Promise<void> {
    const { service } = desk.t;
    for (const job of service.features.flatMap((feature) => feature.jobs)) {
      while ((await job.run({ ...service, limits: service.config.limits })) > 0);
    }
  }

  it('gives exactly the unused rest back when the message expires, and pays nothing after', async () => {
    const before = await desk.funds();
    const customer = await person();
    const expiresAt = new Date(Date.now() + day).toISOString();
    const messageId = await message({ expiresAt });
    await attend({ customer, messageId, action: 'OPEN' });
    desk.t.clock.offsetMs = day + 1000;
    try {
      const late = await attend({ customer, messageId, action: 'SURVEY' });
      expect(late).toMatchObject({ grants: [], userErrors: [{ code: 'MESSAGE_EXPIRED' }] });
      expect(late['event']).not.toBeNull();
      await Promise.all([runJobs(), runJobs(), runJobs()]);
      expect(await desk.funds()).toEqual({ budget: before.budget - 2, reserved: before.reserved });
      const closed = await attend({ customer, messageId, action: 'QUIZ' });
      expect(closed).toMatchObject({ grants: [], userErrors: [{ code: 'MESSAGE_EXPIRED' }] });
    } finally {
      desk.t.clock.offsetMs = 0;
    }
  });

  it('is unknown when the message is another brand’s', async () => {
    const other = await desk.t.createBrand('stranger', { budget: 10 });
    const { data } = await desk.t.run(
      `mutation ($input: RecordMessageInput!) { recordMessage(input: $input) { message { id } } }`,
      { input: { externalId: 'x', channel: 'SMS', idempotencyKey: 'stranger-1' } },
      other.apiKey,
    );
    const messageId = data['recordMessage'].message.id as string;
    const payload = await attend({ customer: await person(), messageId, action: 'OPEN' });
    expect(payload).toMatchObject({
      event: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['messageId'] }],
    });
  });
});

describe('Attention without a message', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await openDesk('shop', 20, 'America/New_York');
    for (const externalId of ['ann', 'bob', 'cleo'])
      await desk.call('identifyCustomer', { externalId });
  });

  afterAll(() => desk.t.close());

  const visit = (externalId: string, input: Record<string, unknown> = {}): Promise<Data> =>
    desk.call('recordAttention', { customer: { externalId }, action: 'VISIT', ...input });

  it('pays nothing before the brand has published a rule', async () => {
    expect(await visit('ann')).toMatchObject({
      grants: [],
      event: { duplicate: false },
      userErrors: [],
    });
  });

  it('pays the rule perCustomerPerDay times a local day of the brand', async () => {
    await desk.call('upsertEarnRule', {
      name: 'visit',
      action: 'VISIT',
      amount: 2,
      perCustomerPerDay: 2,
    });
    // 03:30 UTC is still the evening before in New York, 05:30 UTC is not, in winter and in summer.
    const midnight = new Date(new Date().toISOString().slice(0, 10)).getTime() - 2 * day;
    const at = (hours: number) => ({
      occurredAt: new Date(midnight + hours * 3_600_000).toISOString(),
    });
    const paid: number[][] = [];
    for (const hours of [2, 3, 3.5, 5.5, 6]) paid.push(granted(await visit('ann', at(hours))));
    expect(paid).toEqual([[2], [2], [], [2], [2]]);
  });

  it('uses the customer’s own zone when their traits name one', async () => {
    await desk.call('identifyCustomer', {
      externalId: 'bob',
      traits: { timezone: 'Asia/Kolkata' },
    });
    const midnight = new Date(new Date().toISOString().slice(0, 10)).getTime() - 2 * day;
    const at = (hours: number) => ({
      occurredAt: new Date(midnight + hours * 3_600_000).toISOString(),
    });
    const paid: number[][] = [];
    for (const hours of [18, 18.25, 18.4, 18.6]) paid.push(granted(await visit('bob', at(hours))));
    expect(paid).toEqual([[2], [2], [], [2]]);
  });

  it('pays the rule’s new version from its publication on, and names it', async () => {
    const rule = await desk.call('upsertEarnRule', { name: 'visit', action: 'VISIT', amount: 3 });
    expect(rule['earnRule']).toMatchObject({ name: 'visit', version: 2 });
    const payload = await visit('cleo');
    expect(payload['grants']).toMatchObject([{ amount: 3, rule: { name: 'visit', version: 2 } }]);
  });

  it('stores the event and says BUDGET_EXHAUSTED when the budget is empty', async () => {
    const { budget } = await desk.funds();
    await desk.call('upsertEarnRule', { name: 'dear', action: 'ATTEND', amount: budget + 1 });
    const input = { customer: { externalId: 'cleo' }, action: 'ATTEND' };
    const payload = await desk.call('recordAttention', input);
    expect(payload).toMatchObject({ grants: [], userErrors: [{ code: 'BUDGET_EXHAUSTED' }] });
    expect(payload['event']).toMatchObject({ action: 'ATTEND', duplicate: false });
    expect((await desk.funds()).budget).toBe(budget);
  });

  it('is paid below no rule’s minimum confidence', async () => {
    await desk.call('upsertEarnRule', {
      name: 'sure',
      action: 'OPEN',
      amount: 1,
      minConfidence: 1,
    });
    const open = (channel: string) =>
      desk.call('recordAttention', { customer: { externalId: 'cleo' }, action: 'OPEN', channel });
    expect(granted(await open('EMAIL'))).toEqual([]);
    expect(granted(await open('IN_APP'))).toEqual([1]);
  });

  it('is refused outside the time window, at the limit and one second beyond', async () => {
    const { limits } = desk.t.service.config;
    const at = (ms: number) => ({ occurredAt: new Date(Date.now() + ms).toISOString() });
    const future = limits.futureSeconds * 1000;
    expect((await visit('cleo', at(future - 5000)))['event']).not.toBeNull();
    expect(await visit('cleo', at(future + 5000))).toMatchObject({
      event: null,
      userErrors: [{ code: 'OCCURRED_AT_IN_FUTURE' }],
    });
    expect((await visit('cleo', at(-30 * day + 5000)))['event']).not.toBeNull();
    expect(await visit('cleo', at(-30 * day - 5000))).toMatchObject({
      event: null,
      userErrors: [{ code: 'OCCURRED_AT_TOO_OLD' }],
    });
  });
});
