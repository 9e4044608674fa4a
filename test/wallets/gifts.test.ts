import { identify } from '../customers/people';
import { booksOf, codesOf, grant } from '../shop/shop';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { send, tokenFor, walletOf } from './wallets';

const day = 86_400_000;

let t: TestService;
let twin: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  twin = await startTestService({ database: t.database });
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  other = await t.createBrand('tripkart', { budget: 1_000_000 });
});

/** Noon UTC of a day far enough ahead that everybody confirmed today has cooled down. */
function noonInDays(days: number): number {
  const noon = Math.floor(Date.now() / day) * day + day / 2;
  return noon + days * day - Date.now();
}

beforeEach(() => {
  t.clock.offsetMs = twin.clock.offsetMs = noonInDays(2);
});

afterAll(async () => {
  await twin.close();
  await t.close();
});

let made = 0;

/** A person who confirmed an address with the brand now, with this much Mu. */
async function activated(mu = 0, at: TestBrand = brand): Promise<string> {
  made += 1;
  const email = `person-${made}@example.in`;
  t.clock.offsetMs = 0;
  const { customer } = await identify(t, at, { email, confirmed: ['EMAIL'] });
  t.clock.offsetMs = noonInDays(2);
  const id = customer?.['id'] as string;
  if (mu > 0) await grant(t, at, id, mu);
  return id;
}

function give(from: string, to: string, amount: number, service = t): Promise<Data> {
  return send(service, brand.apiKey, 'giftMu', { customer: { id: from }, to: { id: to }, amount });
}

describe('a gift', () => {
  test('moves Mu from one wallet to the other, and both see it on their statement', async () => {
    const [asha, ira] = [await activated(60), await activated()];
    const token = await tokenFor(t, brand, asha);
    const payload = await send(t, token, 'giftMu', { to: { id: ira }, amount: 25 });
    expect(payload).toMatchObject({
      transfer: { kind: 'GIFT', amount: 25, reason: 'Gift' },
      wallet: { balance: 35, lifetimeEarned: 60 },
      userErrors: [],
    });
    expect(await walletOf(t, token, asha)).toMatchObject({ balance: 35, state: 'REDEEM' });
    const hers = await walletOf(t, await tokenFor(t, brand, ira), ira);
    expect(hers).toMatchObject({ balance: 25, lifetimeEarned: 0 });
    expect(hers['statement'].nodes).toEqual([
      { amount: 25, balanceAfter: 25, kind: 'GIFT', reason: 'Gift' },
    ]);
  });

  test('moves the brand’s share with it, and the brand sees both lines', async () => {
    const [asha, ira] = [await activated(60), await activated()];
    await give(asha, ira, 25);
    const [from, to] = [
      await walletOf(t, brand.apiKey, asha),
      await walletOf(t, brand.apiKey, ira),
    ];
    expect([from['balance'], to['balance']]).toEqual([35, 25]);
    expect(from['statement'].nodes[0]).toMatchObject({ amount: -25, balanceAfter: 35 });
    expect(to['statement'].nodes[0]).toMatchObject({ amount: 25, balanceAfter: 25 });
  });

  test('is answered again with its key, and not given twice', async () => {
    const [asha, ira] = [await activated(60), await activated()];
    const input = {
      customer: { id: asha },
      to: { id: ira },
      amount: 5,
      idempotencyKey: newKey(),
    };
    const first = await send(t, brand.apiKey, 'giftMu', input);
    expect(await send(t, brand.apiKey, 'giftMu', input)).toEqual({ ...first, replayed: true });
    expect((await booksOf(t, ira)).wallet).toBe(5);
  });
});

