import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';

const record = `mutation ($input: RecordAttentionInput!) {
  recordAttention(input: $input) {
    event { id action confidence duplicate machineOpen }
    grants { amount reason rule { name version } entry { id amount balanceAfter number kind } }
    wallet { balance held lifetimeEarned state }
    streak { current lastDay nextMu }
    replayed
    userErrors { code field message }
  } }`;

describe('recordAttention', () => {
  let t: TestService;
  let brand: TestBrand;

  beforeAll(async () => {
    t = await startTestService();
    brand = await t.createBrand('tripkart', { budget: 50_000 });
    await identify('asha');
  });

  afterAll(() => t.close());

  async function identify(externalId: string): Promise<void> {
    const { data, errors } = await t.run(
      `mutation ($input: IdentifyCustomerInput!) {
        identifyCustomer(input: $input) { customer { id } userErrors { code } } }`,
      { input: { externalId, idempotencyKey: newKey() } },
      brand.apiKey,
    );
    expect({ errors, userErrors: data['identifyCustomer']?.userErrors }).toEqual({
      userErrors: [],
    });
  }

  async function message(input: Record<string, unknown>) {
    const { data, errors } = await t.run(
      `mutation ($input: RecordMessageInput!) {
        recordMessage(input: $input) { message { id } reserved userErrors { code field } } }`,
      { input: { channel: 'EMAIL', idempotencyKey: newKey(), ...input } },
      brand.apiKey,
    );
    expect(errors).toBeUndefined();
    return data['recordMessage'];
  }

  async function rule(input: Record<string, unknown>) {
    const { data, errors } = await t.run(
      `mutation ($input: UpsertEarnRuleInput!) {
        upsertEarnRule(input: $input) { earnRule { id version } userErrors { code field } } }`,
      { input: { idempotencyKey: newKey(), ...input } },
      brand.apiKey,
    );
    expect(errors).toBeUndefined();
    return data['upsertEarnRule'];
  }

  async function attend(input: Record<string, unknown>) {
    const { data, errors } = await t.run(
      record,
      { input: { customer: { externalId: 'asha' }, idempotencyKey: newKey(), ...input } },
      brand.apiKey,
    );
    expect(errors).toBeUndefined();
    return data['recordAttention'];
  }

  it('withholds a machine open and pays it when a survey proves the person', async () => {
    await rule({ name: 'survey', action: 'SURVEY', amount: 10 });
    const sent = await message({
      externalId: 'MSG-881',
      openMu: 1,
      actionMuMax: 10,
      audience: 2000,
    });
    expect(sent).toMatchObject({ reserved: 22_000, userErrors: [] });
    const messageId = sent.message.id;
    const machine = await attend({ messageId, action: 'OPEN', machineOpen: true });
    expect(machine).toMatchObject({ event: { confidence: 0 }, grants: [], userErrors: [] });
    const idempotencyKey = newKey();
    const survey = await attend({ messageId, action: 'SURVEY', idempotencyKey });
    expect(survey.grants.map((grant: { amount: number }) => grant.amount)).toEqual([1, 10]);
    expect(survey.wallet).toMatchObject({ balance: 11, lifetimeEarned: 11 });
    const again = await attend({ messageId, action: 'SURVEY', idempotencyKey });
    expect(again).toEqual({ ...survey, replayed: true });
    const other = await attend({ messageId, action: 'OPEN', idempotencyKey });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    const repeated = await attend({ messageId, action: 'SURVEY' });
    expect(repeated).toMatchObject({ event: { duplicate: true }, grants: [] });
  });

  it('pays the published streak day by day', async () => {
    await rule({ name: 'daily visit', action: 'VISIT', amount: 1, streak: {} });
    const paid: number[] = [];
    for (const daysAgo of [9, 8, 7, 6, 5, 4, 2]) {
      t.clock.offsetMs = -daysAgo * 86_400_000;
      const result = await attend({ action: 'VISIT' });
      paid.push(result.grants[0].amount);
    }
    t.clock.offsetMs = 0;
    expect(paid).toEqual([1, 2, 3, 4, 5, 5, 1]);
  });
});
