import fc from 'fast-check';
import { customerId } from '../../src/customers';
import { mergeAs, settle, unmergeAs } from '../merging/merges';
import { Scene, type Person } from '../promises/scene';
import { assertBooks } from '../support/invariants';
import { patienceMs, seeded } from '../support/seeded';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { eraseAs, followUp, tablesWith } from './people';

let t: TestService;
let other: TestService;
let here: Scene;
let there: Scene;

beforeAll(async () => {
  t = await startTestService();
  // A second process on the same data, so that nothing but the database keeps writers apart.
  other = await startTestService({ database: t.database });
  here = await Scene.create(t, 'pageturn');
  there = await Scene.of(other, await t.createBrand('kaapico', { budget: 100_000 }));
});

afterAll(async () => {
  await other.close();
  await t.close();
});

/** Somebody both brands know, with ten Mu of each; their name is a word nobody else has. */
async function shared(): Promise<Person & { email: string }> {
  const externalId = `rare-${here.name()}-word`;
  const email = `${externalId}@example.in`;
  const { id } = await here.link(externalId, email);
  await there.link(externalId, email);
  await here.grantTo({ externalId });
  await there.grantTo({ externalId });
  return { id, externalId, email };
}

interface Answer {
  userErrors: { code: string }[];
}

const codesOf = ({ userErrors }: Answer): string[] => userErrors.map(({ code }) => code);

const merge = async (from: Person, into: Person, by = here) => {
  const key = by.brand.apiKey;
  return (await mergeAs(by.t, key, { id: from.id }, { id: into.id })) as Answer & {
    merge: { id: string } | null;
  };
};

const unmerge = async (id: string, by = here) =>
  (await unmergeAs(by.t, by.brand.apiKey, id)) as Answer;

const erase = async (who: Person, by: Scene | null) =>
  (await eraseAs((by ?? here).t, by?.brand.apiKey ?? t.platformKey, { id: who.id })) as Answer;

/** Lets everything that was on its way arrive. */
async function rest(): Promise<void> {
  await settle(t);
  t.clock.offsetMs += 120_000;
  await followUp(t);
  await settle(t);
}

const deniedSql = `
  SELECT r.external_id FROM relationships r
  JOIN customers c ON c.id = r.customer_id
  JOIN erasures e ON e.customer_id IN (c.id, c.merged_into)
    AND (e.brand_id IS NULL OR e.brand_id = r.brand_id)
  UNION ALL
  SELECT i.value FROM brand_identities i
  JOIN customers c ON c.id = i.customer_id
  JOIN erasures e ON e.customer_id IN (c.id, c.merged_into)
    AND (e.brand_id IS NULL OR e.brand_id = i.brand_id)
  UNION ALL
  SELECT d.value FROM identities d
  JOIN customers c ON c.id = d.customer_id
  JOIN erasures e ON e.customer_id IN (c.id, c.merged_into) AND e.brand_id IS NULL`;

/** Nobody who was erased is anywhere, nobody else is lost, and the books balance. */
async function expectPeace(people: readonly Person[]): Promise<void> {
  expect(await t.database.query(deniedSql)).toEqual([]);
  const rows = await t.database.query<{ id: string; everywhere: boolean; here: boolean }>(
    `SELECT c.id, bool_or(e.id IS NOT NULL AND e.brand_id IS NULL) AS everywhere,
       bool_or(e.brand_id = b.id) IS TRUE AS here
     FROM customers c CROSS JOIN brands b
     LEFT JOIN erasures e ON e.customer_id = coalesce(c.merged_into, c.id)
     WHERE c.id = ANY ($1::uuid[]) AND b.slug = 'pageturn' GROUP BY c.id`,
    [people.map(({ id }) => customerId.decode(id))],
  );
  const text = 'query ($by: CustomerBy!) { customer(by: $by) { id } }';
  for (const row of rows) {
    const { externalId } = people.find(({ id }) => customerId.decode(id) === row.id) as Person;
    const { data } = await t.run(text, { by: { externalId } }, here.brand.apiKey);
    const gone = row.everywhere || row.here;
    expect({ externalId, gone, found: data['customer'] !== null }).toEqual({
      externalId,
      gone,
      found: !gone,
    });
    if (row.everywhere) expect(await tablesWith(t, [externalId])).toEqual({});
  }
  await assertBooks(t.database);
}