describe('a gift is refused', () => {
  test('to oneself, of nothing, and of more than there is', async () => {
    const [asha, ira] = [await activated(5), await activated()];
    expect(codesOf(await give(asha, asha, 1))).toEqual(['INVALID_VALUE']);
    expect(codesOf(await give(asha, ira, 0))).toEqual(['AMOUNT_NOT_POSITIVE']);
    expect(codesOf(await give(asha, ira, 6))).toEqual(['INSUFFICIENT_MU']);
    expect((await booksOf(t, asha)).wallet).toBe(5);
  });

  test('from whoever has not confirmed who they are, or only just', async () => {
    const ira = await activated();
    const email = `unsure-${made}@example.in`;
    const { customer } = await identify(t, brand, { email });
    const unsure = customer?.['id'] as string;
    await grant(t, brand, unsure, 50);
    expect(codesOf(await give(unsure, ira, 1))).toEqual(['NOT_ACTIVATED']);
    await identify(t, brand, { email, confirmed: ['EMAIL'] });
    const { giftCoolingSeconds } = t.service.config.limits;
    const confirmedAt = t.clock.offsetMs;
    t.clock.offsetMs = confirmedAt + giftCoolingSeconds * 1000 - 60_000;
    expect(codesOf(await give(unsure, ira, 1))).toEqual(['COOLING_DOWN']);
    t.clock.offsetMs = confirmedAt + giftCoolingSeconds * 1000 + 60_000;
    expect(codesOf(await give(unsure, ira, 1))).toEqual([]);
  });

  test('to strangers, to the unconfirmed and to those who opted out, with one answer', async () => {
    const asha = await activated(50);
    const token = await tokenFor(t, brand, asha);
    const foreign = await activated(0, other);
    const unsure = (await identify(t, brand, { externalId: `unsure-${made}` })).customer?.['id'];
    const gone = await activated();
    await send(t, brand.apiKey, 'optOutOfMu', { customer: { id: gone } });
    const told = [];
    for (const to of [{ id: foreign }, { id: unsure }, { id: gone }, { externalId: 'nobody' }]) {
      const { userErrors } = await send(t, token, 'giftMu', { to, amount: 1 });
      told.push(userErrors);
    }
    expect(told[0]).toMatchObject([{ code: 'NOT_FOUND', field: ['to'] }]);
    for (const one of told) expect(one).toEqual(told[0]);
  });

  test('from those who opted out, and with somebody else’s Mu', async () => {
    const [asha, ira] = [await activated(50), await activated()];
    const token = await tokenFor(t, brand, ira);
    const theft = { customer: { id: asha }, to: { id: ira }, amount: 1 };
    expect(codesOf(await send(t, token, 'giftMu', theft))).toEqual(['NOT_FOUND']);
    expect(codesOf(await send(t, other.apiKey, 'giftMu', theft))).toEqual(['NOT_FOUND']);
    await send(t, brand.apiKey, 'optOutOfMu', { customer: { id: asha } });
    expect(codesOf(await give(asha, ira, 1))).toEqual(['CUSTOMER_OPTED_OUT']);
  });
});

describe('the giver’s day', () => {
  test('ends at 100 Mu, and begins anew at midnight UTC', async () => {
    const [asha, ira] = [await activated(500), await activated()];
    const { giftMuPerDay } = t.service.config.limits;
    expect(codesOf(await give(asha, ira, giftMuPerDay + 1))).toEqual(['DAILY_LIMIT_REACHED']);
    expect(codesOf(await give(asha, ira, giftMuPerDay))).toEqual([]);
    expect(codesOf(await give(asha, ira, 1))).toEqual(['DAILY_LIMIT_REACHED']);
    t.clock.offsetMs = noonInDays(2) + day / 2 - 60_000;
    expect(codesOf(await give(asha, ira, 1))).toEqual(['DAILY_LIMIT_REACHED']);
    t.clock.offsetMs = noonInDays(2) + day / 2 + 60_000;
    expect(codesOf(await give(asha, ira, 1))).toEqual([]);
  });

  test('holds for 64 gifts at once in two processes, to two people', async () => {
    const [asha, ira, om] = [await activated(5000), await activated(), await activated()];
    const payloads = await Promise.all(
      Array.from({ length: 64 }, (_, at) => give(asha, at % 3 ? ira : om, 7, at % 2 ? t : twin)),
    );
    const done = payloads.filter((payload) => codesOf(payload).length === 0);
    expect(done).toHaveLength(14);
    expect((await booksOf(t, asha)).wallet).toBe(5000 - 98);
    expect((await booksOf(t, ira)).wallet + (await booksOf(t, om)).wallet).toBe(98);
  });

  test('64 gifts in both directions end without a deadlock and lose nothing', async () => {
    const [asha, ira] = [await activated(1000), await activated(1000)];
    const payloads = await Promise.all(
      Array.from({ length: 64 }, (_, at) =>
        at % 2 ? give(asha, ira, 3, t) : give(ira, asha, 2, twin),
      ),
    );
    expect(payloads.flatMap(codesOf)).toEqual([]);
    const books = [await booksOf(t, asha), await booksOf(t, ira)];
    expect(books.map(({ wallet }) => wallet)).toEqual([1000 - 32, 1000 + 32]);
  });
});
