import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idKind } from '../../src/platform/ids';
import { nodeFeature } from '../../src/server/node.resolver';
import { tokenOf } from '../customers/people';
import { doEverything } from '../promises/everything';
import { Scene } from '../promises/scene';
import { deskOf } from '../rewards/desk';
import { pending } from '../shop/shop';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';

const nodeOperation = readFileSync(join(__dirname, '../../schema/operations/node.graphql'), 'utf8');

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
/** One of each kind, by prefix. */
let ids: Record<string, string>;

beforeAll(async () => {
  t = await startTestService();
  const scene = await Scene.create(t, 'kaapico');
  brand = scene.brand;
  other = await t.createBrand('tripkart');
  const desk = deskOf(t, brand);
  const { customer } = await desk.call('identifyCustomer', { externalId: 'asha' });
  const message = { externalId: 'mail-1', channel: 'EMAIL', openMu: 50 };
  const recorded = await desk.call('recordMessage', message);
  const paid = await desk.call('recordAttention', {
    customer: { id: customer.id },
    messageId: recorded['message'].id,
    action: 'OPEN',
  });
  const { redemption, transfer } = await pending(t, brand, customer.id as string, 5);
  const entries = await t.database.query<{ id: string }>(
    `SELECT id FROM entries WHERE account_kind = 'WALLET' LIMIT 1`,
  );
  const owned = Object.entries(await doEverything(scene)).map(([prefix, [first = '']]) => [
    prefix,
    idKind(prefix).encode(first),
  ]);
  ids = {
    ...Object.fromEntries(owned),
    brd: brand.id,
    cus: customer.id as string,
    msg: recorded['message'].id as string,
    pur: await purchase(),
    att: paid['event'].id as string,
    red: redemption.id as string,
    trf: transfer.id as string,
    ent: idKind('ent').encode(entries[0]?.id ?? ''),
  };
});

afterAll(() => t.close());

async function purchase(): Promise<string> {
  const document = `mutation ($input: RecordPurchaseInput!) {
    recordPurchase(input: $input) { purchase { id } userErrors { code } } }`;
  const input = {
    customer: { externalId: 'asha' },
    externalId: 'order-1',
    purchasedAt: '2026-01-01T00:00:00Z',
    items: 1,
    amount: '1.00',
    currency: 'INR',
    idempotencyKey: newKey(),
  };
  const { data, errors } = await t.run(document, { input }, brand.apiKey);
  expect(errors).toBeUndefined();
  return data['recordPurchase'].purchase.id as string;
}

async function find(
  id: string,
  bearer: string,
): Promise<{ __typename: string; id: string } | null> {
  const { data, errors } = await t.run(nodeOperation, { id }, bearer);
  expect(errors).toBeUndefined();
  return data['node'] as { __typename: string; id: string } | null;
}

describe('node(id)', () => {
  test('finds a brand everything of its own, whatever it is', async () => {
    const prefixes = t.service.features.flatMap(({ nodes }) => Object.keys(nodes));
    expect(Object.keys(ids).sort()).toEqual(prefixes.sort());
    const found = await Promise.all(Object.values(ids).map((id) => find(id, brand.apiKey)));
    expect(found.map((node) => node?.id)).toEqual(Object.values(ids));
    const names = found.map((node) => node?.__typename);
    expect(new Set(names).size).toBe(names.length);
  });

  test('finds another brand nothing of it', async () => {
    const found = await Promise.all(Object.values(ids).map((id) => find(id, other.apiKey)));
    expect(found.filter((node) => node !== null)).toEqual([]);
  });

  test('finds a customer what is theirs', async () => {
    const token = await tokenOf(t, brand, { externalId: 'asha' });
    for (const prefix of ['cus', 'pur', 'att', 'red', 'trf', 'ent', 'brd', 'itm']) {
      expect(await find(ids[prefix] ?? '', token)).toMatchObject({ id: ids[prefix] });
    }
    expect(await find(ids['key'] ?? '', token)).toBeNull();
  });

  test('answers null for what is no id of anything', async () => {
    const unknown = idKind('cus').encode('00000000-0000-7000-8000-000000000000');
    const other = (ids['cus'] ?? '').replace('cus_', 'xyz_');
    for (const id of ['', 'cus', 'cus_x', '_', 'constructor', '__proto__', unknown, other]) {
      expect(await find(id, brand.apiKey)).toBeNull();
    }
  });

  test('is not built when two features use one prefix', () => {
    const [first] = t.service.features;
    if (first === undefined) throw new Error('no features');
    expect(() => nodeFeature([first, first])).toThrow('brd');
  });
});
