import { graphql } from 'graphql';
import { idOf, tokenOf } from '../customers/people';
import { selectAll } from '../support/select-all';
import { must as doWrite, type Write } from '../promises/operations';
import {
  newKey,
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

test('a message is told alike by its id and among those of a customer, rules and experiment included', async () => {
  const shop = await t.createBrand('bookstall', { budget: 1000 });
  const { apiKey } = shop;
  const customer = { id: await idOf(t, shop, { externalId: 'meera' }) };
  const must = (write: Write, input: Data) =>
    doWrite(t, apiKey, write, { ...input, idempotencyKey: newKey() });
  await must('upsertEarnRule', { name: 'scan', action: 'SCAN', amount: 2 });
  const { experiment } = await must('createExperiment', {
    externalId: 'gift-or-not',
    outcome: 'CLICK',
    holdoutShare: 0.5,
    reserveMu: 10,
    endsAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const experimentId = experiment.id as string;
  const recorded = { externalId: 'letter', channel: 'EMAIL', experimentId };
  const { message } = await must('recordMessage', recorded);
  await deliver(t, shop, { messageId: message.id as string, customers: [customer] });
  const whole = selectAll(t.service.publicSchema, 'Message', 2, ['Message.brand']);
  const { data, errors } = await t.run(
    `query ($id: ID!, $by: CustomerBy!) { message(id: $id) ${whole}
      customer(by: $by) { messages(first: 1) { nodes { message ${whole} } } } }`,
    { id: message.id, by: customer },
    apiKey,
  );
  expect(errors).toBeUndefined();
  expect(data['message']).toMatchObject({
    earnRules: [{ name: 'scan' }],
    experiment: { externalId: 'gift-or-not' },
  });
  expect(data['customer'].messages.nodes).toEqual([{ message: data['message'] }]);
});
