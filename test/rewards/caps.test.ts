import { newKey } from '../support/test-service';
import { granted, openDesk, type Desk } from './desk';

let desk: Desk;
let count = 0;

beforeAll(async () => (desk = await openDesk('capping', 1_000_000)));
afterAll(() => desk.t.close());

async function person(): Promise<{ externalId: string }> {
  const customer = { externalId: `capped-${(count += 1)}` };
  await desk.call('identifyCustomer', customer);
  return customer;
}

/** Publishes a rule for an action that no other test uses. */
async function rule(action: string, input: Record<string, unknown>): Promise<void> {
  const { userErrors } = await desk.call('upsertEarnRule', {
    name: `for ${action}`,
    action,
    amount: 10,
    perCustomerPerDay: 1000,
    ...input,
  });
  expect(userErrors).toEqual([]);
}

const attend = async (input: Record<string, unknown>) => desk.call('recordAttention', input);

async function paid(input: Record<string, unknown>): Promise<number> {
  return granted(await attend(input)).reduce((sum, amount) => sum + amount, 0);
}

describe('A cap of a rule', () => {
  it('cuts the payment to what is left, then leaves nothing and says so', async () => {
    await rule('VISIT', { maxMuPerCustomer: 25 });
    const customer = await person();
    const event = { customer, action: 'VISIT' };
    expect([await paid(event), await paid(event)]).toEqual([10, 10]);
    const rest = await attend(event);
    expect(rest).toMatchObject({
      grants: [{ amount: 5 }],
      explanations: [{ outcome: 'PAYS', amount: 5, reason: expect.stringContaining('in part') }],
    });
    const none = await attend(event);
    expect(none).toMatchObject({
      event: { duplicate: false },
      grants: [],
      userErrors: [],
      explanations: [{ outcome: 'CAPPED', amount: 0, reason: 'maxMuPerCustomer leaves nothing.' }],
    });
    expect(await paid({ ...event, customer: await person() })).toBe(10);
  });

  it('counts all versions of the rule, and a higher one gives room again', async () => {
    await rule('ATTEND', { maxMuInTotal: 15 });
    const event = { customer: await person(), action: 'ATTEND' };
    expect([await paid(event), await paid(event), await paid(event)]).toEqual([10, 5, 0]);
    await rule('ATTEND', { maxMuInTotal: 18 });
    expect([await paid(event), await paid(event)]).toEqual([3, 0]);
    await rule('ATTEND', { maxMuInTotal: 4 });
    expect(await paid(event)).toBe(0);
    await rule('ATTEND', {});
    expect(await paid(event)).toBe(10);
  });

  it('by customer and day ends with the customer’s local day', async () => {
    await rule('FORM', { maxMuPerCustomerPerDay: 15 });
    const customer = await person();
    await desk.call('identifyCustomer', { ...customer, traits: { timezone: 'Asia/Kolkata' } });
    const at = (hour: number) => ({
      customer,
      action: 'FORM',
      occurredAt: new Date(Date.UTC(...yesterday(), hour)).toISOString(),
    });
    expect([await paid(at(17)), await paid(at(18)), await paid(at(18))]).toEqual([10, 5, 0]);
    // Half past midnight in India.
    expect([await paid(at(19)), await paid(at(19))]).toEqual([10, 5]);
  });

  it('by campaign counts each campaign for itself, over all customers', async () => {
    await rule('SURVEY', { maxMuPerCampaign: 15 });
    const messageOf = async (campaign: string | null) => {
      const externalId = `message-${(count += 1)}`;
      const made = await desk.call('recordMessage', { externalId, channel: 'SMS', campaign });
      return (made['message'] as { id: string }).id;
    };
    const [first, second, other, none] = await Promise.all(
      ['diwali', 'diwali', 'holi', null].map(messageOf),
    );
    const pay = async (messageId: string | undefined) =>
      paid({ customer: await person(), action: 'SURVEY', messageId });
    expect([await pay(first), await pay(second), await pay(first)]).toEqual([10, 5, 0]);
    expect([await pay(other), await pay(none), await pay(none)]).toEqual([10, 10, 10]);
  });

  it('also limits what a message pays out of its offer, which stays set aside', async () => {
    await rule('POLL', { maxMuPerCustomer: 4 });
    const offer = { openMu: 1, actionMuMax: 20, audience: 1 };
    const made = await desk.call('recordMessage', {
      externalId: 'offer',
      channel: 'SMS',
      ...offer,
    });
    const messageId = (made['message'] as { id: string }).id;
    expect(await paid({ customer: await person(), action: 'POLL', messageId })).toBe(4);
    const kept = await desk.t.database.query(
      `SELECT a.balance FROM accounts a JOIN messages m ON m.id = a.owner WHERE m.external_id = 'offer'`,
    );
    expect(kept).toEqual([{ balance: '17' }]);
  });

  it('is never exceeded by 64 clients at once, nor by lists of events', async () => {
    await rule('SCAN', { amount: 7, maxMuInTotal: 200, maxMuPerCustomer: 33 });
    const customers = await Promise.all(Array.from({ length: 8 }, person));
    const calls = Array.from({ length: 64 }, (_, at) =>
      attend({ customer: customers[at % 8], action: 'SCAN' }),
    );
    const events = customers.flatMap((customer) =>
      Array.from({ length: 8 }, () => ({ customer, action: 'SCAN', idempotencyKey: newKey() })),
    );
    const list = desk.t.run(
      `mutation ($input: RecordAttentionBatchInput!) { recordAttentionBatch(input: $input) {
        results { grants { amount } } } }`,
      { input: { events } },
      desk.brand.apiKey,
    );
    const single = (await Promise.all(calls)).flatMap(granted);
    const { data } = await list;
    const results = data['recordAttentionBatch'].results as { grants: { amount: number }[] }[];
    const all = [...single, ...results.flatMap(granted)];
    expect(all.reduce((sum, amount) => sum + amount, 0)).toBe(200);
    const totals = await desk.t.database.query<{ earned: string }>(
      `SELECT sum(t.amount)::bigint AS earned FROM transfers t JOIN earn_rules r ON r.id = t.rule_id
       WHERE r.action = 'SCAN' GROUP BY t.customer_id`,
    );
    expect(Math.max(...totals.map(({ earned }) => Number(earned)))).toBeLessThanOrEqual(33);
    const counters = await desk.t.database.query(
      `SELECT c.kind, sum(c.paid)::bigint AS paid FROM rule_caps c WHERE c.rule_name = 'for SCAN' GROUP BY 1 ORDER BY 1`,
    );
    expect(counters).toEqual([
      { kind: 'CUSTOMER', paid: '200' },
      { kind: 'TOTAL', paid: '200' },
    ]);
  });

  it('holds for an open that a later event of the same list proves', async () => {
    await rule('OPEN', { minConfidence: 1, amount: 9, maxMuInTotal: 5 });
    const made = await desk.call('recordMessage', {
      externalId: 'proven',
      channel: 'EMAIL',
      openMu: 9,
      audience: 2,
    });
    const messageId = (made['message'] as { id: string }).id;
    const customer = await person();
    const events = ['OPEN', 'CLICK'].map((action) => {
      return { customer, messageId, action, idempotencyKey: newKey() };
    });
    const { data } = await desk.t.run(
      `mutation ($input: RecordAttentionBatchInput!) { recordAttentionBatch(input: $input) {
        results { grants { amount } } } }`,
      { input: { events } },
      desk.brand.apiKey,
    );
    expect(data['recordAttentionBatch'].results).toEqual([
      { grants: [] },
      { grants: [{ amount: 5 }] },
    ]);
  });
});

function yesterday(): [number, number, number] {
  const day = new Date(Date.now() - 86_400_000);
  return [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
}
