import { brandId } from '../../src/brands';
import { customerId } from '../../src/customers';
import {
  booksOf,
  codesOf,
  customerWith,
  grant,
  newCustomer,
  pending,
  send as spend,
} from '../shop/shop';
import { idOf, identify } from '../customers/people';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { announced, attend, payScans, send, tokenFor, walletOf } from './wallets';

let t: TestService;
let kaapi: TestBrand;
let trip: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  kaapi = await t.createBrand('kaapico', { budget: 1_000_000 });
  trip = await t.createBrand('tripkart', { budget: 1_000_000 });
  await payScans(t, kaapi, 10);
});

afterAll(() => t.close());

let shared = 0;

/** A customer both brands know, with Mu of both. */
async function sharedCustomer(ofKaapi: number, ofTrip: number): Promise<string> {
  shared += 1;
  const email = `nisha-${shared}@example.in`;
  const id = await idOf(t, kaapi, { externalId: `nisha-${shared}`, email });
  expect(await idOf(t, trip, { externalId: `n-${shared}`, email })).toBe(id);
  await grant(t, kaapi, id, ofKaapi);
  await grant(t, trip, id, ofTrip);
  return id;
}

async function burnt(brand: TestBrand): Promise<number> {
  const rows = await t.database.query<{ balance: string }>(
    `SELECT balance FROM accounts WHERE kind = 'BURN' AND owner = $1`,
    [brandId.decode(brand.id)],
  );
  return Number(rows[0]?.balance ?? 0);
}

describe('a person who opts out', () => {
  test('loses all Mu to the brands that gave it, what was on hold too, and sees why', async () => {
    const nisha = await sharedCustomer(900, 100);
    await pending(t, trip, nisha, 300);
    const token = await tokenFor(t, kaapi, nisha);
    const before = [await burnt(kaapi), await burnt(trip)];
    const payload = await send(t, token, 'optOutOfMu');
    expect(payload).toEqual({
      wallet: {
        balance: 0,
        held: 0,
        lifetimeEarned: 1000,
        lifetimeRedeemed: 0,
        state: 'OPTED_OUT',
      },
      extinguished: 1000,
      replayed: false,
      userErrors: [],
    });
    expect(await booksOf(t, nisha)).toEqual({ wallet: 0, hold: 0 });
    expect([await burnt(kaapi), await burnt(trip)]).toEqual([before[0]! + 900, before[1]! + 100]);
    const { statement, state } = await walletOf(t, token, nisha);
    expect(state).toBe('OPTED_OUT');
    expect(statement.nodes.slice(0, 3)).toEqual([
      { amount: -100, balanceAfter: 0, kind: 'EXTINGUISH', reason: 'Opted out of Mu' },
      { amount: -900, balanceAfter: 100, kind: 'EXTINGUISH', reason: 'Opted out of Mu' },
      { amount: 300, balanceAfter: 1000, kind: 'HOLD_RELEASE', reason: 'Redemption cancelled' },
    ]);
  });

  test('is OPTED_OUT for every brand that knows them, with nothing in the wallet', async () => {
    const nisha = await sharedCustomer(50, 70);
    const third = await t.createBrand(`dailypaper-${shared}`);
    await idOf(t, third, { email: `nisha-${shared}@example.in` });
    await send(t, kaapi.apiKey, 'optOutOfMu', { customer: { id: nisha } });
    for (const { apiKey } of [kaapi, trip, third]) {
      expect(await walletOf(t, apiKey, nisha)).toMatchObject({ balance: 0, state: 'OPTED_OUT' });
    }
  });

  test('is told of to the brands with a share, each once, and without a name', async () => {
    const nisha = await sharedCustomer(1, 1);
    await send(t, await tokenFor(t, kaapi, nisha), 'optOutOfMu');
    const told = (await announced(t, 'customer.opted_out')).filter(
      ({ payload }) => payload.customerId === nisha,
    );
    expect(told.map((one) => one['brand_id']).sort()).toEqual(
      [kaapi, trip].map(({ id }) => brandId.decode(id)).sort(),
    );
    expect(told[0]).toMatchObject({ customer_id: customerId.decode(nisha) });
    expect(Object.keys(told[0]!['payload'] as Data)).toEqual(['customerId']);
  });

  test('is paid nothing any more, and what they do is stored all the same', async () => {
    const nisha = await customerWith(t, kaapi, 5);
    await send(t, kaapi.apiKey, 'optOutOfMu', { customer: { id: nisha } });
    const { event, grants, wallet, userErrors } = await attend(t, kaapi, nisha);
    expect(event).not.toBeNull();
    expect({ grants, wallet, userErrors }).toEqual({
      grants: [],
      wallet: { balance: 0, state: 'OPTED_OUT' },
      userErrors: [{ code: 'CUSTOMER_OPTED_OUT' }],
    });
  });

  test('cannot redeem, and gets no refund of what was captured before', async () => {
    const nisha = await customerWith(t, kaapi, 100);
    const { redemption } = await pending(t, kaapi, nisha, 40);
    const captured = await spend(t, kaapi.apiKey, 'captureRedemption', { id: redemption.id });
    const held = await pending(t, kaapi, nisha, 20);
    await send(t, kaapi.apiKey, 'optOutOfMu', { customer: { id: nisha } });
    const input = { amount: 1, description: 'Coffee', customer: { id: nisha } };
    expect(codesOf(await spend(t, kaapi.apiKey, 'redeem', input))).toEqual(['CUSTOMER_OPTED_OUT']);
    const refund = { id: captured['transfer'].id };
    expect(codesOf(await spend(t, kaapi.apiKey, 'reverseTransfer', refund))).toEqual([
      'CUSTOMER_OPTED_OUT',
    ]);
    const late = { id: held['redemption'].id };
    expect(codesOf(await spend(t, kaapi.apiKey, 'captureRedemption', late))).toEqual([
      'ALREADY_RESOLVED',
    ]);
  });

  test('who had spent more with one brand than it gave leaves an empty wallet', async () => {
    const nisha = await sharedCustomer(100, 0 + 1);
    const { redemption } = await pending(t, trip, nisha, 60);
    await spend(t, trip.apiKey, 'captureRedemption', { id: redemption.id });
    const before = await burnt(kaapi);
    const token = await tokenFor(t, kaapi, nisha);
    expect(await send(t, token, 'optOutOfMu')).toMatchObject({ extinguished: 41 });
    expect(await booksOf(t, nisha)).toEqual({ wallet: 0, hold: 0 });
    expect((await burnt(kaapi)) - before).toBe(41);
  });

  test('twice loses nothing twice, and a replay answers the first answer', async () => {
    const nisha = await customerWith(t, kaapi, 30);
    const input = { customer: { id: nisha }, idempotencyKey: newKey() };
    const first = await send(t, kaapi.apiKey, 'optOutOfMu', input);
    const again = await send(t, kaapi.apiKey, 'optOutOfMu', { customer: { id: nisha } });
    expect([first['extinguished'], again['extinguished']]).toEqual([30, 0]);
    expect(await send(t, kaapi.apiKey, 'optOutOfMu', input)).toEqual({ ...first, replayed: true });
  });

  test('tells a brand only what it had given itself', async () => {
    const nisha = await sharedCustomer(7, 500);
    const payload = await send(t, kaapi.apiKey, 'optOutOfMu', { customer: { id: nisha } });
    expect(payload).toMatchObject({ extinguished: 7, wallet: { lifetimeEarned: 7 } });
  });
});

