import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brandId } from '../../src/brands';
import { customerId } from '../../src/customers';
import { accounts, Posting, transferId } from '../../src/ledger';
import { idOf } from '../customers/people';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

export const operations = {
  upsertShopItem: operation('upsert-shop-item'),
  redeem: operation('redeem'),
  captureRedemption: operation('capture-redemption'),
  cancelRedemption: operation('cancel-redemption'),
  reverseTransfer: operation('reverse-transfer'),
  shopItems: operation('shop-items'),
  customerRedemptions: operation('customer-redemptions'),
};

type Mutation = Exclude<keyof typeof operations, 'shopItems' | 'customerRedemptions'>;

/** Runs a mutation of the shop, under a fresh key unless the input holds one, and answers its payload. */
export async function send(
  t: TestService,
  bearer: string,
  name: Mutation,
  input: Record<string, unknown>,
): Promise<Data> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(operations[name], variables, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data[name])) as Data;
}

/** The codes of a payload's refusals. */
export function codesOf(payload: Data): string[] {
  return payload['userErrors'].map((error: Data) => error['code'] as string);
}

let made = 0;

/** The id of a new customer of the brand. */
export function newCustomer(t: TestService, brand: TestBrand): Promise<string> {
  made += 1;
  return idOf(t, brand, { externalId: `person-${made}`, email: `person-${made}@example.in` });
}

/** Gives a customer Mu out of the brand's budget, and answers the id of the transfer. */
export async function grant(
  t: TestService,
  brand: TestBrand,
  customer: string,
  amount: number,
): Promise<string> {
  const pair = {
    brandId: brandId.decode(brand.id) as string,
    customerId: customerId.decode(customer) as string,
  };
  return t.service.database.transact(t.clock, async (tx) => {
    const debit = accounts.budget(pair.brandId);
    const credit = accounts.wallet(pair.customerId);
    const posting = await Posting.open(tx, [debit, credit], [pair]);
    const posted = posting.transfer({
      ...pair,
      kind: 'GRANT',
      debit,
      credit,
      amount,
      reason: 'Opened',
    });
    if (typeof posted === 'string') throw new Error(posted);
    await posting.flush();
    return transferId.encode(posted.transfer.id);
  });
}

/** A new customer of the brand with this much Mu. */
export async function customerWith(
  t: TestService,
  brand: TestBrand,
  amount: number,
): Promise<string> {
  const customer = await newCustomer(t, brand);
  await grant(t, brand, customer, amount);
  return customer;
}

/** A pending redemption of the customer with the brand; throws when it is refused. */
export async function pending(
  t: TestService,
  brand: TestBrand,
  customer: string,
  amount: number,
): Promise<Data> {
  const input = { amount, description: 'Coffee', customer: { id: customer } };
  const payload = await send(t, brand.apiKey, 'redeem', input);
  if (payload['redemption'] === null) throw new Error(JSON.stringify(payload));
  return payload;
}

/** What a customer's wallet and hold contain, as the books say. */
export async function booksOf(
  t: TestService,
  customer: string,
): Promise<{ wallet: number; hold: number }> {
  const rows = await t.database.query<{ kind: string; balance: string }>(
    'SELECT kind, balance FROM accounts WHERE owner = $1',
    [customerId.decode(customer)],
  );
  const balance = (kind: string) => Number(rows.find((row) => row.kind === kind)?.balance ?? 0);
  return { wallet: balance('WALLET'), hold: balance('HOLD') };
}

/** Throws unless the books are sound: sums are zero, and holds contain what pending redemptions promise. */
export async function auditBooks(t: TestService): Promise<void> {
  const [sums] = await t.database.query<Record<string, string>>(`
    SELECT (SELECT coalesce(sum(balance), 0) FROM accounts) AS balances,
      (SELECT coalesce(sum(amount), 0) FROM entries) AS entries,
      (SELECT count(*) FROM accounts a
        WHERE a.balance <> (SELECT coalesce(sum(e.amount), 0) FROM entries e WHERE e.account_id = a.id)) AS torn,
      (SELECT count(*) FROM accounts h
        WHERE h.kind = 'HOLD' AND h.balance <> (SELECT coalesce(sum(r.amount), 0) FROM redemptions r
          WHERE r.customer_id = h.owner AND r.state = 'PENDING')) AS unheld,
      (SELECT count(*) FROM accounts w JOIN accounts h ON h.kind = 'HOLD' AND h.owner = w.owner
        WHERE w.kind = 'WALLET' AND w.held <> h.balance) AS untold`);
  expect(sums).toEqual({ balances: '0', entries: '0', torn: '0', unheld: '0', untold: '0' });
}
