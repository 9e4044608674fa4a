import { granted, openDesk, type Desk } from './desk';

let desk: Desk;
let count = 0;

beforeAll(async () => (desk = await openDesk('ruling', 1_000_000)));
afterAll(() => desk.t.close());

async function person(traits: Record<string, unknown> = {}): Promise<{ externalId: string }> {
  const externalId = `ruled-${(count += 1)}`;
  await desk.call('identifyCustomer', { externalId, traits });
  return { externalId };
}

async function publish(name: string, input: Record<string, unknown>): Promise<string> {
  const { earnRule, userErrors } = await desk.call('upsertEarnRule', {
    name,
    amount: 10,
    ...input,
  });
  expect(userErrors).toEqual([]);
  return (earnRule as { id: string }).id;
}

async function message(input: Record<string, unknown> = {}): Promise<string> {
  const externalId = `message-${(count += 1)}`;
  const made = await desk.call('recordMessage', { externalId, channel: 'SMS', ...input });
  return (made['message'] as { id: string }).id;
}

async function paid(input: Record<string, unknown>): Promise<number[]> {
  return granted(await desk.call('recordAttention', input));
}

async function ask(document: string, variables: Record<string, unknown> = {}, bearer?: string) {
  const { data, errors } = await desk.t.run(document, variables, bearer ?? desk.brand.apiKey);
  expect(errors).toBeUndefined();
  return data;
}

