import type { Caller } from '../../src/platform/auth/caller';
import { bucketsByKind, CostBuckets, type ThrottledError } from '../../src/server/cost-buckets';
import { defaultLimits } from '../../src/platform/limits';
import { expectRefusal, startToyServer } from '../support/toy-server';
import { toyCallers } from '../support/toy-service';

/** Costs 2. */
const read = '{ me { friend { id } } }';

describe('the cost bucket of a caller', () => {
  it('answers 429 with the time to wait when it is empty, and to that caller alone (Q13)', async () => {
    const limits = { customerBucket: 4, customerBucketPerSecond: 1 };
    const server = await startToyServer({ limits });
    expect((await server.run(read, 'customer')).status).toBe(200);
    expect((await server.run(read, 'customer')).status).toBe(200);
    const empty = await server.run(read, 'customer');
    expectRefusal(empty, 429, 'THROTTLED');
    expect(Number(empty.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(empty.json.errors[0].extensions).toMatchObject({
      retryable: true,
      cost: { requested: 2, restoreRate: 1 },
    });
    expect(empty.json.errors[0].extensions.cost.available).toBeLessThan(2);
    expect((await server.run(read, 'brand')).status).toBe(200);
    await server.close();
  });

  it('is one for all keys of a brand (Q13)', async () => {
    const server = await startToyServer({ limits: { brandBucket: 2, brandBucketPerSecond: 1 } });
    expect((await server.run(read, 'brand')).status).toBe(200);
    expectRefusal(await server.run(read, 'developer'), 429, 'THROTTLED');
    await server.close();
  });

  it('charges what does not run as nothing', async () => {
    const server = await startToyServer({ limits: { brandBucket: 2, brandBucketPerSecond: 1 } });
    expectRefusal(await server.run('{ me { nope } }', 'brand'), 400, 'GRAPHQL_VALIDATION_FAILED');
    expectRefusal(await server.run('mutation { mint { count } }', 'brand'), 403, 'FORBIDDEN');
    expect((await server.run(read, 'brand')).status).toBe(200);
    await server.close();
  });

  it('shows the cost to those who ask with x-cost', async () => {
    const server = await startToyServer();
    const shown = await server.run(read, 'customer', { headers: { 'x-cost': '1' } });
    expect(shown.json).toEqual({
      data: { me: { friend: { id: 'f' } } },
      extensions: { cost: { requested: 2, available: 9998, restoreRate: 500 } },
    });
    expect((await server.run(read, 'customer')).json.extensions).toBeUndefined();
    await server.close();
  });

  it('lets an operation above its size run when it is full', () => {
    const buckets = new CostBuckets(() => ({ size: 100, perSecond: 10 }));
    const brand = toyCallers['brand']!;
    expect(buckets.charge(brand, 'a', 5500)).toMatchObject({ requested: 5500, available: 0 });
    const refused = () => buckets.charge(brand, 'a', 5500);
    expect(refused).toThrow(expect.objectContaining({ code: 'THROTTLED' }));
    expect(waitOf(refused)).toBe(10);
  });

  it('of one brand has nothing to do with that of another, nor have two customers one (Q13)', () => {
    const buckets = new CostBuckets(() => ({ size: 10, perSecond: 1 }));
    const of = (brandId: string): Caller => ({ kind: 'brand', brandId, keyId: 'k', scopes: [] });
    const person = (customerId: string): Caller => ({ kind: 'customer', customerId, brandId: 'a' });
    for (const drained of [of('a'), person('x')]) {
      buckets.charge(drained, '10.0.0.1', 10);
      expect(waitOf(() => buckets.charge(drained, '10.0.0.2', 10))).toBeGreaterThan(0);
    }
    for (const other of [of('b'), person('y')]) {
      expect(buckets.charge(other, '10.0.0.1', 10).available).toBe(0);
    }
  });

  it('is shared by callers without a key who come from one address', () => {
    const buckets = new CostBuckets(() => ({ size: 10, perSecond: 1 }));
    buckets.charge({ kind: 'anonymous' }, '10.0.0.1', 10);
    expect(() => buckets.charge({ kind: 'anonymous' }, '10.0.0.1', 1)).toThrow('');
    expect(buckets.charge({ kind: 'anonymous' }, '10.0.0.2', 10).available).toBe(0);
  });

  it('fills again at its rate', async () => {
    const buckets = new CostBuckets(() => ({ size: 1000, perSecond: 100_000 }));
    const brand = toyCallers['brand']!;
    buckets.charge(brand, 'a', 1000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(buckets.charge(brand, 'a', 1000).available).toBe(0);
  });

  it('is by default large enough for 5,000 recordAttention a second of a brand', () => {
    const { perSecond } = bucketsByKind(defaultLimits)(toyCallers['brand']!);
    expect(perSecond / 20).toBe(5000);
  });
});

function waitOf(charge: () => unknown): number {
  try {
    charge();
    return 0;
  } catch (error) {
    return (error as ThrottledError).retryAfterSeconds;
  }
}
