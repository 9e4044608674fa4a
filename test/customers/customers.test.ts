import fc from 'fast-check';
import { customerId } from '../../src/customers';
import { runs } from '../support/long';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { customersOperation, identify, idOf } from './people';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

interface Row {
  id: string;
  externalId: string;
  email: string;
  createdAt: number;
}

/** All customers of the brand in the order of the list, read behind the service's back. */
async function model(): Promise<Row[]> {
  const rows = await t.database.query<{ uuid: string; x: string; email: string; at: Date }>(
    `SELECT r.customer_id AS uuid, r.external_id AS x, r.email, r.created_at AS at
     FROM relationships r JOIN brands b ON b.id = r.brand_id WHERE b.slug = $1`,
    [brand.slug],
  );
  return rows
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.uuid < b.uuid ? 1 : -1))
    .map(({ uuid, x, email, at }) => {
      return { id: customerId.encode(uuid), externalId: x, email, createdAt: at.getTime() };
    });
}

interface Page {
  ids: string[];
  hasNextPage: boolean;
  endCursor: string | null;
}

async function list(variables: Record<string, unknown>, bearer = brand.apiKey): Promise<Page> {
  const { data, errors } = await t.run(customersOperation, variables, bearer);
  if (errors !== undefined) throw new Error(errors[0]?.message);
  const { nodes, pageInfo } = data['customers'];
  return { ids: nodes.map((node: { id: string }) => node.id), ...pageInfo };
}

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('tripkart');
  other = await t.createBrand('dailypaper');
  for (let round = 0; round < 8; round += 1) {
    t.clock.offsetMs = round * 10_000;
    const calls = Array.from({ length: 5 }, (_, at) =>
      idOf(t, brand, {
        externalId: `crm-${round}-${at}`,
        email: `person-${round}-${at}@example.in`,
      }),
    );
    await Promise.all(calls);
  }
  await identify(t, other, { externalId: 'crm-0-0', email: 'person-0-0@example.in' });
});

afterAll(() => t.close());

test('every page, filter and cursor answers what a plain walk over the rows does', async () => {
  const rows = await model();
  const times = [...new Set(rows.map((row) => row.createdAt))];
  // Some share their moment, so that the id has to tell them apart.
  expect(times.length).toBeLessThan(rows.length);
  const place = fc.nat(rows.length - 1);
  const filters = fc.record(
    {
      email: fc.oneof(
        place.map((at) => rows[at]?.email.toUpperCase()),
        fc.constant('no address'),
      ),
      externalId: fc.oneof(
        place.map((at) => rows[at]?.externalId),
        fc.constant('crm%'),
      ),
      createdAfter: fc
        .tuple(fc.constantFrom(...times), fc.integer({ min: -1, max: 1 }))
        .map(([time, shift]) => new Date(time + shift).toISOString()),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), filters, async (first, filter) => {
      const { email, externalId, createdAfter } = filter;
      const expected = rows
        .filter((row) => email === undefined || row.email === email.toLowerCase())
        .filter((row) => externalId === undefined || row.externalId === externalId)
        .filter((row) => createdAfter === undefined || row.createdAt > Date.parse(createdAfter))
        .map((row) => row.id);
      const walked: string[] = [];
      let page: Page = { ids: [], hasNextPage: true, endCursor: null };
      while (page.hasNextPage) {
        page = await list({ first, filter, after: page.endCursor });
        expect(page.ids).toEqual(expected.slice(walked.length, walked.length + first));
        walked.push(...page.ids);
        expect(page.hasNextPage).toBe(walked.length < expected.length);
      }
    }),
    { numRuns: runs(25) },
  );
});

test('a walk neither loses nor repeats a customer while others are identified', async () => {
  const before = (await model()).map((row) => row.id);
  const walked: string[] = [];
  let page: Page = { ids: [], hasNextPage: true, endCursor: null };
  for (let at = 0; page.hasNextPage; at += 1) {
    page = await list({ first: 3, after: page.endCursor });
    walked.push(...page.ids);
    t.clock.offsetMs += 1000;
    await identify(t, brand, { externalId: `late-${at}` });
    await identify(t, brand, { externalId: 'crm-1-1', traits: { at } });
  }
  expect(walked).toEqual(before);
  expect((await model()).length).toBeGreaterThan(before.length);
});

test('a list holds 20 unless told otherwise, and at most 100', async () => {
  expect((await list({})).ids).toHaveLength(20);
  expect((await list({ first: 100 })).hasNextPage).toBe(false);
  for (const first of [0, -1, 101]) {
    await expect(list({ first })).rejects.toThrow('first must be from 1 to 100');
  }
});

test('another brand’s cursor is a place in the own list and shows nothing of theirs', async () => {
  const { endCursor } = await list({ first: 30 });
  const theirs = await list({ after: endCursor }, other.apiKey);

  expect(theirs.ids.length + (await list({}, other.apiKey)).ids.length).toBeLessThanOrEqual(2);
  expect((await list({}, other.apiKey)).ids).toHaveLength(1);
});

test.each([
  ['nothing', ''],
  ['rubbish', 'rubbish'],
  ['a cursor cut short', 'cut'],
  ['a cursor of another list', '1WzFd'],
])('a cursor that is %s is refused', async (_, text) => {
  const { endCursor } = await list({ first: 1 });
  const after = text === 'cut' ? endCursor?.slice(0, -4) : text;
  await expect(list({ after })).rejects.toThrow('after is not a cursor of this list');
});
