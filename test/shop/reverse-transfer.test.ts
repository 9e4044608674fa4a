import { tokenOf } from '../customers/people';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import {
  auditBooks,
  booksOf,
  codesOf,
  customerWith,
  grant,
  newCustomer,
  operations,
  pending,
  send,
} from './shop';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  other = await t.createBrand('tripkart', { budget: 1_000_000 });
});

afterEach(() => auditBooks(t));
afterAll(() => t.close());

function reversal(id: string, bearer = brand.apiKey): Promise<Data> {
  return send(t, bearer, 'reverseTransfer', { id, reason: 'Mistake' });
}

async function stateOf(id: string): Promise<string> {
  const document = 'query ($id: ID!) { redemption(id: $id) { state } }';
  const { data } = await t.run(document, { id }, brand.apiKey);
  return data['redemption'].state as string;
}

async function budgetOf(owner: TestBrand): Promise<number> {
  const { data } = await t.run('{ brand { budget } }', {}, owner.apiKey);
  return data['brand'].budget as number;
}

async function issueOf(owner: TestBrand): Promise<string> {
  const input = { brandId: owner.id, amount: 10, reason: 'purchase', idempotencyKey: newKey() };
  const document =
    'mutation ($input: IssueMuInput!) { issueMu(input: $input) { transfer { id } } }';
  const { data } = await t.run(document, { input }, t.platformKey);
  return data['issueMu'].transfer.id as string;
}

describe('reversing a grant', () => {
  test('takes the Mu back into the budget, once', async () => {
    const customer = await newCustomer(t, brand);
    const before = await budgetOf(brand);
    const granted = await grant(t, brand, customer, 50);
    const payload = await reversal(granted);
    expect(payload).toMatchObject({
      transfer: {
        kind: 'REVERSAL',
        amount: 50,
        reason: 'Mistake',
        reverses: { id: granted, kind: 'GRANT' },
      },
      replayed: false,
      userErrors: [],
    });
    expect(await budgetOf(brand)).toBe(before);
    expect(await booksOf(t, customer)).toEqual({ wallet: 0, hold: 0 });
    expect(await reversal(granted)).toMatchObject({
      transfer: null,
      userErrors: [{ code: 'ALREADY_REVERSED', field: ['id'] }],
    });
    expect(codesOf(await reversal(payload['transfer'].id))).toEqual(['NOT_REVERSIBLE']);
  });

  test('is refused when the Mu was spent meanwhile, and posts nothing', async () => {
    const customer = await newCustomer(t, brand);
    const granted = await grant(t, brand, customer, 50);
    await pending(t, brand, customer, 1);
    expect(codesOf(await reversal(granted))).toEqual(['INSUFFICIENT_MU']);
    expect(await booksOf(t, customer)).toEqual({ wallet: 49, hold: 1 });
  });

  test('answers the same key the first answer again, a refusal too', async () => {
    const customer = await newCustomer(t, brand);
    const granted = await grant(t, brand, customer, 50);
    const held = await pending(t, brand, customer, 1);
    const input = { id: granted, reason: 'Mistake', idempotencyKey: newKey() };
    const refusal = await send(t, brand.apiKey, 'reverseTransfer', input);
    await send(t, brand.apiKey, 'cancelRedemption', { id: held['redemption'].id });
    const replay = await send(t, brand.apiKey, 'reverseTransfer', input);
    expect(replay).toEqual({ ...refusal, replayed: true });
    const anew = { ...input, idempotencyKey: newKey() };
    const first = await send(t, brand.apiKey, 'reverseTransfer', anew);
    expect(codesOf(first)).toEqual([]);
    const second = await send(t, brand.apiKey, 'reverseTransfer', anew);
    expect(second).toEqual({ ...first, replayed: true });
  });

  test('happens once when many ask at once, in one process and in two', async () => {
    const twin = await startTestService({ database: t.database });
    const customer = await newCustomer(t, brand);
    await grant(t, brand, customer, 500);
    const granted = await grant(t, brand, customer, 50);
    const input = { id: granted, reason: 'Mistake' };
    const payloads = await Promise.all(
      Array.from({ length: 32 }, (_, at) =>
        send(at % 2 === 0 ? t : twin, brand.apiKey, 'reverseTransfer', input),
      ),
    );
    await twin.close();
    const codes = payloads.map((payload) => codesOf(payload)[0] ?? 'DONE');
    expect(codes.filter((code) => code === 'DONE')).toHaveLength(1);
    expect(codes.filter((code) => code === 'ALREADY_REVERSED')).toHaveLength(31);
    expect(await booksOf(t, customer)).toEqual({ wallet: 500, hold: 0 });
  });
});

