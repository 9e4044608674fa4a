import { idOf } from '../customers/people';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { anOrder, ordersOf, record, refund, send } from './orders';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let made = 0;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapi', { timezone: 'Asia/Kolkata' });
  other = await t.createBrand('dailypaper');
});

afterAll(() => t.close());

/** A customer of the brand who has ordered nothing. */
async function somebody(by = brand): Promise<{ externalId: string }> {
  made += 1;
  const externalId = `buyer-${made}`;
  await idOf(t, by, { externalId });
  return { externalId };
}

describe('recording an order', () => {
  test('keeps where it was made, what led to it and what it cost', async () => {
    const asha = await somebody();
    const order = anOrder(asha, { driver: 'CRM', campaign: ' diwali ', cost: '60', items: 3 });
    expect(await send(t, brand, 'recordOrder', order)).toEqual({
      purchase: {
        id: expect.stringMatching(/^pur_/),
        externalId: order['externalId'],
        purchasedAt: order['orderedAt'],
        items: 3,
        total: { amount: '100.00', currencyCode: 'INR' },
        surface: 'OWN',
        driver: 'CRM',
        bucket: 'DIRECT_CRM_NEW',
      },
      replayed: false,
      userErrors: [],
    });
    const { purchases } = await ordersOf(t, brand.apiKey, asha);
    expect(purchases).toMatchObject([
      { campaign: 'diwali', cost: { amount: '60.00' }, refunds: [] },
    ]);
  });

  test.each([
    [{ surface: 'THIRD_PARTY' }, 'INTERMEDIATED', 'INTERMEDIATED'],
    [{ surface: 'THIRD_PARTY', driver: 'CRM' }, 'INTERMEDIATED', 'INTERMEDIATED'],
    [{}, 'DIRECT_ORGANIC_NEW', 'DIRECT_ORGANIC_KNOWN'],
    [{ driver: 'ORGANIC' }, 'DIRECT_ORGANIC_NEW', 'DIRECT_ORGANIC_KNOWN'],
    [{ driver: 'CRM' }, 'DIRECT_CRM_NEW', 'DIRECT_CRM_KNOWN'],
    [{ driver: 'ADTECH' }, 'DIRECT_ADTECH_NEW', 'DIRECT_ADTECH_KNOWN'],
  ])(
    'puts %j into one bucket when it is the first, and into one when it is not',
    async (source, first, later) => {
      const who = await somebody();
      const orders = [
        anOrder(who, source),
        anOrder(who, { ...source, orderedAt: '2026-03-02T00:00:00Z' }),
      ];
      expect(await record(t, brand, orders)).toEqual([first, later]);
    },
  );

  test('calls the earliest order the first, and lets a late one take the place of another', async () => {
    const who = await somebody();
    const at = (day: string) => anOrder(who, { orderedAt: `2026-02-${day}T00:00:00Z` });
    expect(await record(t, brand, [at('10')])).toEqual(['DIRECT_ORGANIC_NEW']);
    expect(await record(t, brand, [at('09'), at('12'), at('05')])).toEqual([
      'DIRECT_ORGANIC_KNOWN',
      'DIRECT_ORGANIC_KNOWN',
      'DIRECT_ORGANIC_NEW',
    ]);
    const { purchases } = await ordersOf(t, brand.apiKey, who);
    expect(purchases.map(({ bucket }) => bucket as string)).toEqual([
      'DIRECT_ORGANIC_KNOWN',
      'DIRECT_ORGANIC_KNOWN',
      'DIRECT_ORGANIC_KNOWN',
      'DIRECT_ORGANIC_NEW',
    ]);
  });

  test('judges each order of a batch alone, in the same order', async () => {
    const who = await somebody();
    const taken = anOrder(who);
    const orders = [
      taken,
      anOrder({ externalId: 'nobody' }),
      anOrder(who, { externalId: taken['externalId'] }),
      anOrder(who, { cost: '1.234' }),
      anOrder(who, { amount: '90071992547409.92' }),
      anOrder(who, { campaign: ' ' }),
      anOrder(who, { surface: 'THIRD_PARTY' }),
    ];
    expect(await record(t, brand, orders)).toEqual([
      'DIRECT_ORGANIC_NEW',
      'NOT_FOUND',
      'ALREADY_EXISTS',
      'INVALID_VALUE',
      'AMOUNT_TOO_LARGE',
      'INVALID_TEXT',
      'INTERMEDIATED',
    ]);
  });

  test('takes 500 orders at once and not one more', async () => {
    const who = await somebody();
    const orders = Array.from({ length: 501 }, () => anOrder(who, { amount: '1' }));
    expect(await send(t, brand, 'recordOrderBatch', { orders })).toMatchObject({
      results: [],
      userErrors: [{ code: 'LIMIT_EXCEEDED', field: ['orders'] }],
    });
    const buckets = await record(t, brand, orders.slice(1));
    expect(buckets.filter((bucket) => bucket === 'DIRECT_ORGANIC_KNOWN')).toHaveLength(499);
    expect((await ordersOf(t, brand.apiKey, who)).totals).toMatchObject({ orders: 500 });
  });

  test('refuses what would make the sums of a brand inexact, and no more', async () => {
    const rich = await t.createBrand('rich');
    const who = await somebody(rich);
    expect(
      await record(t, rich, [
        anOrder(who, { amount: '90071992547409.90', cost: '90071992547409.91' }),
        anOrder(who, { amount: '0.02' }),
        anOrder(who, { amount: '0.01', cost: '90071992547409.91' }),
        anOrder(who, { amount: '5', currency: 'USD' }),
        anOrder(who, { amount: '0.01' }),
      ]),
    ).toEqual([
      'DIRECT_ORGANIC_NEW',
      'AMOUNT_TOO_LARGE',
      'DIRECT_ORGANIC_KNOWN',
      'DIRECT_ORGANIC_KNOWN',
      'AMOUNT_TOO_LARGE',
    ]);
    expect((await ordersOf(t, rich.apiKey, who)).totals['gross']['amount']).toBe(
      '90071992547409.91',
    );
  });
});

