import { customerId } from '../../src/customers';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { auditBooks, booksOf, codesOf, customerWith, pending, send } from './shop';

let t: TestService;
/** A second process on the same database. */
let twin: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  twin = await startTestService({ database: t.database });
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
});

afterEach(() => auditBooks(t));

afterAll(async () => {
  await twin.close();
  await t.close();
});

function reverse(service: TestService, id: string): Promise<Data> {
  return send(service, brand.apiKey, 'reverseTransfer', { id, reason: 'Mistake' });
}

async function expire(service: TestService): Promise<number> {
  const { database, clock, log, config } = service.service;
  const job = service.service.features
    .flatMap(({ jobs }) => jobs)
    .find(({ name }) => name === 'expire-holds');
  if (job === undefined) throw new Error('no such job');
  return job.run({ config, database, clock, log, limits: config.limits });
}

describe('64 redemptions of 10 Mu at once from a wallet of 100', () => {
  test('hold 100 Mu, and the others are refused', async () => {
    const customer = await customerWith(t, brand, 100);
    const input = { amount: 10, description: 'Coffee', customer: { id: customer } };
    const payloads = await Promise.all(
      Array.from({ length: 64 }, (_, at) =>
        send(at % 2 === 0 ? t : twin, brand.apiKey, 'redeem', input),
      ),
    );
    const codes = payloads.map((payload) => codesOf(payload)[0] ?? 'DONE');
    expect(codes.filter((code) => code === 'DONE')).toHaveLength(10);
    expect(codes.filter((code) => code === 'INSUFFICIENT_MU')).toHaveLength(54);
    expect(await booksOf(t, customer)).toEqual({ wallet: 0, hold: 100 });
  });
});

describe('commands for one redemption in one transaction', () => {
  test('end it once: the first wins', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption } = await pending(t, brand, customer, 60);
    const payloads = await Promise.all(
      Array.from({ length: 8 }, () =>
        send(t, brand.apiKey, 'captureRedemption', { id: redemption.id }),
      ),
    );
    expect(payloads.map((payload) => codesOf(payload)[0])).toEqual([
      undefined,
      ...Array.from({ length: 7 }, () => 'ALREADY_RESOLVED'),
    ]);
    expect(await booksOf(t, customer)).toEqual({ wallet: 40, hold: 0 });
  });
});

describe('ends of one redemption that race', () => {
  test('32 times, as commands in two processes and as a job: exactly one wins', async () => {
    const customer = await customerWith(t, brand, 3200);
    // The second process is ahead: to its job every hold has expired, to the first process none.
    twin.clock.offsetMs = 8 * 86_400_000;
    await expire(twin);
    const winners: string[] = [];
    for (let round = 0; round < 32; round += 1) {
      const { redemption, transfer } = await pending(t, brand, customer, 100);
      const { id } = redemption as { id: string };
      const done = (payload: Data) => codesOf(payload).length === 0;
      const racers = [
        ['capture', () => send(t, brand.apiKey, 'captureRedemption', { id }).then(done)],
        ['cancel', () => send(twin, brand.apiKey, 'cancelRedemption', { id }).then(done)],
        ['reversal', () => reverse(t, transfer.id).then(done)],
        ['expiry', async () => (await expire(twin)) === 1],
      ] as const;
      const turn = round % racers.length;
      const order = [...racers.slice(turn), ...racers.slice(0, turn)];
      // In the last rounds one after the other goes first, so that each is seen to win.
      const ahead = round < 28 ? 0 : 1;
      const first = await Promise.all(order.slice(0, ahead).map(([, end]) => end()));
      const rest = await Promise.all(order.slice(ahead).map(([, end]) => end()));
      const results = [...first, ...rest];
      winners.push(order.flatMap(([name], at) => (results[at] === true ? name : [])).join());
    }
    twin.clock.offsetMs = 0;
    expect(winners.filter((winner) => !/^(capture|cancel|reversal|expiry)$/.test(winner))).toEqual(
      [],
    );
    expect(new Set(winners)).toEqual(new Set(['capture', 'cancel', 'reversal', 'expiry']));
    const captured = winners.filter((winner) => winner === 'capture').length;
    expect(await booksOf(t, customer)).toEqual({ wallet: 3200 - 100 * captured, hold: 0 });
  });

  test('for 32 redemptions at once in two processes: each ends once', async () => {
    const customer = await customerWith(t, brand, 3200);
    const redemptions = await Promise.all(
      Array.from({ length: 32 }, () => pending(t, brand, customer, 100)),
    );
    const outcomes = await Promise.all(
      redemptions.map(async ({ redemption: { id }, transfer }) => {
        const payloads = await Promise.all([
          send(t, brand.apiKey, 'captureRedemption', { id }),
          send(twin, brand.apiKey, 'cancelRedemption', { id }),
          reverse(twin, transfer.id),
          send(twin, brand.apiKey, 'captureRedemption', { id }),
        ]);
        return payloads.filter((payload) => codesOf(payload).length === 0).length;
      }),
    );
    expect(outcomes).toEqual(Array.from({ length: 32 }, () => 1));
    const ends = await t.database.query(
      `SELECT FROM transfers x JOIN redemptions r ON r.id = x.hold_id
       WHERE r.customer_id = $1 AND x.kind <> 'HOLD'`,
      [customerId.decode(customer)],
    );
    expect(ends).toHaveLength(32);
  });
});
