import { customerId } from '../../src/customers';
import { ask } from '../analytics/desk';
import { tokenOf } from '../customers/people';
import { send } from '../segments/population';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { findAll, findDue, findStep, order, person, worth } from './desk';

let t: TestService;
let brand: TestBrand;
let made = 0;
let buyers: string[];
let next: Record<string, string>;

beforeAll(async () => {
  t = await startTestService({
    limits: { segmentSweep: 2, genomeSupport: 2, genomeSmoothing: 2 },
  });
});

afterAll(() => t.close());

/** Ten who ordered: the best two and one more drink coffee, seven tea; three who never did. */
beforeEach(async () => {
  t.clock.offsetMs = 0;
  brand = await t.createBrand(`next-${(made += 1)}`);
  buyers = [];
  for (let at = 0; at < 10; at += 1) {
    const id = await person(t, brand, `c${at}`, { drinks: at >= 7 ? 'coffee' : 'tea' });
    await order(t, brand, id, 100);
    buyers.push(id);
  }
  await worth(t, brand, Object.fromEntries(buyers.map((id, at) => [id, at + 1])));
  next = {
    tea: await person(t, brand, 'tea', { drinks: ['tea'] }),
    nothing: await person(t, brand, 'nothing', { nick: 'Asha' }),
    coffee: await person(t, brand, 'coffee', { drinks: ['coffee', 'coffee'] }),
  };
});

async function walk(first = 2, model = 'VALUE_2021', bearer = brand.apiKey): Promise<Data[]> {
  const rows: Data[] = [];
  for (let after: string | null = null; ;) {
    const page = await ask(t, bearer, 'next-candidates', { model, first, after });
    rows.push(...(page['nextCandidates'].nodes as Data[]));
    if (page['nextCandidates'].pageInfo.hasNextPage === false) return rows;
    after = page['nextCandidates'].pageInfo.endCursor as string;
  }
}

const names = (rows: Data[]): string[] => rows.map((row) => row['customer'].externalId as string);

const genome = async (model = 'VALUE_2021', bearer = brand.apiKey): Promise<Data | null> =>
  (await ask(t, bearer, 'best-customer-genome', { model }))['bestCustomerGenome'] as Data | null;

test('the genome tells what the best have more often, with shares, lift and support', async () => {
  expect(await genome()).toBeNull();
  await findAll(t);
  const found = await genome();
  expect(found).toMatchObject({
    model: 'VALUE_2021',
    best: 2,
    customers: 10,
    smoothing: 2,
    leastSupport: 2,
    modelVersion: 'genome-1',
  });
  const features = found?.['features'] as Data[];
  expect(features[0]).toMatchObject({
    kind: 'TRAIT',
    name: 'drinks',
    value: 'coffee',
    best: 2,
    customers: 3,
    shareOfBest: 1,
    shareOfAll: 0.3,
    lift: expect.closeTo(2.6 / 1.2, 12) as number,
  });
  expect(features.at(-1)).toMatchObject({
    value: 'tea',
    best: 0,
    lift: expect.closeTo(0.5, 12) as number,
  });
  expect(features.slice(1, -1)).toMatchObject([
    { kind: 'CADENCE', name: null, value: 'ONCE', customers: 10, lift: 1, weight: 0 },
    { kind: 'FIRST_ORDER', value: 'DIRECT_ORGANIC_NEW', lift: 1 },
  ]);
});

test('who never ordered is ranked by what they have of it, page by page, with the reasons', async () => {
  await findAll(t);
  const rows = await walk();
  expect(names(rows)).toEqual(['coffee', 'nothing', 'tea']);
  expect(rows[0]?.['score']).toMatchObject({
    score: expect.closeTo(Math.log(2.6 / 1.2), 6) as number,
    reasons: [{ kind: 'TRAIT', name: 'drinks', value: 'coffee' }],
  });
  expect(rows[1]?.['score']).toMatchObject({ score: 0, reasons: [] });
  expect(rows[2]?.['score'].score).toBeCloseTo(Math.log(0.5), 6);
  expect(names(await walk(100))).toEqual(names(rows));
  const by = { by: { id: next['coffee'] } };
  const one = await relationshipOf(by, brand.apiKey);
  expect(one).toMatchObject(rows[0]?.['score'] as Data);
  expect(await relationshipOf({ by: { id: buyers[0] } }, brand.apiKey)).toBeNull();
});

