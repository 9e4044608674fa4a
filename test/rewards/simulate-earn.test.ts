import fc from 'fast-check';
import { seeded } from '../support/seeded';
import type { Data } from '../support/test-service';
import { deskOf, granted, openDesk, type Desk } from './desk';

const document = `query ($event: SimulateEarnInput!) { simulateEarn(event: $event) {
  total openedMu topUpMu confidence duplicate userErrors { code field }
  explanations { rule { name version action } outcome reason amount } } }`;

let desk: Desk;
let count = 0;

beforeAll(async () => (desk = await openDesk('simulating', 100_000)));
afterAll(() => desk.t.close());

async function simulate(event: Record<string, unknown>, at = desk): Promise<Data> {
  const { data, errors } = await at.t.run(document, { event }, at.brand.apiKey);
  expect(errors).toBeUndefined();
  return data['simulateEarn'] as Data;
}

interface Explained {
  rule: { name: string; action: string } | null;
  outcome: string;
  amount: number;
}

function explained(payload: Data): Record<string, string> {
  const list = payload['explanations'] as Explained[];
  return Object.fromEntries(list.map(({ rule, outcome }) => [rule?.name ?? '', outcome]));
}

async function person(traits: Record<string, unknown> = {}): Promise<{ externalId: string }> {
  const externalId = `simulated-${(count += 1)}`;
  await desk.call('identifyCustomer', { externalId, traits });
  return { externalId };
}

describe('simulateEarn', () => {
  it('says of every rule of the brand what it makes of the event, and stores nothing', async () => {
    const own = deskOf(desk.t, await desk.t.createBrand('explaining', { budget: 60 }));
    const rule = { action: 'QUIZ', amount: 10 };
    const more: Record<string, Record<string, unknown>> = {
      PAYS: { priority: 2, amount: 50 },
      OUTRANKED: { priority: 1 },
      BUDGET_EXHAUSTED: { stacking: 'STACKS', amount: 11 },
      CONDITION_NOT_MET: { audience: [{ segment: 'Best' }] },
      NOT_ACTIVE: { enabled: false },
      CONFIDENCE_TOO_LOW: {},
    };
    for (const [name, input] of Object.entries(more)) {
      await own.call('upsertEarnRule', { name, ...rule, ...input });
    }
    await own.call('identifyCustomer', { externalId: 'asha', traits: { segment: 'Rest' } });
    const event = { customer: { externalId: 'asha' }, action: 'QUIZ' };
    const answer = await simulate(event, own);
    expect(answer).toMatchObject({ total: 50, openedMu: 0, confidence: 1, duplicate: false });
    expect(explained(answer)).toEqual({
      ...Object.fromEntries(Object.keys(more).map((name) => [name, name])),
      CONFIDENCE_TOO_LOW: 'OUTRANKED',
    });
    const unsure = await simulate({ ...event, machineOpen: true }, own);
    expect(explained(unsure)['CONFIDENCE_TOO_LOW']).toBe('CONFIDENCE_TOO_LOW');
    expect(unsure).toMatchObject({ total: 0, confidence: 0 });
    const again = await simulate(event, own);
    expect(again).toEqual(answer);
    expect(await own.funds()).toEqual({ budget: 60, reserved: 0 });
    const stored = await desk.t.database.query(
      `SELECT FROM attention_events e JOIN brands b ON b.id = e.brand_id WHERE b.slug = 'explaining'`,
    );
    expect(stored).toEqual([]);
  });

  it('refuses what recordAttention refuses', async () => {
    const nobody = { customer: { externalId: 'nobody' }, action: 'QUIZ' };
    expect(await simulate(nobody)).toMatchObject({
      total: 0,
      explanations: [],
      userErrors: [{ code: 'NOT_FOUND', field: ['customer'] }],
    });
    const customer = await person();
    const early = new Date(Date.now() + 3_600_000).toISOString();
    const refusals = await Promise.all([
      simulate({ customer, action: 'QUIZ', messageId: 'msg_01h455vb4pex5vsknk084sn02q' }),
      simulate({ customer, action: 'QUIZ', occurredAt: early }),
      simulate({ customer, action: 'QUIZ', customAction: 'x' }),
    ]);
    expect(refusals.flatMap(({ userErrors }) => userErrors as { code: string }[])).toMatchObject([
      { code: 'NOT_FOUND' },
      { code: 'OCCURRED_AT_IN_FUTURE' },
      { code: 'INVALID_VALUE' },
    ]);
  });

  it('sees opens that the event would prove, and a customer who wants no Mu', async () => {
    const customer = await person();
    const offer = { openMu: 3, actionMuMax: 9, audience: 2 };
    const made = await desk.call('recordMessage', { externalId: 'm', channel: 'SMS', ...offer });
    const messageId = (made['message'] as { id: string }).id;
    await desk.call('recordAttention', { customer, messageId, action: 'OPEN', machineOpen: true });
    const click = { customer, messageId, action: 'CLICK' };
    expect(await simulate(click)).toMatchObject({ total: 3, openedMu: 3 });
    expect(granted(await desk.call('recordAttention', click))).toEqual([3]);
    expect(await simulate(click)).toMatchObject({ total: 0, openedMu: 0 });
    await desk.call('upsertEarnRule', { name: 'visit', action: 'VISIT', amount: 5 });
    const visit = { customer, action: 'VISIT' };
    expect(await simulate(visit)).toMatchObject({ total: 5 });
    await desk.call('optOutOfMu', { customer });
    expect(explained(await simulate(visit))['visit']).toBe('OPTED_OUT');
    expect(explained(await desk.call('recordAttention', visit))).toEqual({ visit: 'OPTED_OUT' });
  });
});

