import * as operations from '../../schema/generated/operations';
import { key, runnerOf, type Run } from '../operations/runner';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';

const dayMs = 86_400_000;
const by = { externalId: 'asha' };
let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let run: Run;
/** Noon of the next day in Kolkata, so that no midnight comes between an event and a read. */
const noon = new Date(Math.ceil(Date.now() / dayMs) * dayMs + 6.5 * 3_600_000);

beforeAll(async () => {
  t = await startTestService();
  t.clock.offsetMs = noon.getTime() - Date.now();
  brand = await t.createBrand('reading', { budget: 1000, timezone: 'Asia/Kolkata' });
  other = await t.createBrand('elsewhere', { budget: 1000 });
  run = runnerOf(t, brand.apiKey);
  for (const { apiKey } of [brand, other]) {
    await run(
      operations.IdentifyCustomerDocument,
      { input: { ...by, email: 'asha@example.in', ...key() } },
      apiKey,
    );
  }
  await run(operations.IdentifyCustomerDocument, { input: { externalId: 'silent', ...key() } });
});

afterAll(() => t.close());

type Action = 'OPEN' | 'CLICK' | 'REFERRAL';

async function attend(action: Action, daysAgo: number, apiKey = brand.apiKey): Promise<void> {
  const occurredAt = new Date(noon.getTime() - daysAgo * dayMs).toISOString();
  const input = { customer: by, action, channel: 'WEB' as const, occurredAt, ...key() };
  const { recordAttention } = await run(operations.RecordAttentionDocument, { input }, apiKey);
  expect(recordAttention.userErrors).toEqual([]);
}

async function attention(
  who: { externalId: string } | { id: string } = by,
  last = 30,
  bearer?: string,
) {
  const { customer } = await run(operations.CustomerAttentionDocument, { by: who, last }, bearer);
  return customer?.relationship ?? null;
}

it('shows a score, its days and no more, of the brand’s own events', async () => {
  for (const daysAgo of [0, 1, 2, 3, 4]) await attend('OPEN', daysAgo);
  await attend('CLICK', 2);
  await attend('REFERRAL', 3);
  await attend('REFERRAL', 3);
  await attend('CLICK', 3, other.apiKey);
  const shown = await attention();
  expect(shown?.attentionScore).toMatchObject({
    raw30d: 8,
    band: 'ENGAGED',
    streak: 0,
    // A day has ten points at most: 1 + 1 + 4 + 10 + 1.
    points30d: 17,
    previousPoints30d: 0,
    trend: 'RISING',
    modelVersion: 'attention-1',
  });
  const { days, window } = shown?.attentionTrajectory ?? { days: [], window: null };
  expect(days).toHaveLength(30);
  expect(days.map(({ points }) => points).slice(-6)).toEqual([0, 1, 10, 4, 1, 1]);
  expect(days.filter(({ events }) => events === 0)).toHaveLength(25);
  expect(days.at(-1)?.ema).toBeCloseTo(shown?.attentionScore?.ema ?? NaN, 9);
  expect(days[0]?.ema).toBeCloseTo(0, 9);
  expect(window?.from).toMatch(/T18:30:00/);
  expect(shown?.dormancy).toMatchObject({
    state: 'ACTIVE',
    daysSilent: 0,
    modelVersion: 'dormancy-1',
  });
});

it('shows nothing but zeros of somebody nothing was heard of', async () => {
  const shown = await attention({ externalId: 'silent' });
  expect(shown?.attentionScore).toMatchObject({
    raw30d: 0,
    ema: 0,
    index: 0,
    band: 'SILENT',
    trend: 'STEADY',
  });
  expect(shown?.attentionTrajectory?.days.every(({ ema, points }) => ema + points === 0)).toBe(
    true,
  );
  expect(shown?.dormancy?.state).toBe('NOT_TESTED');
});

it('takes one statement more for a page of customers than for none, whatever its size', async () => {
  const page = (fields: string) =>
    t.run(
      `{ customers(first: 50) { nodes { id relationship { externalId ${fields} } } } }`,
      {},
      brand.apiKey,
    );
  const { statements } = await page('');
  const score = 'attentionScore { index } dormancy { state }';
  expect((await page(score)).statements).toBe(statements + 1);
  const trajectory = 'attentionTrajectory(last: 60) { trend }';
  expect((await page(`${score} ${trajectory}`)).statements).toBe(statements + 1);
});

it('is shown to customers with the brand that signed them in, and with no other', async () => {
  const { createCustomerToken } = await run(operations.CreateCustomerTokenDocument, {
    input: { customer: by, ...key() },
  });
  const token = createCustomerToken.token ?? '';
  const { data } = await t.run(
    '{ me { relationships { brand { slug } attentionScore { index } dormancy { state } } } }',
    {},
    token,
  );
  const bySlug = new Map(
    (data['me'].relationships as { brand: { slug: string } }[]).map((one) => [one.brand.slug, one]),
  );
  expect(bySlug.get('reading')).toMatchObject({ dormancy: { state: 'ACTIVE' } });
  expect(bySlug.get('elsewhere')).toMatchObject({ attentionScore: null, dormancy: null });
});

it('shows a year of days, and not a day more', async () => {
  const shown = await attention(by, 366);
  expect(shown?.attentionTrajectory?.days).toHaveLength(366);
  for (const last of [0, 367]) {
    const { errors } = await t.run(
      operations.CustomerAttentionDocument.toString(),
      { by, last },
      brand.apiKey,
    );
    expect(errors?.[0]).toMatchObject({ originalError: { code: 'BAD_USER_INPUT' } });
  }
});

it('shows and sets how silence is called', async () => {
  const before = await run(operations.DormancyPolicyDocument, {});
  expect(before.brand?.dormancyPolicy).toEqual({
    activeDays: 30,
    driftingDays: 60,
    inactiveDays: 90,
    dormantDays: 365,
    minMessages: 3,
  });
  const input = { minMessages: 5, ...key() };
  const { setDormancyPolicy } = await run(operations.SetDormancyPolicyDocument, { input });
  expect(setDormancyPolicy).toMatchObject({ dormancyPolicy: { minMessages: 5 }, userErrors: [] });
  const after = await run(operations.DormancyPolicyDocument, {});
  expect(after.brand?.dormancyPolicy).toMatchObject({ activeDays: 30, minMessages: 5 });
});

it.each([
  ['activeDays', { activeDays: 1 }, { activeDays: 0 }],
  ['driftingDays', { driftingDays: 31, activeDays: 30 }, { driftingDays: 30, activeDays: 30 }],
  ['dormantDays', { dormantDays: 3650 }, { dormantDays: 3651 }],
  ['minMessages', { minMessages: 1000 }, { minMessages: 1001 }],
  ['minMessages', { minMessages: 0 }, { minMessages: -1 }],
])('takes %s up to its edge and refuses the next', async (field, edge, beyond) => {
  const taken = await run(operations.SetDormancyPolicyDocument, { input: { ...edge, ...key() } });
  expect(taken.setDormancyPolicy.userErrors).toEqual([]);
  const refused = await run(operations.SetDormancyPolicyDocument, {
    input: { ...beyond, ...key() },
  });
  expect(refused.setDormancyPolicy).toMatchObject({
    dormancyPolicy: null,
    userErrors: [{ code: 'INVALID_VALUE', field: [field] }],
  });
});
