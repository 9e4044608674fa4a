import { graphql } from 'graphql';
import { idOf, tokenOf } from '../customers/people';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { customerMessagesOperation, deliver, newMessage } from './messages';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let asha: string;
/** Newest first; two were delivered at the same moment. */
let sent: string[];
let foreign: string;

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, 0, hour * 60)).toISOString();

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('tripkart');
  other = await t.createBrand('dailypaper');
  asha = await idOf(t, brand, { externalId: 'asha', email: 'asha@example.in' });
  await idOf(t, other, { externalId: 'reader-7', email: 'asha@example.in' });
  sent = [];
  for (const [hour, channel] of [
    [1, 'EMAIL'],
    [2, 'SMS'],
    [3, 'EMAIL'],
    [3, 'SMS'],
    [4, 'EMAIL'],
  ] as const) {
    const messageId = await newMessage(t, brand, { channel });
    await deliver(t, brand, { messageId, customers: [{ id: asha }], deliveredAt: at(hour) });
    sent.unshift(messageId);
  }
  foreign = await newMessage(t, other);
  const customers = [{ externalId: 'reader-7' }];
  await deliver(t, other, { messageId: foreign, customers, deliveredAt: at(2.5) });
});

afterAll(() => t.close());

async function page(variables: Record<string, unknown>, bearer = brand.apiKey): Promise<Data> {
  const { data, errors } = await t.run(
    customerMessagesOperation,
    { by: { id: asha }, ...variables },
    bearer,
  );
  expect(errors).toBeUndefined();
  return data['customer'].messages as Data;
}

function idsOf({ nodes }: Data): string[] {
  return nodes.map(({ message }: Data) => message['id'] as string);
}

describe("a customer's messages", () => {
  test('are those of the brand that asks, newest delivery first', async () => {
    expect(idsOf(await page({}))).toEqual(sent);
    const theirs = await t.run(
      customerMessagesOperation,
      { by: { externalId: 'reader-7' } },
      other.apiKey,
    );
    expect(idsOf(theirs.data['customer'].messages)).toEqual([foreign]);
  });

  test('are those of all brands for the customer', async () => {
    const all = idsOf(await page({}, await tokenOf(t, brand, { id: asha })));
    expect(all).toEqual([...sent.slice(0, 3), foreign, ...sent.slice(3)]);
  });

  test('come page by page without loss or repetition', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const next = await page({ first: 2, after });
      seen.push(...idsOf(next));
      after = next['pageInfo'].hasNextPage ? next['pageInfo'].endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(sent);
  });

  test('can be narrowed to a channel', async () => {
    expect(idsOf(await page({ channel: 'SMS' }))).toEqual([sent[1], sent[3]]);
    expect(idsOf(await page({ channel: 'QR' }))).toEqual([]);
  });

  test.each([[0], [101]])('are refused with first: %d', async (first) => {
    const { errors } = await t.run(
      customerMessagesOperation,
      { by: { id: asha }, first },
      brand.apiKey,
    );
    expect(errors?.[0]).toMatchObject({ originalError: { code: 'BAD_USER_INPUT' } });
  });

  test('cost one statement for a page of customers, messages included', async () => {
    for (let more = 0; more < 12; more += 1) {
      const externalId = `crowd-${more}`;
      await idOf(t, brand, { externalId });
      await deliver(t, brand, { messageId: sent[0], customers: [{ externalId }] });
    }
    const statements = async (selection: string) => {
      const caller = await t.service.authenticate({ authorization: `Bearer ${brand.apiKey}` });
      const context = t.service.contextFor(caller, 'count', t.service.log);
      const result = await graphql({
        schema: t.service.publicSchema,
        source: `{ customers(first: 50) { nodes { id ${selection} } } }`,
        contextValue: context,
      });
      await context.reads.close();
      expect(result.errors).toBeUndefined();
      return { count: context.reads.statements, data: result.data as Data };
    };
    const without = await statements('');
    const withMessages = await statements(
      'messages { nodes { deliveredAt message { id subject } } }',
    );
    expect(withMessages.data['customers'].nodes).toHaveLength(13);
    const delivered = withMessages.data['customers'].nodes.map(
      (node: Data) => node['messages'].nodes.length,
    );
    expect(delivered.sort()).toEqual([...Array.from({ length: 12 }, () => 1), 5]);
    expect(withMessages.count - without.count).toBe(1);
  });
});