describe('An earn rule', () => {
  it('pays on its channels, for its kinds of messages and at its stage', async () => {
    await publish('narrow', {
      action: 'READ',
      channel: 'WEB',
      channels: ['SMS'],
      messageKinds: ['SELL', 'EM'],
      stage: 'DECIDE',
    });
    const sell = await message({ kind: 'SELL' });
    const event = { action: 'READ', messageId: sell, stage: 'DECIDE' };
    const seen = await desk.call('recordAttention', { customer: await person(), ...event });
    expect(granted(seen)).toEqual([10]);
    expect(await paid({ customer: await person(), ...event, channel: 'WEB' })).toEqual([10]);
    expect(await paid({ customer: await person(), ...event, channel: 'PUSH' })).toEqual([]);
    expect(await paid({ customer: await person(), ...event, stage: 'AWARE' })).toEqual([]);
    expect(await paid({ customer: await person(), ...event, stage: null })).toEqual([]);
    const notify = await message({ kind: 'NOTIFY' });
    expect(await paid({ customer: await person(), ...event, messageId: notify })).toEqual([]);
    expect(await paid({ customer: await person(), ...event, messageId: null })).toEqual([]);
  });

  it('pays its audience, and some of them more', async () => {
    await publish('rest first', {
      action: 'QUIZ',
      amount: 3,
      audience: [{ traitExists: 'segment' }],
      multipliers: [
        { audience: [{ segment: 'Rest' }], percent: 250 },
        { audience: [{ traitIn: { name: 'city', values: ['Pune', 'Agra'] } }], percent: 200 },
      ],
    });
    const quiz = async (traits: Record<string, unknown>) =>
      paid({ customer: await person(traits), action: 'QUIZ' });
    expect(await quiz({ segment: 'Rest', city: 'Pune' })).toEqual([7]);
    expect(await quiz({ segment: 'Best', city: 'Pune' })).toEqual([6]);
    expect(await quiz({ segment: 'Best', city: 'Goa' })).toEqual([3]);
    expect(await quiz({ city: 'Pune' })).toEqual([]);
  });

  it('competes by priority, and besides the winner every rule that stacks pays', async () => {
    await publish('dear', { action: 'SURVEY', amount: 50 });
    await publish('first', { action: 'SURVEY', amount: 20, priority: 1 });
    await publish('tip', { action: 'SURVEY', amount: 2, stacking: 'STACKS' });
    await publish('top', { action: 'SURVEY', amount: 1, stacking: 'STACKS', priority: 9 });
    const customer = await person();
    const first = await desk.call('recordAttention', { customer, action: 'SURVEY' });
    expect(granted(first).sort()).toEqual([1, 2, 20]);
    expect(first['explanations']).toMatchObject([
      { rule: { name: 'first' }, outcome: 'PAYS', amount: 20 },
      { rule: { name: 'tip' }, outcome: 'PAYS', amount: 2 },
      { rule: { name: 'top' }, outcome: 'PAYS', amount: 1 },
      { rule: { name: 'dear' }, outcome: 'OUTRANKED', amount: 0 },
    ]);
    // Each has paid its one time that day, except the one that was outranked.
    expect(await paid({ customer, action: 'SURVEY' })).toEqual([50]);
    const last = await desk.call('recordAttention', { customer, action: 'SURVEY' });
    expect(last).toMatchObject({ grants: [], event: { duplicate: true } });
  });

  it('that stacks pays on a message once, and never more than the message offers', async () => {
    await publish('form', { action: 'FORM', amount: 6 });
    await publish('form tip', { action: 'FORM', amount: 6, stacking: 'STACKS' });
    const messageId = await message({ openMu: 1, actionMuMax: 10, audience: 2 });
    const event = { customer: await person(), action: 'FORM', messageId };
    expect(await paid(event)).toEqual([6, 4]);
    expect(await paid(event)).toEqual([]);
    const free = { ...event, messageId: await message() };
    expect(await paid(free)).toEqual([6, 6]);
    expect(await desk.call('recordAttention', free)).toMatchObject({
      grants: [],
      event: { duplicate: true },
    });
  });

  it('that is not enabled pays nothing, and its earlier versions stay as they were', async () => {
    const id = await publish('switched', { action: 'ATTEND' });
    await publish('switched', { action: 'ATTEND', enabled: false });
    expect(await paid({ customer: await person(), action: 'ATTEND' })).toEqual([]);
    const { earnRules } = await ask('{ earnRules(name: "switched") { version enabled } }');
    expect(earnRules).toEqual([
      { version: 2, enabled: false },
      { version: 1, enabled: true },
    ]);
    const one = 'query ($id: ID!) { earnRule(id: $id) { name version } }';
    expect(await ask(one, { id })).toEqual({ earnRule: { name: 'switched', version: 1 } });
    const other = await desk.t.createBrand(`other-${(count += 1)}`);
    expect(await ask(one, { id }, other.apiKey)).toEqual({ earnRule: null });
  });

  it.each<[string, Record<string, unknown>, string, string[]]>([
    [
      'a percentage of 0',
      { multipliers: [{ audience: [{ segment: 'a' }], percent: 0 }] },
      'INVALID_VALUE',
      ['multipliers', 'percent'],
    ],
    [
      'a multiplier for all',
      { multipliers: [{ audience: [], percent: 5 }] },
      'INVALID_VALUE',
      ['multipliers', 'audience'],
    ],
    [
      'a multiplier beyond what can be paid',
      { amount: 10 ** 15, multipliers: [{ audience: [{ segment: 'a' }], percent: 101 }] },
      'AMOUNT_TOO_LARGE',
      ['multipliers'],
    ],
    ['a cap of 0', { maxMuPerCampaign: 0 }, 'AMOUNT_NOT_POSITIVE', ['maxMuPerCampaign']],
    [
      'no values of a trait',
      { audience: [{ traitIn: { name: 'a', values: [] } }] },
      'INVALID_VALUE',
      ['audience'],
    ],
    ['an empty segment', { audience: [{ segment: ' ' }] }, 'INVALID_TEXT', ['audience']],
    ['a priority out of range', { priority: 1_000_001 }, 'INVALID_VALUE', ['priority']],
    ['a custom action of another action', { customAction: 'x' }, 'INVALID_VALUE', ['customAction']],
    [
      'a custom action nobody registered',
      { action: 'CUSTOM', customAction: 'x' },
      'INVALID_VALUE',
      ['customAction'],
    ],
  ])('is refused with %s', async (_, input, code, field) => {
    const rule = { name: 'wrong', action: 'CLICK', amount: 1, ...input };
    expect(await desk.call('upsertEarnRule', rule)).toMatchObject({
      earnRule: null,
      userErrors: [{ code, field }],
    });
  });

  it('takes as many conditions as the limit says and not one more', async () => {
    const { ruleParts } = desk.t.service.config.limits;
    const many = (length: number) => ({
      name: 'long',
      action: 'CLICK',
      amount: 1,
      audience: Array.from({ length }, (_, at) => ({ segment: `s${at}` })),
    });
    expect(await desk.call('upsertEarnRule', many(ruleParts))).toMatchObject({ userErrors: [] });
    expect(await desk.call('upsertEarnRule', many(ruleParts + 1))).toMatchObject({
      userErrors: [{ code: 'LIMIT_EXCEEDED', field: ['audience'] }],
    });
  });
});

test('A customer is not told whom a rule is for', async () => {
  const id = await publish('secret', { action: 'CLICK', audience: [{ segment: 'Rest' }] });
  const customer = await person();
  const minted = await ask(
    `mutation ($input: CreateCustomerTokenInput!) { createCustomerToken(input: $input) { token } }`,
    { input: { customer, idempotencyKey: `token-${(count += 1)}-xxxx` } },
  );
  const node = `query ($id: ID!) { node(id: $id) { ... on EarnRule { name audience { segment } } } }`;
  const { token } = minted['createCustomerToken'] as { token: string };
  expect(await ask(node, { id }, token)).toEqual({ node: { name: 'secret', audience: [] } });
  expect(await ask(node, { id })).toEqual({
    node: { name: 'secret', audience: [{ segment: 'Rest' }] },
  });
});
