import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type OperationDefinitionNode } from 'graphql';
import { operationCost } from '../../src/server/limits/operation-cost';
import { identify } from '../customers/people';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { happen, kinds, type Kind } from './history';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

const customerView = operation('customer-view');
const customersView = operation('customers-view');
const customerCard = operation('customer-card');
const mostStatements = 8;

let t: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService({ inventsBooks: true });
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  for (let i = 0; i < 50; i += 1) {
    const email = `person-${i}@example.in`;
    const consents = [{ purpose: 'BALANCE_VISIBLE', granted: i % 2 === 0 }];
    const { customer } = await identify(t, brand, { externalId: `person-${i}`, email, consents });
    const { id } = customer as { id: string };
    for (const kind of Object.keys(kinds) as Kind[]) {
      await happen(t, kind, brand, id, new Date(Date.UTC(2026, 0, 1, 0, i)));
    }
  }
});

afterAll(() => t.close());

async function customers(first: number): Promise<{ nodes: Data[]; statements: number }> {
  const { data, errors, statements } = await t.run(customersView, { first }, brand.apiKey);
  expect(errors).toBeUndefined();
  return { nodes: data['customers'].nodes as Data[], statements };
}

test('a card asks who it is, and then for all the rest at once, lines of the wallet included', async () => {
  const by = { externalId: 'person-7' };
  const { data, errors, trips } = await t.run(customerCard, { by }, brand.apiKey);
  expect(errors).toBeUndefined();
  expect(data['customer'].wallet.statement.nodes).toHaveLength(1);
  expect(trips).toBe(2);
});

test('the whole customer view takes at most 8 statements (P18)', async () => {
  const by = { externalId: 'person-7' };
  const { data, errors, statements } = await t.run(customerView, { by }, brand.apiKey);
  expect(errors).toBeUndefined();
  expect(statements).toBeLessThanOrEqual(mostStatements);
  const { identities, consents, wallet, messages, attention, timeline } = data['customer'] as Data;
  expect(identities).toHaveLength(1);
  expect(consents).toHaveLength(1);
  expect(wallet.statement.nodes).toHaveLength(1);
  expect(messages.nodes).toHaveLength(1);
  expect(attention.nodes).toHaveLength(1);
  expect(timeline.nodes).toHaveLength(Object.keys(kinds).length);
});

test('50 customers take as many statements as one, and each is shown whole (P18)', async () => {
  const one = await customers(1);
  const fifty = await customers(50);
  expect([one.nodes.length, fifty.nodes.length]).toEqual([1, 50]);
  expect(fifty.statements).toBe(one.statements);
  expect(fifty.statements).toBeLessThanOrEqual(mostStatements);
  for (const { identities, consents, messages, attention, timeline, wallet } of fifty.nodes) {
    const lists = [identities, consents, messages.nodes, attention.nodes, timeline.nodes];
    expect(lists.map((list: Data[]) => list.length)).toEqual([1, 1, 1, 1, 5]);
    expect(wallet.statement.nodes).toHaveLength(1);
  }
});

test.each([
  ['one customer', customerView],
  ['50 customers', customersView],
])('the published view of %s is within the cost of one operation', (_, text) => {
  const { limits } = t.service.config;
  const document = parse(text);
  const definition = document.definitions[0] as OperationDefinitionNode;
  const variables = { by: { externalId: 'person-7' } };
  const cost = operationCost(t.service.publicSchema, document, definition, variables, limits);
  expect(cost?.weighed).toBeLessThanOrEqual(limits.operationCost);
});
