import { newKey, type TestBrand } from '../support/test-service';
import { send, settlingMs, startWorld, type World } from './world';

const second = 1000;
const day = 86_400_000;

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());
afterEach(() => (w.t.clock.offsetMs = 0));

const inMs = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();

interface Recorded {
  codes: string[];
  occurredAt: string | null;
}

/** What becomes of an event of this time: request errors, or else codes of refusal. */
async function recordAt(occurredAt: unknown, bearer = w.a.key, customer = {}): Promise<Recorded> {
  const input = {
    customer: { externalId: w.a.customer['externalId'], ...customer },
    action: 'VISIT',
    occurredAt,
    idempotencyKey: newKey(),
  };
  const document = `mutation ($input: RecordAttentionInput!) {
    recordAttention(input: $input) { event { occurredAt } userErrors { code } } }`;
  const { codes, data } = await w.t.ask(document, { input }, bearer);
  const payload = data['recordAttention'];
  const refusals = ((payload?.userErrors ?? []) as { code: string }[]).map(({ code }) => code);
  return { codes: [...codes, ...refusals], occurredAt: payload?.event?.occurredAt ?? null };
}

// Some seconds off the limit, because the service looks at its own clock a little later.
test.each<[string, number, string[]]>([
  ['now', 0, []],
  ['ten seconds less than five minutes ahead', 290 * second, []],
  ['a minute more than five minutes ahead', 360 * second, ['OCCURRED_AT_IN_FUTURE']],
  ['a minute less than thirty days ago', -30 * day + 60 * second, []],
  ['a second more than thirty days ago', -30 * day - second, ['OCCURRED_AT_TOO_OLD']],
])('an event of %s (V9)', async (_, offset, codes) => {
  expect((await recordAt(inMs(offset))).codes).toEqual(codes);
});

test('the window is the brand’s (V9)', async () => {
  const brand: TestBrand = await w.t.createBrand('impatient');
  await send(w.t, brand.apiKey, 'identifyCustomer', { externalId: 'one' });
  await send(w.t, brand.apiKey, 'updateBrand', { maxEventAgeDays: 1 });
  const at = (offset: number) => recordAt(inMs(offset), brand.apiKey, { externalId: 'one' });
  expect((await at(-day + 60 * second)).codes).toEqual([]);
  expect((await at(-day - second)).codes).toEqual(['OCCURRED_AT_TOO_OLD']);
});

test('the window is judged by the clock of the service, not of the sender (V9)', async () => {
  const sent = inMs(0);
  w.t.clock.offsetMs = 31 * day;
  expect((await recordAt(sent)).codes).toEqual(['OCCURRED_AT_TOO_OLD']);
  w.t.clock.offsetMs = -day;
  expect((await recordAt(sent)).codes).toEqual(['OCCURRED_AT_IN_FUTURE']);
});

test.each(['2099-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59Z'])(
  '%s is the future (V9)',
  async (moment) => {
    expect(await recordAt(moment)).toEqual({ codes: ['OCCURRED_AT_IN_FUTURE'], occurredAt: null });
  },
);

test.each([
  '1970-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '1582-10-10T00:00:00Z',
  '1969-12-31T23:59:59.999Z',
])('%s is too long ago (V9)', async (moment) => {
  expect(await recordAt(moment)).toEqual({ codes: ['OCCURRED_AT_TOO_OLD'], occurredAt: null });
});

test.each([
  '2026-02-30T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-32T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:60:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00Z',
  '2026-01-01 00:00:00Z',
  '2026-01-01',
  '2026-W01-1T00:00:00Z',
  '20260101T000000Z',
  '26-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '275760-09-13T00:00:00Z',
  '-0001-01-01T00:00:00Z',
  '0000-12-31T23:59:59Z',
  '9999-12-31T23:59:59-00:01',
  '0001-01-01T00:00:00+00:01',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+0530',
  '2026-01-01T00:00:00 Z',
  '2026-01-01T00:00:00Z ',
  '2026-01-01T00:00:00[Asia/Kolkata]',
  '２０２６-01-01T00:00:00Z',
  `2026-01-01T00:00:00.${'1'.repeat(100)}Z`,
  'Thu, 01 Jan 2026 00:00:00 GMT',
  'infinity',
  '-infinity',
  'now',
  'today',
  'epoch',
  '',
  1_767_225_600_000,
  1_767_225_600,
  true,
  {},
])('%j is no moment (V9)', async (moment) => {
  expect(await recordAt(moment)).toEqual({ codes: ['BAD_USER_INPUT'], occurredAt: null });
});

test('a moment is the same in every zone and to the millisecond (V9)', async () => {
  const base = Math.floor(Date.now() / day) * day - day;
  const utc = new Date(base).toISOString();
  const date = utc.slice(0, 10);
  const before = new Date(base - day).toISOString().slice(0, 10);
  const spellings: [string, string][] = [
    [`${date}T05:30:00+05:30`, utc],
    [`${before}T12:00:00-12:00`, utc],
    [`${date}T14:00:00+14:00`, utc],
    [`${date}T23:59:00+23:59`, utc],
    [`${date}t00:00:00z`, utc],
    [`${date}T00:00:00.1Z`, utc.replace('.000', '.100')],
    [`${date}T00:00:00.123999Z`, utc.replace('.000', '.123')],
    [`${date}T00:00:00-00:00`, utc],
  ];
  for (const [spelling, moment] of spellings) {
    expect([spelling, await recordAt(spelling)]).toEqual([
      spelling,
      { codes: [], occurredAt: moment },
    ]);
  }
});

test('what a message offers ends in the future (V9)', async () => {
  const offer = async (expiresAt: string) => {
    const message = { externalId: newKey(), channel: 'EMAIL', expiresAt };
    const { userErrors } = await send(w.t, w.a.key, 'recordMessage', message);
    return userErrors;
  };
  expect(await offer(inMs(60 * second))).toEqual([]);
  expect(await offer('9999-12-31T23:59:59.999Z')).toEqual([]);
  for (const past of [inMs(-second), '1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z']) {
    expect(await offer(past)).toMatchObject([{ code: 'INVALID_VALUE', field: ['expiresAt'] }]);
  }
});

test('a rule ends after it starts (V9)', async () => {
  const rule = async (startsAt: string | null, endsAt: string | null) => {
    const input = { name: 'times', action: 'SCAN', amount: 1, startsAt, endsAt };
    const { userErrors } = await send(w.t, w.a.key, 'upsertEarnRule', input);
    return (userErrors as { code: string }[]).map(({ code }) => code);
  };
  const [first, last] = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'];
  expect(await rule(first, last)).toEqual([]);
  expect(await rule(first, first)).toEqual(['INVALID_VALUE']);
  expect(await rule(last, first)).toEqual(['INVALID_VALUE']);
  expect(await rule(null, first)).toEqual([]);
  expect(await rule(last, null)).toEqual([]);
});
