import { codesOf, must } from '../promises/operations';
import { Scene, type Person } from '../promises/scene';
import { find } from '../customers/people';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { mergeAs, settle, unmergeAs, walletOf } from './merges';

let t: TestService;
let here: Scene;
let there: Scene;

beforeAll(async () => {
  t = await startTestService();
  here = await Scene.create(t, 'pageturn');
  there = await Scene.create(t, 'other');
});
afterEach(() => (t.clock.offsetMs = 0));
afterAll(() => t.close());

const merge = async (from: Person, into: Person, bearer = here.brand.apiKey) => {
  const done = await mergeAs(t, bearer, { id: from.id }, { id: into.id });
  expect(codesOf(done)).toEqual([]);
  return done['merge'].id as string;
};
const unmerge = (id: string, bearer = here.brand.apiKey) => unmergeAs(t, bearer, id);
const whole = async (id: string) => (await walletOf(t, id, t.platformKey)).wallet;

const grant = ({ externalId }: Person, scene = here) => scene.grantTo({ externalId });
const hold = ({ externalId }: Person, amount: number) => here.redemptionOf({ externalId }, amount);

async function spend({ externalId }: Person, amount: number, scene = here): Promise<void> {
  const id = await scene.redemptionOf({ externalId }, amount);
  await must(t, scene.brand.apiKey, 'captureRedemption', { id, idempotencyKey: newKey() });
}

test('two customers are two again, each with what was theirs', async () => {
  const [from, into] = [await here.customer(30), await here.customer(20)];
  const id = await merge(from, into);
  expect(await whole(from.id)).toMatchObject({ balance: 50 });
  const done = await unmerge(id);
  expect(done).toMatchObject({
    merge: { id, undoneAt: expect.any(String), undoneReason: 'another card' },
    from: { id: from.id, externalId: from.externalId, wallet: { balance: 30 } },
    into: { id: into.id, externalId: into.externalId, wallet: { balance: 20, owed: 0 } },
    userErrors: [],
  });
  for (const { id: own, externalId } of [from, into]) {
    expect(await find(t, here.brand.apiKey, { externalId })).toMatchObject({ id: own });
  }
  expect(codesOf(await unmerge(id))).toEqual(['ALREADY_RESOLVED']);
});

test('what was spent meanwhile is owed, and repaid by what comes in', async () => {
  const [from, into] = [await here.customer(80), await here.customer(20)];
  const id = await merge(from, into);
  await spend(into, 70);
  await unmerge(id);
  expect(await whole(from.id)).toMatchObject({ balance: 80, owed: 0 });
  expect(await whole(into.id)).toMatchObject({ balance: 0, owed: 50 });
  await grant(into);
  expect(await whole(into.id)).toMatchObject({ balance: 0, owed: 40 });
  for (let given = 0; given < 50; given += 10) await grant(into);
  expect(await whole(into.id)).toMatchObject({ balance: 10, owed: 0 });
});

test('a debt follows another merge, and comes back when that is undone', async () => {
  const [from, into] = [await here.customer(80), await here.customer(0)];
  const id = await merge(from, into);
  await spend(into, 70);
  await unmerge(id);
  const third = await here.customer(100);
  const again = await merge(into, third);
  expect(await whole(third.id)).toMatchObject({ balance: 30, owed: 0 });
  await unmerge(again);
  expect(await whole(third.id)).toMatchObject({ balance: 100, owed: 0 });
  expect(await whole(into.id)).toMatchObject({ balance: 0, owed: 70 });
  const poor = await here.customer(10);
  await merge(into, poor);
  expect(await whole(poor.id)).toMatchObject({ balance: 0, owed: 60 });
});

test('a pending redemption goes back with its Mu, and one that ended meanwhile with what it gave back', async () => {
  const [from, into] = [await here.customer(50), await here.customer(0)];
  const [pending, cancelled, captured] = await Promise.all(
    [5, 7, 11].map((amount) => hold(from, amount)),
  );
  const id = await merge(from, into);
  for (const [write, one] of [
    ['cancelRedemption', cancelled],
    ['captureRedemption', captured],
  ] as const) {
    await must(t, here.brand.apiKey, write, { id: one, idempotencyKey: newKey() });
  }
  await unmerge(id);
  expect(await whole(from.id)).toMatchObject({ balance: 34, held: 5 });
  expect(await whole(into.id)).toMatchObject({ balance: 0, held: 0, owed: 0 });
  await must(t, here.brand.apiKey, 'cancelRedemption', { id: pending, idempotencyKey: newKey() });
  expect(await whole(from.id)).toMatchObject({ balance: 39, held: 0 });
});

test('what came in since by a brand that knew the one only is the one’s', async () => {
  const into = await here.customer(20);
  const from = await there.customer(30);
  const id = await merge(from, into, t.platformKey);
  await grant(from, there);
  await grant(into);
  await unmerge(id, t.platformKey);
  expect(await whole(from.id)).toMatchObject({ balance: 40 });
  expect(await whole(into.id)).toMatchObject({ balance: 30 });
  const text = `query ($by: CustomerBy!) { customer(by: $by) { id attention(first: 50) { nodes { id } } } }`;
  const seen = async (scene: Scene, by: object) =>
    (await t.run(text, { by }, scene.brand.apiKey)).data['customer'];
  expect((await seen(there, { id: from.id })).attention.nodes).toHaveLength(4);
  expect(await seen(there, { id: into.id })).toBeNull();
  expect((await seen(here, { id: into.id })).attention.nodes).toHaveLength(3);
});

test('of a chain the last merge is undone first, and whoever was under it stays there', async () => {
  const [a, b, c] = [await here.customer(10), await here.customer(20), await here.customer(40)];
  const [first, second] = [await merge(a, b), await merge(b, c)];
  expect(codesOf(await unmerge(first))).toEqual(['CANNOT_UNMERGE']);
  await unmerge(second);
  expect(await whole(a.id)).toMatchObject({ balance: 30 });
  expect(await find(t, here.brand.apiKey, { externalId: a.externalId })).toMatchObject({
    id: b.id,
  });
  expect(await whole(c.id)).toMatchObject({ balance: 40 });
  await unmerge(first);
  expect(await whole(a.id)).toMatchObject({ balance: 10 });
  expect(await whole(b.id)).toMatchObject({ balance: 20 });
});

test('a brand undoes only merges it asked for, and nobody undoes what never was', async () => {
  const [a, b] = [await here.customer(), await here.customer()];
  const id = await merge(a, b);
  expect(codesOf(await unmerge(id, there.brand.apiKey))).toEqual(['NOT_FOUND']);
  expect(codesOf(await unmerge('mrg_nonsense'))).toEqual(['NOT_FOUND']);
  expect(codesOf(await unmerge(id, t.platformKey))).toEqual([]);
});

test('a payment that was on its way to the one who was gone goes back too', async () => {
  const [from, into] = [await here.customer(30), await here.customer(0)];
  const redemption = await hold(from, 7);
  const captured = await must(t, here.brand.apiKey, 'captureRedemption', {
    id: redemption,
    idempotencyKey: newKey(),
  });
  const id = await merge(from, into);
  await must(t, here.brand.apiKey, 'reverseTransfer', {
    id: captured['transfer'].id,
    reason: 'a refund',
    idempotencyKey: newKey(),
  });
  await settle(t);
  expect(await whole(into.id)).toMatchObject({ balance: 30 });
  await unmerge(id);
  expect(await whole(from.id)).toMatchObject({ balance: 30 });
});
