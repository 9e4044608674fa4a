import { startTestService, type TestBrand, type TestService } from '../support/test-service';

const document = `query ($first: Int, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    nodes { externalId } pageInfo { hasNextPage endCursor } } }`;

const identify = `mutation ($input: IdentifyCustomerInput!) {
  identifyCustomer(input: $input) { userErrors { code } } }`;

let t: TestService;

beforeAll(async () => {
  t = await startTestService({ limits: { listWalk: 3 } });
});

afterAll(() => t.close());

/** A brand of so many customers, `c-1` the eldest, of whom some are called rare. */
async function brandOf(slug: string, count: number, rare: readonly number[]): Promise<TestBrand> {
  const brand = await t.createBrand(slug);
  for (let n = 1; n <= count; n += 1) {
    const traits = rare.includes(n) ? { kind: 'rare' } : { kind: 'usual' };
    const input = { externalId: `c-${n}`, traits, idempotencyKey: `${slug}-${n}-customer` };
    const { errors } = await t.run(identify, { input }, brand.apiKey);
    expect(errors).toBeUndefined();
  }
  return brand;
}

/** The customers of each page, from the first to that after which nothing follows. */
async function pagesOf(brand: TestBrand, filter: object, first: number): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await t.run(document, { first, after, filter }, brand.apiKey);
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data['customers'];
    pages.push(nodes.map((node: { externalId: string }) => node.externalId));
    if (!pageInfo.hasNextPage) return pages;
    after = pageInfo.endCursor as string;
  }
}

const isRare = { where: { trait: { name: 'kind', equals: 'rare' } } };
const isThere = { where: { trait: { name: 'kind', exists: true } } };

describe('A page of a list with a condition', () => {
  it('looks at no more customers than the limit, and goes on where it stopped', async () => {
    const brand = await brandOf('walk', 8, [1, 6]);
    expect(await pagesOf(brand, isRare, 2)).toEqual([['c-6'], [], ['c-1']]);
  });

  it('is full where enough are found, however the limit falls', async () => {
    const brand = await brandOf('full', 7, []);
    const all = ['c-7', 'c-6', 'c-5', 'c-4', 'c-3', 'c-2', 'c-1'];
    for (const first of [1, 2, 3, 4, 100]) {
      const pages = await pagesOf(brand, isThere, first);
      expect(pages.flat()).toEqual(all);
      expect(pages.every((page) => page.length <= first)).toBe(true);
    }
    expect(await pagesOf(brand, isThere, 2)).toEqual([
      ['c-7', 'c-6'],
      ['c-5', 'c-4'],
      ['c-3', 'c-2'],
      ['c-1'],
    ]);
  });

  it('is the last one of a base as large as the limit, and not of one larger by one', async () => {
    expect(await pagesOf(await brandOf('three', 3, []), isRare, 10)).toEqual([[]]);
    expect(await pagesOf(await brandOf('four', 4, []), isRare, 10)).toEqual([[], []]);
  });

  it('knows no such limit without a condition', async () => {
    const brand = await brandOf('plain', 5, []);
    expect(await pagesOf(brand, {}, 10)).toEqual([['c-5', 'c-4', 'c-3', 'c-2', 'c-1']]);
  });
});
