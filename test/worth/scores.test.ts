import { idOf } from '../customers/people';
import { anOrder, record } from '../purchases/orders';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { keptOf, send, worthOf } from './worth';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
const asha = { externalId: 'asha' };

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('velora');
  other = await t.createBrand('dailypaper');
  await idOf(t, brand, { ...asha, email: 'asha@example.in' });
  await idOf(t, other, { externalId: 'reader', email: 'asha@example.in' });
});

afterAll(() => t.close());

function ingest(scores: Data[], changes: Data = {}, by = brand): Promise<Data> {
  return send(t, by, 'ingestScores', { scorer: 'ours', version: '3', scores, ...changes });
}

const score = (kind: string, value: number | null, customer: object = asha) => ({
  customer,
  kind,
  value,
});

test("a brand's own lifetime value wins over ours, with the model that said so", async () => {
  await record(t, brand, [anOrder(asha)]);
  expect((await worthOf(t, brand.apiKey, asha)).clv).toMatchObject({ source: 'RULE' });
  const scoredAt = '2026-01-01T00:00:00.000Z';
  expect(await ingest([score('CLV', 1234.565), score('CHURN_RISK', 0.25)], { scoredAt })).toEqual({
    recorded: 2,
    replayed: false,
    userErrors: [],
  });
  const { clv, scores } = await worthOf(t, brand.apiKey, asha);
  expect(clv).toMatchObject({
    value: { amount: '1234.57', currencyCode: 'INR' },
    source: 'INGESTED',
    pAlive: null,
    asOf: scoredAt,
    modelVersion: 'ours 3',
  });
  expect(scores).toEqual([
    { kind: 'CHURN_RISK', value: 0.25, scorer: 'ours', scorerVersion: '3', scoredAt },
    { kind: 'CLV', value: 1234.565, scorer: 'ours', scorerVersion: '3', scoredAt },
  ]);
  await record(t, brand, [anOrder(asha)]);
  expect(await keptOf(t, 'asha')).toMatchObject({ clv: 123_457, source: 'INGESTED' });
});

test('the newest word counts, also in one list, and the later of equal moments', async () => {
  const at = (day: string) => ({ scoredAt: `2026-02-${day}T00:00:00.000Z` });
  await ingest([score('RECOMMENDATION', 5), score('RECOMMENDATION', 6)], at('02'));
  expect(await ingest([score('RECOMMENDATION', 1)], at('01'))).toMatchObject({ recorded: 0 });
  expect(await ingest([score('RECOMMENDATION', 7)], at('02'))).toMatchObject({ recorded: 1 });
  const { scores } = await worthOf(t, brand.apiKey, asha);
  expect(scores.find(({ kind }) => kind === 'RECOMMENDATION')).toMatchObject({ value: 7 });
});

test.each([
  ['CLV', 0, 90_071_992_547_409.91],
  ['CHURN_RISK', 0, 1],
  ['ORDER_CHANCE', 0, 1],
  ['DAYS_TO_NEXT_ORDER', 0, 3650],
  ['RECOMMENDATION', 0, 10],
])('%s is from %d to %d, and what is beyond is refused alone', async (kind, least, most) => {
  const beyond = kind === 'CLV' ? 90_071_992_547_410 : most + 0.001;
  const answer = await ingest([
    score(kind, least),
    score(kind, -0.001),
    score(kind, beyond),
    score(kind, most),
  ]);
  expect(answer).toMatchObject({
    recorded: 1,
    userErrors: [
      { code: 'INVALID_VALUE', field: ['scores', '1', 'value'] },
      { code: 'INVALID_VALUE', field: ['scores', '2', 'value'] },
    ],
  });
});

test('what is taken back is reckoned here again, and what was said before does not come back', async () => {
  const [buyer, newcomer] = [{ externalId: 'buyer' }, { externalId: 'newcomer' }];
  for (const one of [buyer, newcomer]) await idOf(t, brand, one);
  await record(t, brand, [anOrder(buyer)]);
  const at = (day: string) => ({ scoredAt: `2026-03-${day}T00:00:00.000Z` });
  await ingest(
    [score('CLV', 9, buyer), score('CLV', 9, newcomer), score('CHURN_RISK', 1, buyer)],
    at('02'),
  );
  expect(await ingest([score('CLV', null, buyer)], at('01'))).toMatchObject({ recorded: 0 });
  expect((await worthOf(t, brand.apiKey, buyer)).clv).toMatchObject({ source: 'INGESTED' });
  const takenBack = [
    score('CLV', null, buyer),
    score('CLV', null, newcomer),
    score('CHURN_RISK', null, buyer),
  ];
  expect(await ingest(takenBack, at('03'))).toMatchObject({ recorded: 3, userErrors: [] });
  expect(await ingest([score('CLV', 8, buyer)], at('02'))).toMatchObject({ recorded: 0 });
  const { clv, scores } = await worthOf(t, brand.apiKey, buyer);
  expect(clv).toMatchObject({ source: 'RULE' });
  expect(scores).toEqual([]);
  const kept = await keptOf(t, 'buyer');
  expect(kept).toMatchObject({ source: 'RULE_6_9' });
  expect(kept?.['clv']).toBeCloseTo(100 * Number(clv?.['value'].amount), 0);
  expect((await worthOf(t, brand.apiKey, newcomer)).clv).toBeNull();
  expect(await keptOf(t, 'newcomer')).toMatchObject({ clv: 0, source: 'RULE_6_9' });
  await ingest([score('CLV', 7, buyer)], at('04'));
  expect(await keptOf(t, 'buyer')).toMatchObject({ clv: 700, source: 'INGESTED' });
});

test('a score without a value is refused, so that nobody takes back what they forgot to say', async () => {
  expect(await ingest([{ customer: asha, kind: 'CLV' }])).toMatchObject({
    recorded: 0,
    userErrors: [{ code: 'INVALID_VALUE', field: ['scores', '0', 'value'] }],
  });
});

test('unknown customers are refused alone, those of other brands among them', async () => {
  const people = [{ externalId: 'nobody' }, { externalId: 'reader' }, asha];
  const answer = await ingest(people.map((customer) => score('ORDER_CHANCE', 0.5, customer)));
  expect(answer).toMatchObject({
    recorded: 1,
    userErrors: [
      { code: 'NOT_FOUND', field: ['scores', '0', 'customer'] },
      { code: 'NOT_FOUND', field: ['scores', '1', 'customer'] },
    ],
  });
});

test('what one brand says of a person another does not hear', async () => {
  await ingest([score('CLV', 5)]);
  expect(await worthOf(t, other.apiKey, { externalId: 'reader' })).toEqual({
    clv: null,
    scores: [],
  });
});

test.each([
  [{ scorer: ' ' }, 'INVALID_TEXT', 'scorer'],
  [{ version: '' }, 'INVALID_TEXT', 'version'],
  [{ scoredAt: '2999-01-01T00:00:00.000Z' }, 'OCCURRED_AT_IN_FUTURE', 'scoredAt'],
])('%j is refused with all its scores', async (changes, code, field) => {
  expect(await ingest([score('CLV', 1)], changes)).toMatchObject({
    recorded: 0,
    userErrors: [{ code, field: [field] }],
  });
});

test('500 scores are taken at once and not one more', async () => {
  const many = (count: number) => Array.from({ length: count }, () => score('CHURN_RISK', 0.5));
  expect(await ingest(many(501))).toMatchObject({
    recorded: 0,
    userErrors: [{ code: 'LIMIT_EXCEEDED', field: ['scores'] }],
  });
  expect(await ingest(many(500))).toMatchObject({ recorded: 1, userErrors: [] });
});