async function relationshipOf(variables: Data, bearer: string): Promise<Data | null> {
  const document = `query ($by: CustomerBy!) { customer(by: $by) { relationship {
    nextScore { model score reasons { kind name value lift weight } asOf modelVersion } } } }`;
  const { data, errors } = await t.run(document, variables, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['customer'].relationship.nextScore as Data | null;
}

test('who orders, is erased or becomes somebody else leaves the list at once', async () => {
  await findAll(t);
  await order(t, brand, next['coffee'] as string, 50);
  expect(names(await walk())).toEqual(['nothing', 'tea']);
  await send(t, brand.apiKey, 'eraseCustomer', { customer: { id: next['nothing'] } });
  expect(names(await walk())).toEqual(['tea']);
  const kept = await t.database.query(`SELECT FROM next_scores n WHERE n.customer_id = $1`, [
    customerId.decode(next['nothing'] as string),
  ]);
  expect(kept).toEqual([]);
  const pair = { from: { id: next['tea'] }, into: { id: buyers[0] }, reason: 'one person' };
  await send(t, t.platformKey, 'mergeCustomers', pair);
  expect(await walk()).toEqual([]);
});

test('it is found anew after a day, and answers are by the old one until all have a score', async () => {
  await findAll(t);
  const first = await genome();
  await person(t, brand, 'late', { drinks: 'coffee' });
  t.clock.offsetMs = 23 * 3_600_000;
  await findDue(t);
  expect((await genome())?.['asOf']).toBe(first?.['asOf']);
  expect(names(await walk())).not.toContain('late');
  t.clock.offsetMs = 25 * 3_600_000;
  await findStep(t);
  await findStep(t);
  expect((await genome())?.['asOf']).toBe(first?.['asOf']);
  expect(names(await walk())).toEqual(['coffee', 'nothing', 'tea']);
  await findDue(t);
  expect((await genome())?.['asOf']).not.toBe(first?.['asOf']);
  expect(names(await walk())).toContain('late');
  const kept = await t.database.query(
    `SELECT g.id FROM genomes g JOIN brands b ON b.id = g.brand_id WHERE b.slug = $1`,
    [brand.slug],
  );
  expect(kept).toHaveLength(1);
});

test('what a model divides by explains none of its best', async () => {
  for (const id of buyers) {
    const input = { customer: { id }, action: 'CLICK', channel: 'WEB' };
    await send(t, brand.apiKey, 'recordAttention', input);
  }
  await findAll(t);
  const kinds = async (model: string) =>
    new Set(((await genome(model))?.['features'] as Data[]).map(({ kind }) => kind as string));
  expect([...(await kinds('VALUE_2021'))]).toEqual(
    expect.arrayContaining(['DORMANCY', 'ATTENTION']),
  );
  for (const model of ['ATTENTION_2025', 'TAT_2026']) {
    expect(await kinds(model)).not.toContain('DORMANCY');
    expect(await kinds(model)).not.toContain('ATTENTION');
  }
});

test('features of fewer customers than the limit are not told, of as many are', async () => {
  for (const [at, value] of ['rare', 'rare', 'single'].entries()) {
    await person(t, brand, `c${at}`, { drinks: 'tea', seat: value });
  }
  await findAll(t);
  const seats = ((await genome())?.['features'] as Data[]).filter(({ name }) => name === 'seat');
  expect(seats).toMatchObject([{ value: 'rare', customers: 2 }]);
});

test('a brand’s genome is its own, and no customer sees it or their score', async () => {
  const other = await t.createBrand(`other-${made}`);
  const theirs = await person(t, other, 'quiet', { drinks: 'coffee' });
  await findAll(t);
  const told = async () => [(await genome())?.['features'], names(await walk())];
  const before = await told();
  expect(names(await walk(2, 'VALUE_2021', other.apiKey))).toEqual(['quiet']);
  expect(await genome('VALUE_2021', other.apiKey)).toMatchObject({ best: 0, features: [] });
  await order(t, other, theirs, 900);
  t.clock.offsetMs = 25 * 3_600_000;
  await findAll(t);
  expect(await told()).toEqual(before);
  const token = await tokenOf(t, brand, { id: next['coffee'] });
  const document = `{ me { relationships { nextScore { score } } } brand { bestCustomerGenome { best } } }`;
  const { data } = await t.run(document, {}, token);
  expect(JSON.stringify(data)).not.toContain('score":{');
  expect(JSON.stringify(data)).not.toContain('best":');
});
