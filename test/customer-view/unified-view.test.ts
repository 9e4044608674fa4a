import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type OperationDefinitionNode } from 'graphql';
import * as operations from '../../schema/generated/operations';
import { economicsFeature } from '../../src/economics';
import { analyticsFeature } from '../../src/analytics';
import { operationCost } from '../../src/server/limits/operation-cost';
import { runJobs } from '../experiments/lab';
import { key, runnerOf, type Run } from '../operations/runner';
import { divideAll, judgeAll } from '../segments/desk';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

let t: TestService;
let brand: TestBrand;
let run: Run;

/** A brand whose fifty customers read, bought, and are of the club or not. */
beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('knows-its-base', { budget: 10_000 });
  run = runnerOf(t, brand.apiKey);
  const names = Array.from({ length: 50 }, (_, n) => `person-${n}`);
  for (const [n, externalId] of names.entries()) {
    const consents = [{ purpose: 'MESSAGES' as const, granted: true }];
    const traits = { club: n % 2 === 0 ? 'gold' : 'none' };
    await run(operations.IdentifyCustomerDocument, {
      input: { externalId, email: `${externalId}@example.in`, consents, traits, ...key() },
    });
  }
  const customers = names.map((externalId) => ({ externalId }));
  await run(operations.RecordAttentionBatchDocument, {
    input: {
      events: customers.map((customer) => ({ customer, action: 'CLICK' as const, ...key() })),
    },
  });
  const order = {
    items: 1,
    amount: '100.00',
    currency: 'INR',
    orderedAt: new Date().toISOString(),
  };
  await run(operations.RecordOrderBatchDocument, {
    input: {
      orders: customers.map((customer) => ({
        ...order,
        customer,
        externalId: `order of ${customer.externalId}`,
        ...key(),
      })),
    },
  });
  const condition = { trait: { name: 'club', equals: 'gold' } };
  await run(operations.UpsertSegmentDocument, { input: { name: 'gold', condition, ...key() } });
  await run(operations.RecomputeSegmentationDocument, { input: key() });
  await judgeAll(t);
  await divideAll(t);
  await runJobs(t, [...economicsFeature.jobs, ...analyticsFeature.jobs]);
});

afterAll(() => t.close());

const published = (name: string): string =>
  readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');

test('one query tells who somebody is, how attentive, worth how much, and in which segments', async () => {
  const { customer } = await run(operations.UnifiedCustomerViewDocument, {
    by: { externalId: 'person-8' },
  });
  expect(customer).toMatchObject({
    identities: [{ kind: 'EMAIL', value: 'person-8@example.in' }],
    consents: [{ purpose: 'MESSAGES', granted: true }],
    relationship: {
      canContact: { allowed: true, reasons: [] },
      attentionScore: { band: expect.any(String), modelVersion: 'attention-1' },
      dormancy: { state: 'ACTIVE', daysSilent: 0 },
      purchaseTotals: { orders: 1, net: { amount: '100.00', currencyCode: 'INR' } },
      clv: { source: 'RULE' },
      worth: { band: expect.stringMatching(/BEST|REST|TEST/) },
      plays: { attentiveness: 'ATTENTIVE', progress: expect.any(String) },
      segments: [{ name: 'gold' }],
    },
  });
  expect(customer?.timeline.nodes.map((node) => node.__typename).sort()).toEqual([
    'AttentionEvent',
    'Purchase',
  ]);
});

test('what a page of fifty customers tells of each takes as many statements as one customer', async () => {
  const text = published('unified-customer-view');
  const fields = text.slice(text.indexOf('customer(by: $by) {') + 'customer(by: $by) {'.length);
  const page = `query Page($first: Int!, $channel: Channel! = EMAIL, $last: Int = 5) {
    customers(first: $first) { nodes { ${fields.replace(/\}\s*\}\s*$/, '')} } } }`;
  const ask = async (first: number) => {
    const { data, errors, statements } = await t.run(page, { first }, brand.apiKey);
    expect(errors).toBeUndefined();
    return { nodes: data['customers'].nodes as Data[], statements };
  };
  const [one, fifty] = [await ask(1), await ask(50)];
  expect([one.nodes.length, fifty.nodes.length]).toEqual([1, 50]);
  expect(fifty.statements).toBe(one.statements);
  for (const { relationship } of fifty.nodes) expect(relationship.clv.source).toBe('RULE');
});

test('one query tells how the whole base does', async () => {
  const { brand: told } = await run(operations.BrandDashboardDocument, {});
  expect(told).toMatchObject({
    realReach: { reach30: 50 },
    attentionSummary: { customers: 50 },
    segmentation: { bands: expect.arrayContaining([expect.objectContaining({ band: 'BEST' })]) },
    executiveSummary: { modelVersion: 'executive-summary-1' },
  });
  expect(told?.metrics?.map(({ name, buckets }) => [name, buckets.length])).toEqual([
    ['VERIFIED_EVENTS', 12],
    ['NET_REVENUE', 12],
    ['REAL_REACH', 12],
  ]);
});

test.each(['unified-customer-view', 'brand-dashboard'])(
  'the published %s is within the cost of one operation',
  (name) => {
    const { limits } = t.service.config;
    const document = parse(published(name));
    const definition = document.definitions[0] as OperationDefinitionNode;
    const variables = { by: { externalId: 'person-8' } };
    const cost = operationCost(t.service.publicSchema, document, definition, variables, limits);
    expect(cost?.weighed).toBeLessThanOrEqual(limits.operationCost);
  },
);
