import { serviceSchemas } from '../../src/server/create-service';
import type { Answer } from '../support/http-service';
import { newKey } from '../support/test-service';
import { rawJson } from './nasty';
import { validArguments } from './samples';
import { inputPlaces, operationOf, rootFields, withValue, type RootField } from './schema-walk';
import { bearerFor, send, settlingMs, startWorld, type World } from './world';

const most = 10 ** 15;

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

/** A place that takes an amount of Mu, as JSON text so that any number can be written. */
interface AmountPlace {
  document: string;
  input: (amount: string) => string;
  bearer: () => string;
}

function place(
  mutation: string,
  field: string,
  others: () => Record<string, unknown>,
  bearer = () => w.a.key,
): AmountPlace {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  return {
    document: `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code field } } }`,
    input: (amount) => {
      const input = { idempotencyKey: newKey(), ...others(), [field]: 'AMOUNT' };
      return JSON.stringify(input).replace('"AMOUNT"', amount);
    },
    bearer,
  };
}

const places: Record<string, AmountPlace> = {
  'issueMu.amount': place(
    'issueMu',
    'amount',
    () => ({ brandId: w.b.brand.id, reason: 'invoice' }),
    () => w.t.platformKey,
  ),
  'upsertEarnRule.amount': place('upsertEarnRule', 'amount', () => ({ name: 'x', action: 'POLL' })),
  'upsertShopItem.price': place('upsertShopItem', 'price', () => ({ externalId: 'x', name: 'x' })),
  'redeem.amount': place('redeem', 'amount', () => ({
    customer: { externalId: w.a.customer['externalId'] },
    description: 'tea',
  })),
};

const messagePlaces: Record<string, AmountPlace> = {
  'recordMessage.openMu': place('recordMessage', 'openMu', message),
  'recordMessage.actionMuMax': place('recordMessage', 'actionMuMax', message),
};

function message(): Record<string, unknown> {
  return { externalId: newKey(), channel: 'EMAIL' };
}

function ask({ document, input, bearer }: AmountPlace, amount: string): Promise<Answer> {
  const body = `{"query":${JSON.stringify(document)},"variables":{"input":${input(amount)}}}`;
  return w.t.post('/graphql', body, { authorization: `Bearer ${bearer()}` });
}

/** The code an amount is refused with, in one family or the other; null when it is taken. */
async function refusal(of: AmountPlace, amount: string): Promise<string | null> {
  const { codes, data } = await ask(of, amount);
  const [payload] = Object.values(data) as ({ userErrors: { code: string }[] } | null)[];
  return codes[0] ?? payload?.userErrors[0]?.code ?? null;
}

describe.each(Object.entries({ ...places, ...messagePlaces }))('%s', (name, of) => {
  const notPositive = name in messagePlaces ? null : 'AMOUNT_NOT_POSITIVE';

  test.each(['0', '-0', '0.0', '0e5'])(
    '%s is no amount, or an offer of nothing (V1)',
    async (zero) => {
      expect(await refusal(of, zero)).toBe(notPositive);
    },
  );

  test.each(['-1', '-5', '-1000000000000000', '-9007199254740991'])(
    '%s is refused (V1)',
    async (n) => {
      expect(await refusal(of, n)).toBe('AMOUNT_NOT_POSITIVE');
    },
  );

  test.each([most + 1, 2 ** 53 - 1])('%d is more than one transfer moves (V2)', async (amount) => {
    expect(await refusal(of, String(amount))).toBe('AMOUNT_TOO_LARGE');
  });

  test.each([
    '9007199254740992',
    '9007199254740993',
    '9223372036854775807',
    '9223372036854775808',
    '18446744073709551616',
    '1'.repeat(40),
    '-9007199254740992',
    '1e400',
    '-1e400',
    '1e16',
  ])('%s, which no double holds exactly, is never rounded into an amount (V2)', async (amount) => {
    expect(await refusal(of, amount)).toBe('BAD_USER_INPUT');
  });

  test.each([
    '1.5',
    '0.1',
    '1e-5',
    '999999999999999.5',
    '"7"',
    '"1e3"',
    '"0x10"',
    '" 7"',
    '"٧"',
    '"７"',
    '"NaN"',
    '"Infinity"',
    '""',
    'true',
    '[7]',
    '{"value":7}',
  ])('%s is no whole JSON number (V3)', async (amount) => {
    expect(await refusal(of, amount)).toBe('BAD_USER_INPUT');
  });

  test.each(['NaN', 'Infinity', '-Infinity', '0x10', '1_000', '07', '+7', '.5', '7.', "'7'"])(
    '%s is no JSON (V4)',
    async (amount) => {
      expect(await refusal(of, amount)).toBe('BAD_REQUEST');
    },
  );
});

