import { judgeAcquisitions } from '../../src/economics/judge-acquisitions.job';
import { codesOf, must, person, send } from '../referrals/friends';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { acquire, customerSilentFor, daysAgo, order } from './ledger-desk';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('velora');
  other = await t.createBrand('tripkart');
});

afterAll(() => t.close());

async function reacquired(at = brand): Promise<string[]> {
  const document = '{ brand { reacquisitions(first: 100) { nodes { id } } } }';
  const { data } = await t.run(document, {}, at.apiKey);
  return data['brand'].reacquisitions.nodes.map(({ id }: { id: string }) => id);
}

const judge = () => judgeAcquisitions.run({ ...t.service, clock: t.clock } as never);

describe('somebody who was paid for', () => {
  test.each([
    [10, 'ACTIVE', 'WATCHED'],
    [45, 'DRIFTING', 'WATCHED'],
    [75, 'INACTIVE', 'REACQUISITION'],
    [200, 'DORMANT', 'REACQUISITION'],
    [425, 'LOST', 'REACQUISITION'],
  ])('after %i days of silence was %s and is %s', async (days, prior, verdict) => {
    const customer = await customerSilentFor(t, brand, days);
    expect(await acquire(t, brand, customer, { cost: '100.00' })).toMatchObject({ prior, verdict });
  });

  test('who is new is watched, and who came unpaid is neither', async () => {
    const customer = await person(t, brand);
    const fresh = await acquire(t, brand, customer, { cost: '100' });
    expect(fresh).toMatchObject({ verdict: 'WATCHED', prior: null, cost: { amount: '100.00' } });
    const back = await customerSilentFor(t, brand, 200);
    const unpaid = await acquire(t, brand, back, { route: 'CRM' });
    expect(unpaid).toMatchObject({ verdict: 'UNPAID', prior: 'DORMANT' });
  });

  test('is told of when they were a customer before: how silent, at what cost', async () => {
    const rohit = await customerSilentFor(t, brand, 425, { email: 'rohit@example.in' });
    const input = { identities: [{ email: 'rohit@example.in' }], cost: '100.00' };
    const acquisition = await acquire(t, brand, rohit, input);
    expect(await reacquired()).toContain(acquisition['id']);
    const told = await t.database.query(
      `SELECT payload FROM outbox WHERE topic = 'reacquisition.detected'
        AND payload ->> 'customerId' = $1`,
      [rohit.id],
    );
    expect(told).toEqual([
      {
        payload: {
          acquisitionId: acquisition['id'],
          customerId: rohit.id,
          prior: 'LOST',
          route: 'ADTECH',
          cost: '100.00',
          currency: 'INR',
        },
      },
    ]);
  });

  test('is recognised by any identity, also beside one that is new', async () => {
    const fresh = await person(t, brand);
    const back = await customerSilentFor(t, brand, 425, { phone: '+919820011111' });
    const identities = [{ id: fresh.id }, { phone: '+919820011111' }];
    const acquisition = await acquire(t, brand, fresh, { identities });
    expect(acquisition).toMatchObject({
      verdict: 'REACQUISITION',
      customer: { id: back.id },
      cost: null,
    });
  });

  test('counts as silent by what was before the visit, not by the visit itself', async () => {
    const customer = await customerSilentFor(t, brand, 200);
    await order(t, brand, customer, 0);
    expect(await acquire(t, brand, customer)).toMatchObject({
      prior: 'DORMANT',
      verdict: 'REACQUISITION',
    });
  });

  test('was a customer by consent alone too, once they had been heard of', async () => {
    const customer = await person(t, brand, {
      consents: [{ purpose: 'BALANCE_VISIBLE', granted: true }],
    });
    const { id } = customer;
    await must(t, brand.apiKey, 'record-attention', { customer: { id }, action: 'CLICK' });
    const then = daysAgo(100);
    await t.database.query(
      `UPDATE attention_events SET occurred_at = $1
       WHERE customer_id = (SELECT customer_id FROM relationships WHERE external_id = $2)`,
      [then, customer.externalId],
    );
    await t.database.query('UPDATE consents SET recorded_at = $1', [then]);
    expect(await acquire(t, brand, customer)).toMatchObject({
      prior: 'DORMANT',
      verdict: 'REACQUISITION',
    });
  });

  test('for one brand is nobody’s affair of another', async () => {
    const email = 'both@example.in';
    const here = await customerSilentFor(t, brand, 200, { email });
    const there = await person(t, other, { email });
    expect(there.id).toBe(here.id);
    expect(await acquire(t, other, there)).toMatchObject({ verdict: 'WATCHED', prior: null });
    expect(await reacquired(other)).toEqual([]);
    const { data } = await t.run(
      'query ($id: ID!) { brand(id: $id) { reacquisitions { nodes { id } } } }',
      { id: brand.id },
      other.apiKey,
    );
    expect(data['brand']).toBeNull();
  });
});

