import fc from 'fast-check';
import { codesOf, send } from '../promises/operations';
import { Scene, type Person } from '../promises/scene';
import { patienceMs, seeded } from '../support/seeded';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { mergeAs, unmergeAs, walletOf } from './merges';

const crowd = 4;

const step = fc.oneof(
  fc.record({ kind: fc.constant('earn' as const), who: fc.nat(crowd - 1) }),
  fc.record({
    kind: fc.constant('spend' as const),
    who: fc.nat(crowd - 1),
    mu: fc.integer({ min: 1, max: 25 }),
  }),
  fc.record({
    kind: fc.constant('merge' as const),
    who: fc.nat(crowd - 1),
    into: fc.nat(crowd - 1),
  }),
  fc.record({ kind: fc.constant('unmerge' as const), which: fc.nat(3) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Merge {
  id: string;
  from: number;
  into: number;
  mu: number;
  undone: boolean;
}

/** What the service says of people it merges and parts, worked out by hand. */
class Model {
  readonly mu = Array.from({ length: crowd }, () => 0);
  readonly merges: Merge[] = [];

  whoIs(who: number): number {
    const next = this.merges.find((one) => !one.undone && one.from === who);
    return next === undefined ? who : this.whoIs(next.into);
  }

  merge(id: string, from: number, into: number): void {
    const mu = this.mu[from] as number;
    this.merges.push({ id, from, into, mu, undone: false });
    this.move(from, into, mu);
  }

  refusalOf(merge: Merge): string | null {
    if (merge.undone) return 'ALREADY_RESOLVED';
    const later = this.merges.slice(this.merges.indexOf(merge) + 1).filter((one) => !one.undone);
    const people = [merge.from, merge.into];
    const stands = later.some((one) => people.includes(one.from) || people.includes(one.into));
    return stands ? 'CANNOT_UNMERGE' : null;
  }

  unmerge(merge: Merge): void {
    merge.undone = true;
    this.move(merge.into, merge.from, merge.mu);
  }

  private move(from: number, into: number, mu: number): void {
    this.mu[from] = (this.mu[from] as number) - mu;
    this.mu[into] = (this.mu[into] as number) + mu;
  }
}

let t: TestService;
let here: Scene;

beforeAll(async () => {
  t = await startTestService();
  here = await Scene.create(t, 'pageturn', 10_000_000);
});
afterAll(() => t.close());

const write = (kind: Parameters<typeof send>[2], input: Record<string, unknown>) =>
  send(t, here.brand.apiKey, kind, { ...input, idempotencyKey: newKey() });

async function take(model: Model, people: Person[], one: Step): Promise<void> {
  const key = here.brand.apiKey;
  if (one.kind === 'unmerge') {
    const merge = model.merges[one.which];
    if (merge === undefined) return;
    const refusal = model.refusalOf(merge);
    expect(codesOf(await unmergeAs(t, key, merge.id))).toEqual(refusal === null ? [] : [refusal]);
    if (refusal === null) model.unmerge(merge);
    return;
  }
  const { externalId, id } = people[one.who] as Person;
  const who = model.whoIs(one.who);
  if (one.kind === 'earn') {
    await here.grantTo({ externalId });
    model.mu[who] = (model.mu[who] as number) + 10;
  } else if (one.kind === 'spend') {
    const enough = (model.mu[who] as number) >= one.mu;
    const asked = { customer: { externalId }, amount: one.mu, description: 'tea' };
    const { redemption, ...rest } = await write('redeem', asked);
    expect(codesOf(rest)).toEqual(enough ? [] : ['INSUFFICIENT_MU']);
    if (!enough) return;
    await write('captureRedemption', { id: redemption.id });
    model.mu[who] = (model.mu[who] as number) - one.mu;
  } else {
    const into = model.whoIs(one.into);
    const done = await mergeAs(t, key, { id }, { id: (people[one.into] as Person).id });
    expect(codesOf(done)).toEqual(who === into ? ['ALREADY_MERGED'] : []);
    if (who !== into) model.merge(done['merge'].id as string, who, into);
  }
}

test(
  'whoever earns, spends, is merged and parted again in any order has what the model says, debts included',
  async () => {
    const steps = fc.array(step, { minLength: 5, maxLength: 30, size: 'max' });
    const property = fc.asyncProperty(steps, async (history) => {
      const people = await Promise.all(Array.from({ length: crowd }, () => here.customer()));
      const model = new Model();
      for (const one of history) await take(model, people, one);
      for (const [who, { id }] of people.entries()) {
        const stays = model.whoIs(who);
        const mu = model.mu[stays] as number;
        expect(await walletOf(t, id, t.platformKey)).toEqual({
          id: (people[stays] as Person).id,
          wallet: { balance: Math.max(0, mu), held: 0, owed: Math.max(0, -mu) },
        });
      }
      const [sum] = await t.database.query<{ sum: number }>(
        'SELECT sum(balance)::bigint AS sum FROM accounts',
      );
      expect(Number(sum?.sum)).toBe(0);
    });
    await fc.assert(property, seeded(15));
  },
  patienceMs,
);
