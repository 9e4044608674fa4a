import fc from 'fast-check';
import { seeded } from '../support/seeded';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';

let t: TestService;
let brand: TestBrand;
let worlds = 0;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('rhythm', { timezone: 'Asia/Kolkata' });
});

afterAll(() => t.close());

type Step =
  | { do: 'order'; who: number; day: number; hour: number; amount: number; currency: string }
  | { do: 'refund'; order: number; all: boolean }
  | { do: 'merge'; from: number; into: number };

const person = fc.integer({ min: 0, max: 3 });
const order = fc.record({
  do: fc.constant('order' as const),
  who: person,
  day: fc.integer({ min: 1, max: 9 }),
  hour: fc.integer({ min: 0, max: 23 }),
  amount: fc.integer({ min: 0, max: 300 }),
  currency: fc.constantFrom('INR', 'INR', 'INR', 'USD'),
});
const refund = fc.record({
  do: fc.constant('refund' as const),
  order: fc.nat(30),
  all: fc.boolean(),
});
const merge = fc.record({ do: fc.constant('merge' as const), from: person, into: person });
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: order },
    { weight: 3, arbitrary: refund },
    { weight: 1, arbitrary: merge },
  ),
  { minLength: 1, maxLength: 25 },
) as fc.Arbitrary<Step[]>;

async function send(mutation: string, input: object): Promise<string | null> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
  const { data } = await t.run(
    document,
    { input: { ...input, idempotencyKey: newKey() } },
    brand.apiKey,
  );
  return data[mutation].userErrors[0]?.code ?? null;
}

async function take(
  step: Step,
  world: string,
  orders: { id: string; amount: number; currency: string }[],
) {
  const name = (who: number) => `${world}-${who}`;
  if (step.do === 'merge') {
    await send('mergeCustomers', {
      from: { externalId: name(step.from) },
      into: { externalId: name(step.into) },
      reason: 'one person',
    });
    return;
  }
  if (step.do === 'refund') {
    const one = orders[step.order % Math.max(orders.length, 1)];
    if (one === undefined || one.amount === 0) return;
    const amount = step.all ? `${one.amount}.00` : '0.50';
    const { id: externalId } = one;
    await send('refundOrder', { externalId, amount });
    return;
  }
  const id = `${world}-order-${orders.length}`;
  const hour = String(step.hour).padStart(2, '0');
  const refusal = await send('recordOrder', {
    customer: { externalId: name(step.who) },
    externalId: id,
    orderedAt: `2026-01-0${step.day}T${hour}:30:00Z`,
    items: 1,
    amount: `${step.amount}.00`,
    currency: step.currency,
  });
  expect(refusal).toBeNull();
  orders.push({ id, amount: step.amount, currency: step.currency });
}

const kept = `SELECT r.* FROM purchase_rhythms r ORDER BY r.brand_id, r.customer_id`;
const counted = `SELECT c.* FROM (SELECT array_agg(p.brand_id) AS b, array_agg(p.customer_id) AS c
  FROM purchases p) x, counted_rhythms(x.b, x.c) c ORDER BY c.brand_id, c.customer_id`;

test('what is kept of rhythms is what counting the orders gives, whatever happens to them', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const world = `w${(worlds += 1)}`;
      const orders: { id: string; amount: number; currency: string }[] = [];
      for (const who of [0, 1, 2, 3])
        await send('identifyCustomer', { externalId: `${world}-${who}` });
      for (const step of history) await take(step, world, orders);
      expect(await t.database.query(kept)).toEqual(await t.database.query(counted));
    }),
    seeded(12),
  );
});

test('orders of one day are one, in the time zone of the brand, and those wholly refunded none', async () => {
  await send('identifyCustomer', { externalId: 'asha' });
  const buy = (externalId: string, orderedAt: string, amount: string, currency = 'INR') =>
    send('recordOrder', {
      customer: { externalId: 'asha' },
      externalId,
      orderedAt,
      items: 1,
      amount,
      currency,
    });
  await buy('a', '2026-03-01T19:00:00Z', '100.00');
  await buy('b', '2026-03-02T17:00:00Z', '40.00');
  await buy('c', '2026-03-05T05:00:00Z', '70.00');
  await buy('d', '2026-03-09T05:00:00Z', '5.00');
  await buy('e', '2026-02-01T05:00:00Z', '9.00', 'USD');
  await send('refundOrder', { externalId: 'd', amount: '5.00' });
  await send('refundOrder', { externalId: 'c', amount: '20.00' });
  const rows = await t.database
    .query(`SELECT r.days, r.first_day::text, r.last_day::text, r.repeat_minor
    FROM purchase_rhythms r JOIN relationships x ON x.customer_id = r.customer_id
    WHERE x.external_id = 'asha'`);
  expect(rows).toEqual([
    { days: 2, first_day: '2026-03-02', last_day: '2026-03-05', repeat_minor: '5000' },
  ]);
});

test('two processes that record orders of one customer at once lose neither', async () => {
  const second = await startTestService({ database: t.database });
  try {
    await send('identifyCustomer', { externalId: 'twice' });
    const document = `mutation ($input: RecordOrderInput!) { recordOrder(input: $input) {
      userErrors { code } } }`;
    const all = Array.from({ length: 20 }, (_, at) => ({
      customer: { externalId: 'twice' },
      externalId: `twice-${at}`,
      orderedAt: `2026-02-${String(at + 1).padStart(2, '0')}T06:00:00Z`,
      items: 1,
      amount: '1.00',
      currency: 'INR',
      idempotencyKey: newKey(),
    }));
    const asked = all.map((input, at) =>
      (at % 2 === 0 ? t : second).run(document, { input }, brand.apiKey),
    );
    for (const { data } of await Promise.all(asked)) {
      expect(data['recordOrder'].userErrors).toEqual([]);
    }
    const [row] = await t.database.query(`SELECT r.days, r.repeat_minor FROM purchase_rhythms r
      JOIN relationships x ON x.customer_id = r.customer_id WHERE x.external_id = 'twice'`);
    expect(row).toEqual({ days: 20, repeat_minor: '1900' });
  } finally {
    await second.close();
  }
});