describe('a person who opts in again', () => {
  test('begins at zero and earns', async () => {
    const nisha = await customerWith(t, kaapi, 30);
    const token = await tokenFor(t, kaapi, nisha);
    await send(t, token, 'optOutOfMu');
    const { wallet } = await send(t, token, 'optInToMu');
    expect(wallet).toMatchObject({ balance: 0, state: 'WHATS_IT' });
    expect((await attend(t, kaapi, nisha))['wallet']).toMatchObject({ balance: 10 });
    expect(await announced(t, 'customer.opted_in')).not.toEqual([]);
  });

  test('without having left changes nothing', async () => {
    const nisha = await customerWith(t, kaapi, 30);
    const told = (await announced(t, 'customer.opted_in')).length;
    const payload = await send(t, kaapi.apiKey, 'optInToMu', { customer: { id: nisha } });
    expect(payload).toMatchObject({ wallet: { balance: 30 }, userErrors: [] });
    expect(await announced(t, 'customer.opted_in')).toHaveLength(told);
  });

  test('may leave and come back as often as they like', async () => {
    const nisha = await customerWith(t, kaapi, 30);
    for (let round = 0; round < 3; round += 1) {
      await attend(t, kaapi, nisha);
      await send(t, kaapi.apiKey, 'optOutOfMu', { customer: { id: nisha } });
      expect((await walletOf(t, kaapi.apiKey, nisha))['state']).toBe('OPTED_OUT');
      await send(t, kaapi.apiKey, 'optInToMu', { customer: { id: nisha } });
      expect((await walletOf(t, kaapi.apiKey, nisha))['balance']).toBe(0);
    }
  });
});