it('an erasure and a merge at the same moment are one after the other, whichever comes first', async () => {
  for (let round = 0; round < 6; round += 1) {
    const [a, b] = [await shared(), await shared()];
    const [merged] = await Promise.all([
      round % 2 === 0 ? merge(a, b) : merge(b, a, there),
      erase(round % 3 === 0 ? a : b, round % 3 === 1 ? there : null),
    ]);
    expect([[], ['CUSTOMER_ERASED'], ['NOT_FOUND']]).toContainEqual(codesOf(merged));
    await rest();
    await expectPeace([a, b]);
  }
});

it('a merge is for good once either of the two was erased, whom either id named', async () => {
  const [a, b] = [await shared(), await shared()];
  const { merge: made } = await merge(a, b);
  await erase(a, there);
  expect(codesOf(await unmerge(made?.id as string))).toEqual(['CANNOT_UNMERGE']);
  expect(codesOf(await erase(a, null))).toEqual([]);
  await rest();
  await expectPeace([a, b]);
});

it('who was merged away and is erased while they are parted again is erased, and nobody else', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [a, b] = [await shared(), await shared()];
    const { merge: made } = await merge(a, b);
    const [parted] = await Promise.all([unmerge(made?.id as string), erase(a, null)]);
    await rest();
    const erased = await t.database.query<{ customer_id: string }>(
      'SELECT e.customer_id FROM erasures e WHERE e.customer_id = ANY ($1::uuid[])',
      [[a, b].map(({ id }) => customerId.decode(id))],
    );
    // Parted first, it is the one alone; else the merge is for good and both are one.
    const whom = codesOf(parted).length === 0 ? a : b;
    expect(erased).toEqual([{ customer_id: customerId.decode(whom.id) }]);
    await expectPeace([a, b]);
  }
});

const crowd = 6;
const anyAct = fc.record({
  act: fc.constantFrom('merge', 'merge', 'erase', 'unmerge', 'earn'),
  who: fc.nat(crowd - 1),
  whom: fc.nat(crowd - 1),
  by: fc.nat(4),
});
type Act = typeof anyAct extends fc.Arbitrary<infer One> ? One : never;

const fine = [
  'ALREADY_MERGED',
  'CUSTOMER_ERASED',
  'CUSTOMER_OPTED_OUT',
  'NOT_FOUND',
  'CANNOT_UNMERGE',
  'ALREADY_RESOLVED',
];

async function take(people: Person[], merges: string[], act: Act): Promise<void> {
  const who = people[act.who] as Person;
  const by = act.by % 2 === 0 ? here : there;
  const codes: string[] = [];
  if (act.act === 'merge') {
    const done = await merge(who, people[act.whom] as Person, by);
    if (done.merge !== null) merges.push(done.merge.id);
    codes.push(...codesOf(done));
  } else if (act.act === 'unmerge') {
    const id = merges[act.whom % Math.max(1, merges.length)];
    if (id !== undefined) codes.push(...codesOf(await unmerge(id, by)));
  } else if (act.act === 'erase') {
    codes.push(...codesOf(await erase(who, act.by === 4 ? null : by)));
  } else {
    const text = `mutation ($input: RecordAttentionInput!) {
      recordAttention(input: $input) { userErrors { code } } }`;
    const input = { customer: { id: who.id }, action: 'SCAN', idempotencyKey: newKey() };
    const { data, errors } = await by.t.run(text, { input }, by.brand.apiKey);
    expect(errors).toBeUndefined();
    codes.push(...codesOf(data['recordAttention'] as Answer));
  }
  expect(codes.filter((code) => !fine.includes(code))).toEqual([]);
}

it(
  '32 erasures, merges, partings and payments at the same moment, in any order, leave nobody half erased',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { minLength: 32, maxLength: 32 }), async (acts) => {
        const people: Person[] = [];
        for (let one = 0; one < crowd; one += 1) people.push(await shared());
        const merges: string[] = [];
        for (const [from, into] of [
          [0, 1],
          [2, 3],
        ] as const) {
          const made = await merge(people[from] as Person, people[into] as Person);
          merges.push((made.merge as { id: string }).id);
        }
        await Promise.all(acts.map((act) => take(people, merges, act)));
        await rest();
        await expectPeace(people);
      }),
      seeded(4),
    );
  },
  patienceMs,
);
