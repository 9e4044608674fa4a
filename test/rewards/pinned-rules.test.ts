import { startTestService } from '../support/test-service';
import { deskOf, granted, openDesk, type Desk } from './desk';

let desk: Desk;
let count = 0;

beforeAll(async () => (desk = await openDesk('pinning', 1_000_000)));
afterAll(() => desk.t.close());

async function person(): Promise<{ externalId: string }> {
  const externalId = `ruled-${(count += 1)}`;
  await desk.call('identifyCustomer', { externalId });
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

async function message(): Promise<string> {
  const externalId = `message-${(count += 1)}`;
  const made = await desk.call('recordMessage', { externalId, channel: 'SMS' });
  return (made['message'] as { id: string }).id;
}

async function paid(input: Record<string, unknown>): Promise<number[]> {
  return granted(await desk.call('recordAttention', input));
}

async function ask(document: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await desk.t.run(document, variables, desk.brand.apiKey);
  expect(errors).toBeUndefined();
  return data;
}

describe('A message', () => {
  it('is judged by the rule versions it was recorded with', async () => {
    await publish('pinned', { action: 'FEEDBACK', amount: 4 });
    const messageId = await message();
    await publish('pinned', { action: 'FEEDBACK', amount: 9 });
    await publish('later', { action: 'FEEDBACK', amount: 99 });
    const event = { action: 'FEEDBACK', messageId };
    const told = await desk.call('recordAttention', { customer: await person(), ...event });
    expect(told).toMatchObject({
      grants: [{ amount: 4, rule: { name: 'pinned', version: 1 } }],
    });
    const next = await message();
    expect(await paid({ customer: await person(), ...event, messageId: next })).toEqual([99]);
    const named = await ask(
      'query ($id: ID!) { message(id: $id) { earnRules { name version } } }',
      {
        id: messageId,
      },
    );
    const rules = named['message'].earnRules as { name: string; version: number }[];
    expect(rules).toContainEqual({ name: 'pinned', version: 1 });
    expect(rules.map(({ name }) => name)).not.toContain('later');
    const { simulateEarn } = await ask(
      `query ($event: SimulateEarnInput!) { simulateEarn(event: $event) {
        total explanations { rule { name } outcome reason } } }`,
      { event: { customer: await person(), ...event } },
    );
    expect(simulateEarn).toMatchObject({ total: 4 });
    expect(simulateEarn.explanations).toContainEqual({
      rule: { name: 'later' },
      outcome: 'NOT_ACTIVE',
      reason: 'The rule was published after the message was recorded.',
    });
  });

  it('recorded before the first rule pays no rule', async () => {
    const other = deskOf(desk.t, await desk.t.createBrand('early', { budget: 100 }));
    const made = await other.call('recordMessage', { externalId: 'early', channel: 'SMS' });
    await other.call('upsertEarnRule', { name: 'late', action: 'CLICK', amount: 5 });
    const customer = { externalId: 'asha' };
    await other.call('identifyCustomer', customer);
    const messageId = (made['message'] as { id: string }).id;
    const event = { customer, action: 'CLICK' };
    expect(granted(await other.call('recordAttention', { ...event, messageId }))).toEqual([]);
    expect(granted(await other.call('recordAttention', event))).toEqual([5]);
  });
});

describe('A custom action', () => {
  it('must be named once the brand has registered any, and rules may name it', async () => {
    const customer = await person();
    const event = { customer, action: 'CUSTOM' };
    await publish('any', { action: 'CUSTOM', amount: 1 });
    expect(await paid(event)).toEqual([1]);
    const refused = await desk.call('recordAttention', { ...event, customAction: 'unbox' });
    expect(refused).toMatchObject({
      event: null,
      userErrors: [{ code: 'INVALID_VALUE', field: ['customAction'] }],
    });
    const made = await desk.call('registerCustomAction', {
      name: 'unbox',
      description: 'On video',
    });
    const again = await desk.call('registerCustomAction', { name: 'unbox' });
    expect(again['customAction']).toEqual(made['customAction']);
    await desk.call('registerCustomAction', { name: 'stroll' });
    await publish('unboxed', { action: 'CUSTOM', customAction: 'unbox', amount: 8 });
    expect(await desk.call('recordAttention', event)).toMatchObject({
      userErrors: [{ code: 'INVALID_VALUE', field: ['customAction'] }],
    });
    expect(await paid({ ...event, customAction: 'unbox' })).toEqual([8]);
    const messageId = await message();
    const onMessage = { ...event, messageId };
    expect(await paid({ ...onMessage, customAction: 'unbox' })).toEqual([8]);
    expect(await paid({ ...onMessage, customAction: 'unbox' })).toEqual([]);
    expect(await paid({ ...onMessage, customAction: 'stroll' })).toEqual([1]);
    const { customer: seen } = await ask(
      `query ($by: CustomerBy!) { customer(by: $by) { attention(first: 1) {
        nodes { action customAction stage } } } }`,
      { by: customer },
    );
    expect(seen.attention.nodes).toEqual([
      { action: 'CUSTOM', customAction: 'stroll', stage: null },
    ]);
    const { customActions } = await ask('{ customActions { name description } }');
    expect(customActions).toEqual([
      { name: 'stroll', description: null },
      { name: 'unbox', description: null },
    ]);
  });

  it('is one of as many as the limit says and not one more', async () => {
    const t = await startTestService({ limits: { customActions: 2 } });
    try {
      const own = deskOf(t, await t.createBrand('few'));
      for (const name of ['a', 'b', 'a']) {
        expect(await own.call('registerCustomAction', { name })).toMatchObject({ userErrors: [] });
      }
      expect(await own.call('registerCustomAction', { name: 'c' })).toMatchObject({
        customAction: null,
        userErrors: [{ code: 'LIMIT_EXCEEDED' }],
      });
    } finally {
      await t.close();
    }
  });
});