test.each(['1.5', '"7"', '1e3', 'true', 'SEVEN', '[7]', '{a: 7}', '9007199254740993', '1e400'])(
  'the literal %s is no amount either (V3)',
  async (literal) => {
    const answer = await w.t.ask(
      `mutation { upsertEarnRule(input: { name: "x", action: POLL, amount: ${literal},
        idempotencyKey: "${newKey()}" }) { userErrors { code } } }`,
      {},
      w.a.key,
    );
    expect([answer.status, answer.codes[0]]).toEqual([400, 'BAD_USER_INPUT']);
  },
);

test('an amount at the limit arrives to the last Mu (V2)', async () => {
  const brand = await w.t.createBrand('rich');
  const issue = (amount: number) =>
    send(w.t, w.t.platformKey, 'issueMu', { brandId: brand.id, amount, reason: 'invoice' });
  expect(await issue(most)).toMatchObject({ transfer: { amount: most }, userErrors: [] });
  const [budget] = await w.t.database.query<{ balance: string }>(
    `SELECT a.balance::text FROM accounts a JOIN brands b ON b.id = a.brand_id
     WHERE b.slug = 'rich' AND a.kind = 'BUDGET'`,
  );
  expect(budget?.balance).toBe('1000000000000000');
  expect((await w.t.ask('{ brand { budget } }', {}, brand.apiKey)).data['brand'].budget).toBe(most);
});

test('a sum that a JSON number cannot hold is refused before it comes to be (V2)', async () => {
  const brand = await w.t.createBrand('richer');
  const codes: (string | undefined)[] = [];
  for (let time = 0; time < 9; time += 1) {
    const input = { brandId: brand.id, amount: most, reason: 'invoice' };
    const { userErrors } = await send(w.t, w.t.platformKey, 'issueMu', input);
    codes.push((userErrors as { code: string }[])[0]?.code);
  }
  expect(codes.at(-1)).toBe('AMOUNT_TOO_LARGE');
  const answer = await w.t.ask('{ brand { budget } }', {}, brand.apiKey);
  expect(Number.isSafeInteger(answer.data['brand'].budget)).toBe(true);
});

test('what is set aside is checked as a product (V2)', async () => {
  const offer = (openMu: number, actionMuMax: number, audience: number) =>
    send(w.t, w.a.key, 'recordMessage', { ...message(), openMu, actionMuMax, audience });
  const refused = (code: string) => ({ message: null, reserved: 0, userErrors: [{ code }] });
  expect(await offer(most / 2, most / 2, 1)).toMatchObject(refused('BUDGET_EXHAUSTED'));
  expect(await offer(most / 2, most / 2 + 1, 1)).toMatchObject(refused('AMOUNT_TOO_LARGE'));
  expect(await offer(most, most, 2 ** 31 - 1)).toMatchObject(refused('AMOUNT_TOO_LARGE'));
  expect(await offer(1, 0, 2 ** 31 - 1)).toMatchObject(refused('BUDGET_EXHAUSTED'));
});

