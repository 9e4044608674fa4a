import { customerId } from '../../src/customers';
import { codesOf, send } from '../promises/operations';
import { Scene } from '../promises/scene';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { mergeAs, settle, unmergeAs, walletOf } from './merges';

let t: TestService;
let here: Scene;

beforeAll(async () => {
  t = await startTestService();
  here = await Scene.create(t, 'pageturn');
});
afterAll(() => t.close());

const merge = (from: object, into: object, bearer = here.brand.apiKey) =>
  mergeAs(t, bearer, from, into);
const whole = async (id: string) => (await walletOf(t, id, t.platformKey)).wallet;

test('two merges in opposite directions at the same moment are one merge', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [a, b] = [await here.customer(20), await here.customer(10)];
    const both = await Promise.all([
      merge({ id: a.id }, { id: b.id }),
      merge({ id: b.id }, { id: a.id }, t.platformKey),
    ]);
    expect(both.flatMap(codesOf)).toEqual(['ALREADY_MERGED']);
    expect(await whole(a.id)).toMatchObject({ balance: 30, held: 0 });
  }
});

test('payments and redemptions that race a merge are lost by nobody (F16, d3)', async () => {
  const [a, b] = [await here.customer(20), await here.customer(20)];
  const earn = ({ externalId }: typeof a) => here.grantTo({ externalId });
  const spend = ({ externalId }: typeof a) =>
    send(t, here.brand.apiKey, 'redeem', {
      customer: { externalId },
      amount: 1,
      description: 'tea',
      idempotencyKey: newKey(),
    });
  await Promise.all([
    ...Array.from({ length: 10 }, (_, n) => earn(n % 2 ? a : b)),
    ...Array.from({ length: 10 }, (_, n) => spend(n % 2 ? a : b)),
    merge({ id: a.id }, { id: b.id }),
    ...Array.from({ length: 10 }, (_, n) => earn(n % 2 ? a : b)),
  ]);
  await settle(t);
  const { balance, held } = await whole(b.id);
  expect(balance + held).toBe(240);
});

test('sixteen clients merging, parting and paying the same people lose no Mu and leave no halves', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => here.customer(20)));
  const merges: string[] = [];
  let [paid, spent] = [80, 0];
  const client = async (n: number) => {
    for (let round = 0; round < 6; round += 1) {
      const at = (n * 7 + round * 3) % 4;
      const [one, other] = [people[at]!, people[(at + 1 + (n % 3)) % 4]!];
      const { externalId } = one;
      if (n % 4 === 0) {
        const done = await merge({ id: one.id }, { id: other.id });
        if (codesOf(done).length === 0) merges.push(done['merge'].id as string);
      } else if (n % 4 === 1) {
        const id = merges[(n + round) % Math.max(1, merges.length)];
        if (id !== undefined) await unmergeAs(t, here.brand.apiKey, id);
      } else if (n % 4 === 2) {
        await here.grantTo({ externalId });
        paid += 10;
      } else {
        const asked = { customer: { externalId }, amount: 3, description: 'tea' };
        const done = await send(t, here.brand.apiKey, 'redeem', {
          ...asked,
          idempotencyKey: newKey(),
        });
        if (codesOf(done).length === 0) spent += 3;
      }
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, n) => client(n)));
  await settle(t);
  const [sum] = await t.database.query<{ mu: number; held: number }>(
    `SELECT sum(balance)::integer AS mu, sum(held)::integer AS held FROM accounts
     WHERE kind = 'WALLET' AND owner = ANY ($1::uuid[])`,
    [people.map(({ id }) => customerId.decode(id))],
  );
  expect(sum).toEqual({ mu: paid - spent, held: spent });
  expect(merges.length).toBeGreaterThan(0);
  // Whatever still stands can be undone, in some order, and then everybody is alone again.
  let left = merges;
  for (let tries = merges.length; left.length > 0 && tries > 0; tries -= 1) {
    const still: string[] = [];
    for (const id of left) {
      const codes = codesOf(await unmergeAs(t, here.brand.apiKey, id));
      if (codes.includes('CANNOT_UNMERGE')) still.push(id);
    }
    left = still;
  }
  expect(left).toEqual([]);
  for (const { id } of people) expect(await walletOf(t, id, t.platformKey)).toMatchObject({ id });
});
