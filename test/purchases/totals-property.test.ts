import fc from 'fast-check';
import { idOf } from '../customers/people';
import { mergeAs } from '../merging/merges';
import { findViolations } from '../support/invariants';
import { patienceMs, seeded } from '../support/seeded';
import { startTestService, type TestService } from '../support/test-service';
import { anOrder, ordersOf, record, refund } from './orders';

let t: TestService;
let worlds = 0;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

interface Order {
  who: number;
  day: number;
  paise: number;
  source: object;
  /** What is asked back of it in paise; more than there is is refused. */
  back: number;
}

const orders = fc.array(
  fc.record<Order>({
    who: fc.nat(2),
    day: fc.integer({ min: 1, max: 28 }),
    paise: fc.integer({ min: 0, max: 10_000 }),
    source: fc.constantFrom(
      {},
      { surface: 'THIRD_PARTY' },
      { driver: 'CRM' },
      { driver: 'ADTECH' },
    ),
    back: fc.nat(12_000),
  }),
  { minLength: 1, maxLength: 8 },
);
const rupees = (paise: number) => (paise / 100).toFixed(2);

/** What a brand has when these orders come in batches of a size, are refunded, and two customers merge. */
async function live(told: Order[], size: number): Promise<{ net: string[]; buckets: string[] }> {
  worlds += 1;
  const brand = await t.createBrand(`world-${worlds}`);
  const people = [0, 1, 2].map((who) => ({ externalId: `w${worlds}-c${who}` }));
  for (const person of people) await idOf(t, brand, person);
  const sent = told.map(({ who, day, paise, source }) =>
    anOrder(people[who]!, {
      ...source,
      amount: rupees(paise),
      orderedAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
    }),
  );
  for (let at = 0; at < sent.length; at += size) await record(t, brand, sent.slice(at, at + size));
  for (const [at, { back }] of told.entries()) {
    if (back > 0) await refund(t, brand, sent[at]!['externalId'] as string, rupees(back));
  }
  await mergeAs(t, brand.apiKey, people[0]!, people[1]!);
  expect(await findViolations(t.database)).toEqual([]);
  const seen = [
    await ordersOf(t, brand.apiKey, people[1]!),
    await ordersOf(t, brand.apiKey, people[2]!),
  ];
  return {
    net: seen.map(({ totals }) => totals['net'].amount as string),
    buckets: seen
      .flatMap(({ purchases }) => purchases.map(({ bucket }) => bucket as string))
      .sort(),
  };
}

/** What the orders say, reckoned here. */
function reckoned(told: Order[]): string[] {
  const net = [0, 0];
  for (const { who, paise, back } of told) {
    net[who === 2 ? 1 : 0]! += back > paise ? paise : paise - back;
  }
  return net.map(rupees);
}

test(
  'sums, days and first orders are what the orders say, however they arrive',
  async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 4 }), async (told, size) => {
        const distinct = told.map((order, at) => ({ ...order, day: at + 1 }));
        const forwards = await live(distinct, size);
        expect(forwards.net).toEqual(reckoned(distinct));
        expect(await live([...distinct].reverse(), 1)).toEqual(forwards);
        const buyers = new Set(distinct.map(({ who }) => (who === 2 ? 1 : 0)));
        const first = forwards.buckets.filter((bucket) => bucket.endsWith('_NEW')).length;
        expect(first).toBeLessThanOrEqual(buyers.size);
      }),
      seeded(6),
    );
  },
  patienceMs,
);
