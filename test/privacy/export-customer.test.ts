import { customerId } from '../../src/customers';
import { mutationCases } from '../promises/mutations';
import { Scene, type Person } from '../promises/scene';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { exportAs, type Exported } from './people';

let t: TestService;
let scene: Scene;
let other: Scene;
let person: Person;

beforeAll(async () => {
  t = await startTestService();
  scene = await Scene.create(t, 'first-brand');
  other = await Scene.create(t, 'second-brand');
  const email = 'everything@example.in';
  person = await scene.link('everything', email);
  await other.link('elsewhere', email);
  for (let given = 0; given < 10; given += 1) await scene.grantTo({ externalId: 'everything' });
  for (const { mutation, by, done } of mutationCases) {
    const input = await done(scene);
    if (by !== 'brand' || !('customer' in input) || /^(erase|optOut)/.test(mutation)) continue;
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    await t.run(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`,
      { input: { ...input, customer: { id: person.id }, idempotencyKey: newKey() } },
      scene.brand.apiKey,
    );
  }
  await other.grantTo({ externalId: 'elsewhere' });
});

afterAll(() => t.close());

const count = (rows: readonly Exported[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { table } of rows) counts[table] = (counts[table] ?? 0) + 1;
  return counts;
};

/** How many rows of each table name the person, in a column of any name. */
async function namedBy(brand: string | null): Promise<Record<string, number>> {
  const uuid = customerId.decode(person.id);
  const columns = await t.database.query<{ tab: string; cols: string[]; branded: boolean }>(`
    SELECT p.tab::text AS tab, array_agg(p.col) AS cols, p.branded FROM erase_places() p
    GROUP BY p.tab, p.branded`);
  const counts: Record<string, number> = {};
  for (const { tab, cols, branded } of columns) {
    if (brand !== null && !branded) continue;
    const named = cols.map((col) => `x.${col} = $1`).join(' OR ');
    const [row] = await t.database.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM ${tab} x WHERE (${named})
         ${branded ? 'AND ($2::text IS NULL OR x.brand_id = (SELECT b.id FROM brands b WHERE b.slug = $2))' : 'AND $2::text IS NULL'}`,
      [uuid, brand],
    );
    if (row !== undefined && row.n > 0) counts[tab] = row.n;
  }
  return counts;
}

it('gives a brand every row of its own that names the customer, and none of another’s', async () => {
  const rows = (await exportAs(t, scene.brand.apiKey, { id: person.id })) ?? [];
  expect(count(rows)).toEqual(await namedBy('first-brand'));
  expect(Object.keys(count(rows)).length).toBeGreaterThan(15);
  const [second] = await t.database.query<{ id: string }>(
    `SELECT id FROM brands WHERE slug = 'second-brand'`,
  );
  expect(JSON.stringify(rows)).not.toContain(second?.id);
});

it('gives the person everything over all brands, in pages of any size', async () => {
  const token = await scene.tokenOf(person);
  const rows = (await exportAs(t, token, null)) ?? [];
  expect(count(rows)).toEqual(await namedBy(null));
  expect(await exportAs(t, token, null, 100)).toEqual(rows);
});

it('gives a brand of a wallet no balance that others have a part in', async () => {
  const rows = (await exportAs(t, scene.brand.apiKey, { id: person.id })) ?? [];
  const entries = rows.filter(({ table }) => table === 'entries');
  expect(entries.length).toBeGreaterThan(0);
  for (const { row } of entries) {
    expect(Object.keys(row)).toEqual(expect.arrayContaining(['amount', 'brand_balance_after']));
    expect(row).not.toHaveProperty('balance_after');
  }
});

it('takes pages of 1 to 100 rows', async () => {
  const text = `query ($first: Int) { exportCustomer(first: $first) { nodes { table } } }`;
  const token = await scene.tokenOf(person);
  for (const [first, fine] of [
    [0, false],
    [1, true],
    [100, true],
    [101, false],
  ] as const) {
    const { errors } = await t.run(text, { first }, token);
    expect({ first, fine: errors === undefined }).toEqual({ first, fine });
  }
});