describe('refunding an order', () => {
  test('pays parts of it back until nothing is left, and never more', async () => {
    const who = await somebody();
    const order = anOrder(who);
    await record(t, brand, [order]);
    const id = order['externalId'] as string;
    expect(await refund(t, brand, id, '30.00')).toBe('70.00');
    expect(await refund(t, brand, id, '70.01')).toBe('REFUND_TOO_LARGE');
    expect(await refund(t, brand, id, '20')).toBe('50.00');
    expect(await refund(t, brand, id)).toBe('0.00');
    expect(await refund(t, brand, id)).toBe('REFUND_TOO_LARGE');
    const { totals, purchases } = await ordersOf(t, brand.apiKey, who);
    expect(totals).toMatchObject({ gross: { amount: '100.00' }, refunded: { amount: '100.00' } });
    expect(purchases[0]!['refunds'].map(({ amount }: never) => amount['amount'])).toEqual([
      '50.00',
      '20.00',
      '30.00',
    ]);
  });

  test('happens once a key', async () => {
    const order = anOrder(await somebody());
    await record(t, brand, [order]);
    const input = {
      externalId: order['externalId'],
      amount: '60',
      refundedAt: '2026-04-01T00:00:00Z',
      idempotencyKey: newKey(),
    };
    const first = await send(t, brand, 'refundOrder', input);
    expect(await send(t, brand, 'refundOrder', input)).toEqual({ ...first, replayed: true });
    expect(await send(t, brand, 'refundOrder', { ...input, amount: '61' })).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });

  test('of many at once gives back no more than there is', async () => {
    const order = anOrder(await somebody());
    await record(t, brand, [order]);
    const asked = Array.from({ length: 12 }, () =>
      refund(t, brand, order['externalId'] as string, '30'),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'REFUND_TOO_LARGE')).toHaveLength(9);
  });

  test.each([
    ['an order nobody made', { externalId: 'none' }, 'NOT_FOUND', 'externalId'],
    ['nothing', { amount: '0' }, 'INVALID_VALUE', 'amount'],
    ['less than nothing', { amount: '-1' }, 'INVALID_VALUE', 'amount'],
    ['more than exact numbers hold', { amount: '90071992547409.92' }, 'AMOUNT_TOO_LARGE', 'amount'],
    ['for no reason that can be stored', { reason: '\u202e' }, 'INVALID_TEXT', 'reason'],
    [
      'tomorrow',
      { refundedAt: new Date(Date.now() + 86_400_000).toISOString() },
      'OCCURRED_AT_IN_FUTURE',
      'refundedAt',
    ],
  ])('refuses %s', async (_, changes, code, field) => {
    const order = anOrder(await somebody());
    await record(t, brand, [order]);
    const { externalId } = order;
    const input = { externalId, amount: '1', idempotencyKey: newKey(), ...changes };
    expect(await send(t, brand, 'refundOrder', input)).toMatchObject({
      purchase: null,
      userErrors: [{ code, field: [field] }],
    });
  });

  test("of another brand's order finds none", async () => {
    const order = anOrder(await somebody());
    await record(t, brand, [order]);
    expect(await refund(t, other, order['externalId'] as string)).toBe('NOT_FOUND');
  });
});
