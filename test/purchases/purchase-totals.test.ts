import { idOf, tokenOf } from '../customers/people';
import { mergeAs } from '../merging/merges';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { anOrder, ordersOf, record, refund } from './orders';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let made = 0;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('roastery', { timezone: 'Asia/Kolkata' });
  other = await t.createBrand('dailypaper');
});

afterAll(() => t.close());

/** A customer of the brand who has ordered nothing. */
async function somebody(by = brand): Promise<{ externalId: string }> {
  made += 1;
  const externalId = `patron-${made}`;
  await idOf(t, by, { externalId });
  return { externalId };
}

describe('what orders sum to', () => {
  test('is in the currency of the brand, and counts the others', async () => {
    const who = await somebody();
    const foreign = anOrder(who, { currency: 'USD', orderedAt: '2026-01-01T00:00:00Z' });
    await record(t, brand, [
      anOrder(who, { amount: '10.01' }),
      anOrder(who, { amount: '20.00', orderedAt: '2026-03-04T00:00:00Z' }),
      foreign,
    ]);
    await refund(t, brand, foreign['externalId'] as string, '1');
    const { totals } = await ordersOf(t, brand.apiKey, who);
    expect(totals).toEqual({
      orders: 2,
      otherCurrencyOrders: 1,
      gross: { amount: '30.01', currencyCode: 'INR' },
      refunded: { amount: '0.00' },
      net: { amount: '30.01' },
      average: { amount: '15.01' },
      firstAt: '2026-01-01T00:00:00.000Z',
      lastAt: '2026-03-04T00:00:00.000Z',
      asOf: expect.any(String),
      modelVersion: 'orders-1',
    });
  });

  test('is nothing for who has ordered nothing', async () => {
    const { totals } = await ordersOf(t, brand.apiKey, await somebody());
    expect(totals).toMatchObject({
      orders: 0,
      net: { amount: '0.00' },
      average: null,
      firstAt: null,
    });
  });

  test('is shown to the customer, with what each brand sold them and not what it cost', async () => {
    const email = 'reader@example.in';
    const id = await idOf(t, brand, { externalId: 'reader', email });
    await idOf(t, other, { externalId: 'reader', email });
    await record(t, brand, [anOrder({ id }, { cost: '1' })]);
    await record(t, other, [anOrder({ id }), anOrder({ id })]);
    const token = await tokenOf(t, brand, { id });
    const { totals, purchases } = await ordersOf(t, token, { id });
    expect(totals).toMatchObject({ orders: 1 });
    expect(purchases.map(({ cost }) => cost as unknown)).toEqual([null, null, null]);
    const seen = await ordersOf(t, other.apiKey, { id });
    expect(seen.totals).toMatchObject({ orders: 2 });
    expect(seen.purchases).toHaveLength(2);
  });

  test('is of one person after a merge, and the earliest order of both is the first', async () => {
    const [one, two] = [await somebody(), await somebody()];
    await record(t, brand, [
      anOrder(one, { amount: '1', orderedAt: '2026-03-02T00:00:00Z' }),
      anOrder(two, { amount: '2', orderedAt: '2026-03-01T00:00:00Z', driver: 'ADTECH' }),
      anOrder(two, { amount: '4', orderedAt: '2026-03-03T00:00:00Z' }),
    ]);
    expect(await mergeAs(t, brand.apiKey, one, two)).toMatchObject({ userErrors: [] });
    const { totals, purchases } = await ordersOf(t, brand.apiKey, two);
    expect(totals).toMatchObject({ orders: 3, gross: { amount: '7.00' } });
    expect(purchases.map(({ bucket }) => bucket as string)).toEqual([
      'DIRECT_ORGANIC_KNOWN',
      'DIRECT_ORGANIC_KNOWN',
      'DIRECT_ADTECH_NEW',
    ]);
  });

  test('is asked for in one statement for a page of customers', async () => {
    const statements = async (selection: string) => {
      const text = `{ customers { nodes { id relationship { externalId ${selection} } } } }`;
      return (await t.run(text, {}, brand.apiKey)).statements;
    };
    expect((await statements('purchaseTotals { orders }')) - (await statements(''))).toBe(1);
  });
});
