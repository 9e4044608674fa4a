import { newKey, startTestService, type Data, type TestService } from '../support/test-service';
import { codesOf, send, type Write } from './operations';
import { Scene, type Person } from './scene';

/*
 * Two processes on one database, two brands, one person: everything that must happen once is asked for
 * by many at once. Nothing here waits for a certain time; the crowd itself makes the collisions.
 */

let first: TestService;
let second: TestService;
let a: Scene;
let b: Scene;
let people = 0;

beforeAll(async () => {
  first = await startTestService();
  second = await startTestService({ database: first.database });
  a = await Scene.create(first, 'storm-a');
  b = await Scene.create(first, 'storm-b');
});

afterAll(async () => {
  await second.close();
  await first.close();
});

/** Somebody both brands know, with so many times ten Mu of the first. */
async function somebody(mu: number): Promise<Person> {
  people += 1;
  const name = `person-${people}`;
  await b.link(name, `${name}@example.in`);
  const person = await a.link(name, `${name}@example.in`);
  for (let given = 0; given < mu; given += 10) await a.grantTo({ externalId: name });
  return person;
}

/** The same write by turns of process (and of brand), each with a key of its own. */
function crowd(
  size: number,
  write: (at: number) => Write,
  input: (at: number) => Record<string, unknown>,
  brands: readonly Scene[] = [a],
): Promise<Data[]> {
  return Promise.all(
    Array.from({ length: size }, (_, at) => {
      const { brand } = brands[at % brands.length] as Scene;
      const service = (at >> 1) % 2 === 0 ? first : second;
      return send(service, brand.apiKey, write(at), { ...input(at), idempotencyKey: newKey() });
    }),
  );
}

function tally(answers: readonly Data[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const code = codesOf(answer)[0] ?? 'DONE';
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

it('of 100 Mu, 64 redemptions of 10 by two brands in two processes get exactly ten (P2, F16, d3)', async () => {
  const { externalId } = await somebody(100);
  const customer = { externalId };
  const input = { customer, amount: 10, description: 'a cup of tea' };
  // Making an account takes turns by itself; what is to be seen is the lock on one that is there.
  for (const scene of [a, b]) {
    const id = await scene.redemptionOf(customer, 10);
    const cancel = { id, idempotencyKey: newKey() };
    await send(first, scene.brand.apiKey, 'cancelRedemption', cancel);
  }
  const answers = await crowd(
    64,
    () => 'redeem',
    () => input,
    [a, b],
  );
  expect(tally(answers)).toEqual({ DONE: 10, INSUFFICIENT_MU: 54 });
});

it('of 32 captures, cancellations and reversals of one hold exactly one happens (P13, F16, d3)', async () => {
  const { externalId } = await somebody(10);
  const redeemed = await send(first, a.brand.apiKey, 'redeem', {
    customer: { externalId },
    amount: 10,
    description: 'a cup of tea',
    idempotencyKey: newKey(),
  });
  const ways: Write[] = ['captureRedemption', 'cancelRedemption', 'reverseTransfer'];
  const answers = await crowd(
    32,
    (at) => ways[at % 3] as Write,
    (at) =>
      at % 3 === 2
        ? { id: redeemed['transfer'].id, reason: 'a mistake' }
        : { id: redeemed['redemption'].id },
  );
  const { DONE: done, ...refused } = tally(answers);
  expect(done).toBe(1);
  expect(Object.keys(refused)).toContain('ALREADY_RESOLVED');
  expect(Object.keys(refused).filter((code) => !code.startsWith('ALREADY_'))).toEqual([]);
});

it('of 32 reversals of one grant exactly one happens (P12)', async () => {
  const id = await a.grant();
  const answers = await crowd(
    32,
    () => 'reverseTransfer',
    () => ({ id, reason: 'a mistake' }),
  );
  expect(tally(answers)).toEqual({ DONE: 1, ALREADY_REVERSED: 31 });
});

it('one action on one message is paid once, whoever reports it and under whatever key (P14, F14)', async () => {
  const { externalId } = await somebody(0);
  const messageId = await a.message();
  const actions = ['OPEN', 'SCAN', 'SURVEY', 'OPEN'];
  const answers = await crowd(
    64,
    () => 'recordAttention',
    (at) => ({
      customer: { externalId },
      messageId,
      action: actions[(at >> 2) % 4],
      machineOpen: at % 16 === 0,
    }),
  );
  const paid = answers.flatMap(({ grants }) =>
    (grants as Data[]).map(({ amount }) => amount as number),
  );
  expect(paid.sort()).toEqual([10, 2]);
  expect(tally(answers)).toEqual({ DONE: 64 });
});

it('one key in two processes stores one event, and everybody gets the one answer (P4)', async () => {
  const { externalId } = await somebody(0);
  const rivals = await somebody(0);
  const event = { customer: { externalId }, messageId: await a.message(), action: 'SCAN' };
  const keys = Array.from({ length: 8 }, newKey);
  const calls = Array.from({ length: 64 }, async (_, at) => {
    const idempotencyKey = keys[at % keys.length];
    // Every ninth call means another event by the key, and is refused if it is not the first.
    const customer = at % 9 === 8 ? { externalId: rivals.externalId } : event.customer;
    const service = (at >> 3) % 2 === 0 ? first : second;
    return send(service, a.brand.apiKey, 'recordAttention', { ...event, customer, idempotencyKey });
  });
  const answers = await Promise.all(calls);
  for (const [place] of keys.entries()) {
    const own = answers.filter((_, at) => at % keys.length === place);
    const stored = own.filter(({ event: told }) => told !== null);
    expect(new Set(stored.map(({ event: told }) => told.id)).size).toBe(1);
    expect(stored.filter(({ replayed }) => replayed === false)).toHaveLength(1);
    const others = own.filter(({ event: told }) => told === null);
    expect(others.flatMap(codesOf)).toEqual(others.map(() => 'IDEMPOTENCY_KEY_REUSED'));
  }
});

describe('events of one message come to the same Mu in whatever order (P14, F15)', () => {
  const events = [
    { action: 'OPEN', machineOpen: true },
    { action: 'OPEN', machineOpen: false },
    { action: 'SCAN', machineOpen: false },
    { action: 'SCAN', machineOpen: false },
  ];
  const orders = [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [2, 0, 3, 1],
    [0, 2, 1, 3],
    [0, 0, 2, 2],
  ];

  it.each(orders)('as %i %i %i %i', async (...order) => {
    const { externalId } = await somebody(0);
    const messageId = await a.message();
    let balance = 0;
    for (const at of order) {
      const answer = await send(first, a.brand.apiKey, 'recordAttention', {
        customer: { externalId },
        messageId,
        ...events[at],
        idempotencyKey: newKey(),
      });
      balance = answer['wallet'].balance as number;
    }
    expect(balance).toBe(12);
  });
});
