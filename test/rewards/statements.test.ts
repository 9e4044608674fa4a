import { newKey, startTestService, type TestService } from '../support/test-service';
import { deskOf, type Desk } from './desk';

let statements = 0;
let t: TestService;
let desk: Desk;
let messageId: string;

beforeAll(async () => {
  t = await startTestService({ hooks: { beforeStatement: () => void (statements += 1) } });
  desk = deskOf(t, await t.createBrand('counted', { budget: 100_000 }));
  await desk.call('identifyCustomer', { externalId: 'asha', traits: { segment: 'Rest' } });
  const rule = { amount: 2, perCustomerPerDay: 100 };
  await desk.call('upsertEarnRule', { ...rule, name: 'visit', action: 'VISIT' });
  await desk.call('upsertEarnRule', {
    ...rule,
    name: 'rich',
    action: 'QUIZ',
    channels: ['WEB', 'SMS'],
    audience: [{ segment: 'Rest' }],
    multipliers: [{ audience: [{ traitExists: 'segment' }], percent: 250 }],
    priority: 7,
  });
  await desk.call('upsertEarnRule', {
    ...rule,
    name: 'capped',
    action: 'SURVEY',
    maxMuPerCustomerPerDay: 1000,
    maxMuPerCustomer: 1000,
    maxMuPerCampaign: 1000,
    maxMuInTotal: 1000,
  });
  const offer = { openMu: 2, actionMuMax: 9, audience: 2, campaign: 'diwali' };
  const made = await desk.call('recordMessage', { externalId: 'm', channel: 'SMS', ...offer });
  messageId = (made['message'] as { id: string }).id;
});

afterAll(() => t.close());

async function statementsOf(input: Record<string, unknown>): Promise<number> {
  statements = 0;
  const customer = { externalId: 'asha' };
  await desk.call('recordAttention', {
    customer,
    channel: 'WEB',
    ...input,
    idempotencyKey: newKey(),
  });
  return statements;
}

test('An event takes the same statements whatever its rule asks for, and two more when the rule has caps', async () => {
  // The customer's first event is also told to whoever follows attention. One statement asks for saved
  // segments, since a rule of the brand names one.
  expect(await statementsOf({ action: 'POLL' })).toBe(15);
  expect(await statementsOf({ action: 'VISIT' })).toBe(19);
  expect(await statementsOf({ action: 'QUIZ' })).toBe(19);
  expect(await statementsOf({ action: 'SURVEY' })).toBe(21);
  expect(await statementsOf({ action: 'OPEN', messageId })).toBe(21);
  expect(await statementsOf({ action: 'VISIT', messageId })).toBe(21);
  expect(await statementsOf({ action: 'SURVEY', messageId })).toBe(23);
});

test('A list of events takes as many statements as one', async () => {
  const events = Array.from({ length: 50 }, () => ({
    customer: { externalId: 'asha' },
    action: 'SURVEY',
    idempotencyKey: newKey(),
  }));
  statements = 0;
  const { data } = await t.run(
    `mutation ($input: RecordAttentionBatchInput!) { recordAttentionBatch(input: $input) {
      results { grants { amount } } } }`,
    { input: { events } },
    desk.brand.apiKey,
  );
  const results = data['recordAttentionBatch'].results as { grants: unknown[] }[];
  expect(results.filter(({ grants }) => grants.length === 1)).toHaveLength(50);
  expect(statements).toBe(21);
});
