import { startFederatedService, type FederatedService } from '../support/federated-service';
import type { PartnerGraph } from '../support/partner-server';
import type { TestBrand } from '../support/test-service';

const graphWith = (field: string): PartnerGraph => ({
  sdl: `
    type Query { stays: String ${field}: String }
    type Customer @key(fields: "externalId") { externalId: String tier: String }`,
  fields: { stays: () => 'stays', [field]: () => field },
});

let t: FederatedService<'shop'>;
let brand: TestBrand;

beforeEach(async () => {
  t = await startFederatedService({ partners: { shop: graphWith('before') } });
  brand = await t.createBrand('changing');
});
afterEach(() => t.close());

const codesOf = async (query: string) => (await t.ask(query, {}, brand.apiKey)).codes;

test('a partner’s new SDL is served without a restart, and no request fails meanwhile', async () => {
  const answers: string[][] = [];
  let over = false;
  const load = Array.from({ length: 4 }, async () => {
    while (!over) answers.push(await codesOf('{ stays brand { name } }'));
  });
  expect(await codesOf('{ after }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  t.partners.shop.become(graphWith('after'));
  await t.untilServed('{ after }', brand.apiKey);
  const soFar = answers.length;
  while (answers.length < soFar + 20) await new Promise((resolve) => setTimeout(resolve, 10));
  over = true;
  await Promise.all(load);
  expect(answers.flat()).toEqual([]);
  expect(await codesOf('{ before }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
});

test('broken SDL leaves the last good graph, and says so to operators until it is mended', async () => {
  t.partners.shop.become({
    sdl: 'type Customer @key(fields: "nothing") { id: ID! } type Query { stays: String before: String }',
    fields: { stays: () => 'stays' },
  });
  const verbose = async () => (await t.fetch('/health/ready?verbose')).json['problems'] as string[];
  while ((await verbose()).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect((await verbose()).join()).toContain('shop');
  expect((await t.fetch('/health/ready')).status).toBe(200);
  expect(await codesOf('{ stays before }')).toEqual([]);
  t.partners.shop.become(graphWith('after'));
  await t.untilServed('{ after }', brand.apiKey);
  expect(await verbose()).toEqual([]);
});