describe('whose wallet', () => {
  test.each(['optOutOfMu', 'optInToMu', 'learnAboutMu'] as const)(
    '%s: a brand must name a customer of its own, a person nobody else',
    async (name) => {
      const nisha = await newCustomer(t, kaapi);
      const other = await newCustomer(t, kaapi);
      const token = await tokenFor(t, kaapi, nisha);
      expect(codesOf(await send(t, kaapi.apiKey, name))).toEqual(['INVALID_VALUE']);
      const codes = [
        await send(t, trip.apiKey, name, { customer: { id: nisha } }),
        await send(t, token, name, { customer: { id: other } }),
      ].map(codesOf);
      expect(codes).toEqual([['NOT_FOUND'], ['NOT_FOUND']]);
      expect((await walletOf(t, kaapi.apiKey, other))['state']).toBe('WHATS_IT');
      expect(codesOf(await send(t, token, name, { customer: { id: nisha } }))).toEqual([]);
    },
  );
});

describe('where a person stands', () => {
  test('WHATS_IT until they ask or have earned three times, ACTIVATE until confirmed, then REDEEM', async () => {
    const curious = await newCustomer(t, kaapi);
    const state = async (id: string) => (await walletOf(t, kaapi.apiKey, id))['state'] as string;
    expect(await state(curious)).toBe('WHATS_IT');
    const payload = await send(t, await tokenFor(t, kaapi, curious), 'learnAboutMu');
    expect([payload['wallet'].state, await state(curious)]).toEqual(['ACTIVATE', 'ACTIVATE']);
    const busy = await newCustomer(t, kaapi);
    const states = [];
    for (let scan = 0; scan < 3; scan += 1) {
      states.push((await attend(t, kaapi, busy))['wallet'].state, await state(busy));
    }
    expect(states).toEqual([
      'WHATS_IT',
      'WHATS_IT',
      'WHATS_IT',
      'WHATS_IT',
      'ACTIVATE',
      'ACTIVATE',
    ]);
    shared += 1;
    const email = `sure-${shared}@example.in`;
    const { customer } = await identify(t, kaapi, { email, confirmed: ['EMAIL'] });
    expect(await state(customer?.['id'] as string)).toBe('REDEEM');
  });

  test('what a person asked one brand is not told to another', async () => {
    const nisha = await sharedCustomer(1, 1);
    await send(t, kaapi.apiKey, 'learnAboutMu', { customer: { id: nisha } });
    expect((await walletOf(t, kaapi.apiKey, nisha))['state']).toBe('ACTIVATE');
    expect((await walletOf(t, trip.apiKey, nisha))['state']).toBe('WHATS_IT');
  });
});

describe('opting out among 64 payments, redemptions and ends of them', () => {
  test('leaves an empty, closed wallet and no hold', async () => {
    const twin = await startTestService({ database: t.database });
    const nisha = await sharedCustomer(5_000, 5_000);
    const open = await Promise.all(
      Array.from({ length: 12 }, (_, at) => pending(t, at % 2 ? kaapi : trip, nisha, 10)),
    );
    const customer = { id: nisha };
    const redemption = { amount: 5, description: 'Coffee', customer };
    await Promise.all([
      ...Array.from({ length: 20 }, (_, at) => attend(at % 2 ? t : twin, kaapi, nisha)),
      ...Array.from({ length: 20 }, (_, at) =>
        spend(at % 2 ? t : twin, at % 3 ? kaapi.apiKey : trip.apiKey, 'redeem', redemption),
      ),
      ...open.map((one, at) =>
        spend(twin, at % 2 ? kaapi.apiKey : trip.apiKey, 'captureRedemption', {
          id: one['redemption'].id,
        }),
      ),
      ...Array.from({ length: 12 }, (_, at) =>
        send(at % 2 ? t : twin, at % 3 ? kaapi.apiKey : trip.apiKey, 'optOutOfMu', { customer }),
      ),
    ]);
    await twin.close();
    expect(await booksOf(t, nisha)).toEqual({ wallet: 0, hold: 0 });
    const pendingLeft = await t.database.query(
      `SELECT FROM redemptions WHERE customer_id = $1 AND state = 'PENDING'`,
      [customerId.decode(nisha)],
    );
    expect(pendingLeft).toEqual([]);
    expect((await walletOf(t, trip.apiKey, nisha))['state']).toBe('OPTED_OUT');
  });
});