describe('recording', () => {
  test('refuses strangers, the future, a cost that nobody was paid, and odd money', async () => {
    const { id } = await person(t, brand);
    const base = { identities: [{ id }], route: 'ADTECH' };
    const cases: [Record<string, unknown>, string, string[]][] = [
      [{ ...base, identities: [{ externalId: 'nobody' }] }, 'NOT_FOUND', ['identities']],
      [{ ...base, identities: [] }, 'NOT_FOUND', ['identities']],
      [{ ...base, acquiredAt: daysAgo(-1) }, 'OCCURRED_AT_IN_FUTURE', ['acquiredAt']],
      [{ ...base, route: 'ORGANIC', cost: '1' }, 'INVALID_VALUE', ['cost']],
      [{ ...base, cost: '-1' }, 'INVALID_VALUE', ['cost']],
      [{ ...base, cost: '1.234' }, 'INVALID_VALUE', ['cost']],
      [{ ...base, cost: '1', currency: 'XYZ' }, 'INVALID_VALUE', ['currency']],
      [{ ...base, campaign: ' ' }, 'INVALID_TEXT', ['campaign']],
    ];
    for (const [input, code, field] of cases) {
      const payload = await send(t, brand.apiKey, 'record-acquisition', input);
      expect(payload).toMatchObject({ acquisition: null, userErrors: [{ code, field }] });
    }
  });

  test('takes ten identities and no more, and an external id once', async () => {
    const { id } = await person(t, brand);
    const many = (count: number) => ({
      identities: Array.from({ length: count }, () => ({ id })),
      route: 'ADTECH',
    });
    await must(t, brand.apiKey, 'record-acquisition', many(10));
    const refused = await send(t, brand.apiKey, 'record-acquisition', many(11));
    expect(codesOf(refused)).toEqual(['LIMIT_EXCEEDED']);
    const click = { ...many(1), externalId: 'click-1' };
    await must(t, brand.apiKey, 'record-acquisition', click);
    const again = await send(t, brand.apiKey, 'record-acquisition', click);
    expect(codesOf(again)).toEqual(['ALREADY_EXISTS']);
  });

  test('of 64 callers who send one external id at the same moment counts one', async () => {
    const { id } = await person(t, brand);
    const input = { identities: [{ id }], route: 'ADTECH', externalId: 'storm', cost: '1.00' };
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => send(t, brand.apiKey, 'record-acquisition', input)),
    );
    expect(answers.filter(({ acquisition }) => acquisition !== null)).toHaveLength(1);
  });
});

describe('whoever is watched', () => {
  test('has stayed when heard of after the first day, and was wrong otherwise', async () => {
    const gone = await person(t, brand);
    const buyer = await person(t, brand);
    const stayer = await person(t, brand);
    const at = { acquiredAt: daysAgo(95) };
    const ids = new Map<string, string>();
    for (const [name, customer] of Object.entries({ gone, buyer, stayer })) {
      ids.set(name, (await acquire(t, brand, customer, at))['id'] as string);
    }
    await order(t, brand, buyer, 94.99);
    await order(t, brand, stayer, 90);
    while ((await judge()) > 0);
    const found = async (name: string) =>
      (
        await t.run(
          'query ($id: ID!) { node(id: $id) { ... on Acquisition { verdict ordered judgedAt } } }',
          { id: ids.get(name) },
          brand.apiKey,
        )
      ).data['node'];
    const judgedAt = expect.any(String);
    expect(await found('gone')).toEqual({ verdict: 'WRONG', ordered: false, judgedAt });
    expect(await found('buyer')).toEqual({ verdict: 'WRONG', ordered: true, judgedAt });
    expect(await found('stayer')).toEqual({ verdict: 'TRUE_NEW', ordered: true, judgedAt });
    const sums = `SELECT brand_id, local_day, verdict, sum(acquisitions)::int AS n, sum(ordered)::int AS ordered
      FROM acquisition_days GROUP BY 1, 2, 3 HAVING sum(acquisitions) <> 0 ORDER BY 1, 2, 3`;
    const rows = `SELECT brand_id, local_day, verdict, count(*)::int AS n,
        count(*) FILTER (WHERE ordered)::int AS ordered
      FROM acquisitions GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
    expect(await t.database.query(sums)).toEqual(await t.database.query(rows));
  });

  test('is judged after 90 days and not before', async () => {
    const early = await acquire(t, brand, await person(t, brand), { acquiredAt: daysAgo(89.9) });
    while ((await judge()) > 0);
    const [row] = await t.database.query<{ judged_at: Date | null }>(
      `SELECT judged_at FROM acquisitions ORDER BY id DESC LIMIT 1`,
    );
    expect(early['verdict']).toBe('WATCHED');
    expect(row?.judged_at).toBeNull();
  });
});