const actions = ['OPEN', 'CLICK', 'SURVEY', 'VISIT'] as const;
const someMu = fc.integer({ min: 1, max: 30 });

const ruleInputs = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  action: fc.constantFrom(...actions),
  amount: someMu,
  channels: fc.constantFrom([], [], ['SMS'], ['EMAIL', 'WEB']),
  audience: fc.constantFrom([], [], [{ segment: 'Rest' }]),
  multipliers: fc.constantFrom([], [{ audience: [{ segment: 'Rest' }], percent: 250 }]),
  perCustomerPerDay: fc.integer({ min: 1, max: 3 }),
  maxMuPerCustomerPerDay: fc.option(someMu),
  maxMuPerCustomer: fc.option(someMu),
  maxMuPerCampaign: fc.option(someMu),
  maxMuInTotal: fc.option(someMu),
  minConfidence: fc.constantFrom(0.5, 1),
  priority: fc.integer({ min: 0, max: 2 }),
  stacking: fc.constantFrom('EXCLUSIVE', 'STACKS'),
  enabled: fc.constantFrom(true, true, false),
  streak: fc.constantFrom(null, null, {}),
});

const eventInputs = fc.record({
  action: fc.constantFrom(...actions),
  channel: fc.constantFrom(null, 'SMS', 'EMAIL'),
  machineOpen: fc.constantFrom(null, null, true),
  daysAgo: fc.constantFrom(0, 0, 1, 2),
  /** Which customer and which message, or none. */
  who: fc.nat({ max: 1 }),
  what: fc.constantFrom(null, 0, 1),
});

test('What is simulated is what is then recorded, whatever the rules', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(ruleInputs, { minLength: 1, maxLength: 6 }),
      fc.array(eventInputs, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 120 }),
      async (rules, events, budget) => {
        const brand = await desk.t.createBrand(`random-${(count += 1)}`, { budget });
        const own = deskOf(desk.t, brand);
        for (const rule of rules) await own.call('upsertEarnRule', rule);
        const customers = [{ externalId: 'rest' }, { externalId: 'other' }];
        await own.call('identifyCustomer', { ...customers[0], traits: { segment: 'Rest' } });
        await own.call('identifyCustomer', customers[1] as Record<string, unknown>);
        const messages: string[] = [];
        for (const offer of [{ openMu: 20, actionMuMax: 40 }, {}]) {
          const externalId = `m-${messages.length}`;
          const input = { externalId, channel: 'EMAIL', campaign: 'c', ...offer };
          messages.push(((await own.call('recordMessage', input))['message'] as Data)['id']);
        }
        for (const { who, what, daysAgo, ...event } of events) {
          const messageId = what === null ? null : messages[what];
          const occurredAt = new Date(Date.now() - daysAgo * 80_000_000).toISOString();
          const input = { ...event, messageId, occurredAt, customer: customers[who] };
          const told = await simulate(input, own);
          const done = await own.call('recordAttention', input);
          const paid = granted(done).reduce((sum, amount) => sum + amount, 0);
          expect(told).toMatchObject({
            total: paid,
            duplicate: done['event'].duplicate,
            confidence: done['event'].confidence,
          });
          const ofAction = (told['explanations'] as Explained[]).filter(
            ({ rule }) => rule === null || rule.action === event.action,
          );
          expect(done['explanations']).toEqual(ofAction);
        }
      },
    ),
    seeded(10),
  );
});
