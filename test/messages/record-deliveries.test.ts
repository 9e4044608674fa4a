import { idOf } from '../customers/people';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { deliver, newMessage, recordDeliveriesOperation } from './messages';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let people: string[];

beforeAll(async () => {
  t = await startTestService({ limits: { listInput: 5 } });
  brand = await t.createBrand('tripkart');
  other = await t.createBrand('dailypaper');
  people = [];
  for (const externalId of ['asha', 'ravi', 'meera']) {
    people.push(await idOf(t, brand, { externalId, email: `${externalId}@example.in` }));
  }
});

afterAll(() => t.close());

function deliveries(): Promise<{ message_id: string }[]> {
  return t.database.query('SELECT message_id FROM deliveries');
}

describe('recording deliveries', () => {
  test('takes customers by any of their keys', async () => {
    const messageId = await newMessage(t, brand);
    const answer = await deliver(t, brand, {
      messageId,
      customers: [{ id: people[0] }, { externalId: 'ravi' }, { email: 'Meera@Example.in' }],
    });
    expect(answer).toMatchObject({
      message: { id: messageId },
      recorded: 3,
      replayed: false,
      userErrors: [],
    });
  });

  test('counts a customer once, however often and under whatever key they are named', async () => {
    const messageId = await newMessage(t, brand);
    const customers = [{ externalId: 'asha' }, { id: people[0] }, { email: 'asha@example.in' }];
    expect(await deliver(t, brand, { messageId, customers })).toMatchObject({ recorded: 1 });
    expect(await deliver(t, brand, { messageId, customers })).toMatchObject({
      recorded: 0,
      replayed: false,
      userErrors: [],
    });
  });

  test('reports unknown customers by their place and records the others', async () => {
    await idOf(t, other, { externalId: 'only-theirs', email: 'theirs@example.in' });
    const messageId = await newMessage(t, brand);
    const answer = await deliver(t, brand, {
      messageId,
      customers: [
        { externalId: 'asha' },
        { externalId: 'only-theirs' },
        { externalId: 'ravi' },
        { email: 'theirs@example.in' },
        { email: 'no address' },
      ],
    });
    expect(answer.recorded).toBe(2);
    expect(answer.userErrors.map(({ code, field }) => [code, field])).toEqual([
      ['NOT_FOUND', ['customers', '1']],
      ['NOT_FOUND', ['customers', '3']],
      ['NOT_FOUND', ['customers', '4']],
    ]);
  });

  test('answers a repeated key with the first answer, refusals included, and records nothing', async () => {
    const messageId = await newMessage(t, brand);
    const input = {
      messageId,
      customers: [{ externalId: 'asha' }, { externalId: 'nobody' }],
      idempotencyKey: newKey(),
    };
    const first = await deliver(t, brand, input);
    const count = (await deliveries()).length;
    expect(await deliver(t, brand, input)).toEqual({ ...first, replayed: true });
    expect(await deliver(t, brand, { ...input, customers: [] })).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
    expect((await deliveries()).length).toBe(count);
  });

  test.each(['msg_nonsense', 'another brand’s'])(
    'refuses a message that is %s, and records nothing',
    async (name) => {
      const messageId = name.startsWith('msg') ? name : await newMessage(t, other);
      const before = await deliveries();
      const answer = await deliver(t, brand, { messageId, customers: [{ externalId: 'asha' }] });
      expect(answer).toMatchObject({
        message: null,
        recorded: 0,
        userErrors: [{ code: 'NOT_FOUND', field: ['messageId'] }],
      });
      expect(await deliveries()).toEqual(before);
    },
  );

  test('takes at most as many customers as the limit says', async () => {
    const messageId = await newMessage(t, brand);
    const customers = (count: number) => Array.from({ length: count }, () => ({ id: people[0] }));
    expect(await deliver(t, brand, { messageId, customers: customers(5) })).toMatchObject({
      recorded: 1,
    });
    expect(await deliver(t, brand, { messageId, customers: customers(6) })).toMatchObject({
      message: null,
      recorded: 0,
      userErrors: [{ code: 'LIMIT_EXCEEDED', field: ['customers'] }],
    });
  });

  test('refuses a time further ahead than clocks may differ', async () => {
    const messageId = await newMessage(t, brand);
    const now = Date.now();
    const at = (seconds: number) => ({
      messageId,
      customers: [{ externalId: 'asha' }],
      deliveredAt: new Date(now + seconds * 1000).toISOString(),
    });
    expect(await deliver(t, brand, at(400))).toMatchObject({
      recorded: 0,
      userErrors: [{ code: 'OCCURRED_AT_IN_FUTURE', field: ['deliveredAt'] }],
    });
    expect(await deliver(t, brand, at(200))).toMatchObject({ recorded: 1, userErrors: [] });
  });

  test('is done one after another for calls that share a transaction', async () => {
    const messageId = await newMessage(t, brand);
    const calls = await Promise.all([
      deliver(t, brand, { messageId, customers: [{ externalId: 'asha' }, { externalId: 'ravi' }] }),
      deliver(t, brand, {
        messageId,
        customers: [{ externalId: 'ravi' }, { externalId: 'meera' }],
      }),
      deliver(t, brand, { messageId: 'msg_nonsense', customers: [{ externalId: 'ravi' }] }),
      deliver(t, brand, { messageId, customers: [{ externalId: 'asha' }] }),
    ]);
    expect(calls.map(({ recorded }) => recorded)).toEqual([2, 1, 0, 0]);
  });

  test('is for keys that may record messages', async () => {
    const input = { messageId: 'msg_x', customers: [], idempotencyKey: newKey() };
    await expect(t.run(recordDeliveriesOperation, { input }, t.platformKey)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
