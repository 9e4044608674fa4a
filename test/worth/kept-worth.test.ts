import fc from 'fast-check';
import { historyOf } from '../../src/worth/refresh-worth';
import { worthByRule } from '../../src/worth/clv-rule';
import { termsOf, type TermsRow } from '../../src/worth/worth-terms';
import { idOf } from '../customers/people';
import { patienceMs, seeded } from '../support/seeded';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { refreshOnce, send } from './worth';

const dayMs = 86_400_000;
let t: TestService;

beforeAll(async () => {
  t = await startTestService({ limits: { worthBatch: 2 } });
});

afterAll(() => t.close());

const who = fc.nat(2);
const anyStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      who,
      amount: fc.integer({ min: 1, max: 5000 }),
      daysAgo: fc.integer({ min: 0, max: 300 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refund' as const), which: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('score' as const),
      who,
      value: fc.option(fc.integer({ min: 0, max: 900 })),
      day: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('settings' as const),
      margin: fc.option(fc.constantFrom(0.1, 0.5)),
      clvModel: fc.option(fc.constantFrom('RULE' as const, 'BG_NBD' as const)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('days' as const),
      days: fc.integer({ min: 1, max: 40 }),
    }),
  },
);
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never;

/** What a brand has been told, as a model of it remembers. */
interface Told {
  orders: string[];
  /** The newest score of each customer, and its day; null once it was taken back. */
  scores: Map<number, { value: number | null; day: number }>;
}

async function must(brand: TestBrand, mutation: string, input: Data): Promise<void> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await t.run(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`,
    { input: { ...input, idempotencyKey: newKey() } },
    brand.apiKey,
  );
  expect({ mutation, errors, codes: data[mutation]?.userErrors as unknown }).toEqual({
    mutation,
    errors: undefined,
    codes: [],
  });
}

async function take(brand: TestBrand, step: Step, told: Told): Promise<void> {
  switch (step.do) {
    case 'order': {
      const externalId = newKey();
      const orderedAt = new Date(
        Date.now() + t.clock.offsetMs - step.daysAgo * dayMs,
      ).toISOString();
      const sold = {
        externalId,
        orderedAt,
        amount: String(step.amount),
        currency: 'INR',
        items: 1,
      };
      await must(brand, 'recordOrder', { customer: { externalId: `c${step.who}` }, ...sold });
      told.orders.push(externalId);
      return;
    }
    case 'refund': {
      const [externalId] = told.orders.splice(step.which, 1);
      if (externalId !== undefined) await must(brand, 'refundOrder', { externalId });
      return;
    }
    case 'score': {
      const { value, day } = step;
      const scores = [{ customer: { externalId: `c${step.who}` }, kind: 'CLV', value }];
      const scoredAt = `2026-01-0${day}T00:00:00.000Z`;
      await send(t, brand, 'ingestScores', { scorer: 'own', version: '1', scoredAt, scores });
      if (day >= (told.scores.get(step.who)?.day ?? 0)) told.scores.set(step.who, { value, day });
      return;
    }
    case 'settings': {
      const { margin, clvModel } = step;
      await send(t, brand, 'updateWorthSettings', { margin, clvModel });
      return;
    }
    case 'days':
      t.clock.offsetMs += step.days * dayMs;
  }
}

/** What each customer's orders say, counted from the orders themselves. */
async function historiesOf(brand: TestBrand) {
  return t.database.query<Data>(
    `SELECT r.external_id AS name, count(p.id)::int AS orders, 0 AS other,
       sum(p.total_minor - p.refunded_minor)::float AS net, min(p.purchased_at) AS first_at,
       max(p.purchased_at) AS last_at, w.source, w.clv_minor::float AS clv, w.computed_at
     FROM relationships r JOIN brands b ON b.id = r.brand_id
     LEFT JOIN purchases p ON p.customer_id = r.customer_id AND p.brand_id = r.brand_id
     LEFT JOIN customer_worth w ON w.customer_id = r.customer_id AND w.brand_id = r.brand_id
     WHERE b.slug = $1 GROUP BY r.external_id, w.source, w.clv_minor, w.computed_at`,
    [brand.slug],
  );
}

// The usual pause is that of all customers together, from the orders themselves.
const termsSql = `
  SELECT b.id AS brand_id, b.currency, s.margin, s.discount, s.horizon_years, s.yearly_retention,
    s.days_between_orders, s.clv_model, coalesce(sum(c.orders - 1), 0)::int AS gaps,
    coalesce(sum(c.seconds), 0)::float AS gap_seconds
  FROM brands b LEFT JOIN worth_settings s ON s.brand_id = b.id
  LEFT JOIN (SELECT p.brand_id, p.customer_id, count(*) AS orders,
      floor(extract(epoch FROM max(p.purchased_at) - min(p.purchased_at))) AS seconds
    FROM purchases p GROUP BY p.brand_id, p.customer_id) c ON c.brand_id = b.id
  WHERE b.slug = $1 GROUP BY b.id, s.brand_id`;

async function expectKept(brand: TestBrand, { scores }: Told): Promise<void> {
  const [terms] = await t.database.query<TermsRow>(termsSql, [brand.slug]);
  for (const row of await historiesOf(brand)) {
    const { name, source, clv, orders } = row;
    const said = scores.get(Number((name as string).slice(1)))?.value ?? null;
    const history = historyOf(row as Parameters<typeof historyOf>[0]);
    const byRule = () => worthByRule(history, termsOf(terms!), row['computed_at'] as Date).clvMinor;
    // Of somebody without orders a row may be left of what was taken back.
    const none = source === null ? { source, clv: null } : { source: 'RULE_6_9', clv: 0 };
    const reckoned = orders > 0 ? { source: 'RULE_6_9', clv: byRule() } : none;
    const right = said === null ? reckoned : { source: 'INGESTED', clv: said * 100 };
    expect({ name: name as string, source: source as unknown, clv: clv as unknown }).toEqual({
      name: name as string,
      ...right,
    });
  }
}

it(
  'what is kept of worth is what reckoning it anew gives, whatever was ordered, said, taken back and set',
  async () => {
    let brands = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 5, maxLength: 25, size: 'max' }),
        async (steps) => {
          const brand = await t.createBrand(`worth-${(brands += 1)}`);
          for (const at of [0, 1, 2]) await idOf(t, brand, { externalId: `c${at}` });
          const told: Told = { orders: [], scores: new Map() };
          for (const step of steps) await take(brand, step, told);
          t.clock.offsetMs += 1.5 * dayMs;
          while ((await refreshOnce(t)) > 0);
          await expectKept(brand, told);
        },
      ),
      seeded(8),
    );
  },
  patienceMs,
);