test.each<[string, string, string, (string | null)[]]>([
  [
    'upsertEarnRule',
    'perCustomerPerDay',
    '{"name":"x","action":"POLL","amount":1}',
    ['0', '10001'],
  ],
  [
    'recordPurchase',
    'items',
    '{"amount":"1.00","currency":"INR","purchasedAt":"2026-01-01T00:00:00Z"}',
    ['0', '-1'],
  ],
])('%s.%s outside its range is refused (V2)', async (mutation, field, others, values) => {
  const fixed = { externalId: newKey(), customer: { externalId: w.a.customer['externalId'] } };
  const more = mutation === 'recordPurchase' ? fixed : {};
  const of = place(mutation, field, () => ({ ...JSON.parse(others), ...more }));
  for (const value of values) expect(await refusal(of, String(value))).toBe('INVALID_VALUE');
  for (const value of ['2147483648', '-2147483649', '1.5', '"1"', 'true']) {
    expect(await refusal(of, value)).toBe('BAD_USER_INPUT');
  }
});

test.each(['0', '-0.1', '1.000001', '1e308', '-1'])(
  'a confidence of %s is none (V4)',
  async (value) => {
    const rule = () => ({ name: 'x', action: 'POLL', amount: 1 });
    expect(await refusal(place('upsertEarnRule', 'minConfidence', rule), value)).toBe(
      'INVALID_VALUE',
    );
  },
);

test.each(['1e309', '-1e309', '"NaN"', '"0.5"', 'true'])(
  'a confidence of %s is no number (V4)',
  async (value) => {
    const rule = () => ({ name: 'x', action: 'POLL', amount: 1 });
    expect(await refusal(place('upsertEarnRule', 'minConfidence', rule), value)).toBe(
      'BAD_USER_INPUT',
    );
  },
);

test('a duration is from nothing to a day (V10)', async () => {
  const event = () => ({ customer: { externalId: w.a.customer['externalId'] }, action: 'VISIT' });
  const of = place('recordAttention', 'durationMs', event);
  for (const value of ['0', '86400000']) expect(await refusal(of, value)).toBeNull();
  for (const value of ['-1', '86400001', '1000000000']) {
    expect(await refusal(of, value)).toBe('INVALID_VALUE');
  }
  expect(await refusal(of, '1000000000000')).toBe('BAD_USER_INPUT');
});

test('however long it took, it pays the rule and no more (V10)', async () => {
  await send(w.t, w.a.key, 'upsertEarnRule', { name: 'read', action: 'READ', amount: 2 });
  for (const durationMs of [0, 86_400_000]) {
    const externalId = `reader ${durationMs}`;
    await send(w.t, w.a.key, 'identifyCustomer', { externalId });
    const event = { customer: { externalId }, action: 'READ', durationMs };
    const { grants } = await send(w.t, w.a.key, 'recordAttention', event);
    expect(grants).toMatchObject([{ amount: 2 }]);
  }
});

const { publicSchema, sdl } = serviceSchemas();

/** Every place of every mutation that takes Mu. */
const allPlaces = rootFields(publicSchema, sdl)
  .filter(({ operation }) => operation === 'mutation')
  .flatMap((root) =>
    inputPlaces(root.field.args)
      .filter(({ typeName }) => typeName === 'Mu')
      .map(({ path }): [string, RootField, string[]] => [
        `${root.name}(${path.join('.')})`,
        root,
        path,
      ]),
  );

test.each(allPlaces)(
  '%s takes no fraction, no text, nothing below zero and nothing too large (V1, V2, V3)',
  async (_, root, path) => {
    const { args } = root.field;
    const told = async (written: string, value = `#raw:${written}`): Promise<string> => {
      const variables = withValue(args, validArguments(root, w.a), path, value);
      const query = operationOf(publicSchema, root, variables, 2);
      const headers = { authorization: `Bearer ${bearerFor(w, root)}` };
      const answer = await w.t.post('/graphql', rawJson({ query, variables }), headers);
      const codes = [...answer.text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code);
      return `${written}: ${codes[0]}`;
    };
    expect(await told('a text', '7')).toBe('a text: BAD_USER_INPUT');
    for (const written of ['1.5', '9007199254740993', '1e400']) {
      expect(await told(written)).toBe(`${written}: BAD_USER_INPUT`);
    }
    const refused =
      /AMOUNT_NOT_POSITIVE|AMOUNT_TOO_LARGE|INVALID_VALUE|LIMIT_EXCEEDED|BAD_USER_INPUT/;
    for (const written of ['-5', String(most + 1)]) {
      expect(await told(written)).toMatch(refused);
    }
  },
);