describe('reversing a hold', () => {
  test('cancels the pending redemption', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption, transfer } = await pending(t, brand, customer, 60);
    expect(codesOf(await reversal(transfer.id))).toEqual([]);
    expect(await stateOf(redemption.id)).toBe('CANCELLED');
    expect(await booksOf(t, customer)).toEqual({ wallet: 100, hold: 0 });
    const late = await send(t, brand.apiKey, 'captureRedemption', { id: redemption.id });
    expect(codesOf(late)).toEqual(['ALREADY_RESOLVED']);
    expect(codesOf(await reversal(transfer.id))).toEqual(['ALREADY_REVERSED']);
  });

  test('is refused once the redemption has ended, though other Mu is on hold', async () => {
    const customer = await customerWith(t, brand, 200);
    await pending(t, brand, customer, 60);
    const { redemption, transfer } = await pending(t, brand, customer, 60);
    await send(t, brand.apiKey, 'captureRedemption', { id: redemption.id });
    expect(codesOf(await reversal(transfer.id))).toEqual(['ALREADY_RESOLVED']);
    expect(await booksOf(t, customer)).toEqual({ wallet: 80, hold: 60 });
  });
});

describe('reversing a capture', () => {
  test('refunds the wallet and ends the redemption as REVERSED', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption, transfer } = await pending(t, brand, customer, 60);
    const captured = await send(t, brand.apiKey, 'captureRedemption', { id: redemption.id });
    expect(codesOf(await reversal(captured['transfer'].id))).toEqual([]);
    expect(await stateOf(redemption.id)).toBe('REVERSED');
    expect(await booksOf(t, customer)).toEqual({ wallet: 100, hold: 0 });
    const { data } = await t.run(
      'query ($by: CustomerBy!) { customer(by: $by) { wallet { balance held lifetimeRedeemed } } }',
      { by: { id: customer } },
      brand.apiKey,
    );
    expect(data['customer'].wallet).toEqual({ balance: 100, held: 0, lifetimeRedeemed: 0 });
    expect(codesOf(await reversal(transfer.id))).toEqual(['ALREADY_RESOLVED']);
    expect(codesOf(await reversal(captured['transfer'].id))).toEqual(['ALREADY_REVERSED']);
  });

  test('is one of two racing reversals only, with a release beside it', async () => {
    const customer = await customerWith(t, brand, 100);
    const kept = await pending(t, brand, customer, 10);
    const { redemption } = await pending(t, brand, customer, 60);
    const { transfer } = await send(t, brand.apiKey, 'captureRedemption', { id: redemption.id });
    const released = await send(t, brand.apiKey, 'cancelRedemption', { id: kept['redemption'].id });
    const payloads = await Promise.all([
      reversal(transfer.id),
      reversal(released['transfer'].id),
      reversal(transfer.id),
    ]);
    expect(payloads.map((payload) => codesOf(payload)[0])).toEqual([
      undefined,
      'NOT_REVERSIBLE',
      'ALREADY_REVERSED',
    ]);
  });
});

describe('who may reverse', () => {
  test('a brand its own and no other’s', async () => {
    const customer = await customerWith(t, brand, 100);
    const { transfer } = await pending(t, brand, customer, 60);
    for (const id of [transfer.id, 'trf_x', '']) {
      expect(await reversal(id, other.apiKey)).toMatchObject({
        transfer: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
      });
    }
    expect(await booksOf(t, customer)).toEqual({ wallet: 40, hold: 60 });
  });

  test('the platform any brand’s, also what it issued itself', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption, transfer } = await pending(t, brand, customer, 60);
    expect(codesOf(await reversal(transfer.id, t.platformKey))).toEqual([]);
    expect(await stateOf(redemption.id)).toBe('CANCELLED');
    const before = await budgetOf(other);
    const issue = await issueOf(other);
    expect(codesOf(await reversal(issue, other.apiKey))).toEqual(['NOT_REVERSIBLE']);
    expect(codesOf(await reversal(issue, t.platformKey))).toEqual([]);
    expect(await budgetOf(other)).toBe(before);
    expect(codesOf(await reversal('trf_x', t.platformKey))).toEqual(['NOT_FOUND']);
  });

  test('no customer', async () => {
    const customer = await newCustomer(t, brand);
    const granted = await grant(t, brand, customer, 50);
    const token = await tokenOf(t, brand, { id: customer });
    const input = { id: granted, reason: 'Mistake', idempotencyKey: newKey() };
    await expect(t.run(operations.reverseTransfer, { input }, token)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('nobody without a reason', async () => {
    const customer = await newCustomer(t, brand);
    const granted = await grant(t, brand, customer, 50);
    const payload = await send(t, brand.apiKey, 'reverseTransfer', { id: granted, reason: ' ' });
    expect(payload['userErrors']).toMatchObject([{ code: 'INVALID_TEXT', field: ['reason'] }]);
  });
});
