import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenOf } from '../customers/people';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

const operations = {
  optOutOfMu: operation('opt-out-of-mu'),
  optInToMu: operation('opt-in-to-mu'),
  learnAboutMu: operation('learn-about-mu'),
  giftMu: operation('gift-mu'),
  requestAdjustment: operation('request-adjustment'),
  approveAdjustment: operation('approve-adjustment'),
  declineAdjustment: operation('decline-adjustment'),
};

/** Runs a mutation of wallets, under a fresh key unless the input holds one, and answers its payload. */
export async function send(
  t: TestService,
  bearer: string,
  name: keyof typeof operations,
  input: Record<string, unknown> = {},
): Promise<Data> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(operations[name], variables, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data[name])) as Data;
}

const walletOperation = `query ($by: CustomerBy!) {
  customer(by: $by) { wallet { balance held lifetimeEarned lifetimeRedeemed state
    statement { nodes { amount balanceAfter kind reason } } } } }`;

/** A customer's wallet as a bearer sees it. */
export async function walletOf(t: TestService, bearer: string, id: string): Promise<Data> {
  const { data, errors } = await t.run(walletOperation, { by: { id } }, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data['customer'].wallet)) as Data;
}

/** Records an action of a customer and answers the payload. */
export async function attend(
  t: TestService,
  brand: TestBrand,
  id: string,
  action = 'SCAN',
): Promise<Data> {
  const { data, errors } = await t.run(
    `mutation ($input: RecordAttentionInput!) { recordAttention(input: $input) {
      event { id } grants { amount } wallet { balance state } userErrors { code } } }`,
    { input: { customer: { id }, action, idempotencyKey: newKey() } },
    brand.apiKey,
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['recordAttention'] as Data;
}

/** Publishes a rule that pays for scans as often as one likes. */
export async function payScans(t: TestService, brand: TestBrand, amount: number): Promise<void> {
  const rule = { name: 'scan', action: 'SCAN', amount, perCustomerPerDay: 1000 };
  const { errors } = await t.run(
    `mutation ($input: UpsertEarnRuleInput!) { upsertEarnRule(input: $input) { userErrors { code } } }`,
    { input: { ...rule, idempotencyKey: newKey() } },
    brand.apiKey,
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
}

/** A token of the customer, minted by the brand. */
export function tokenFor(t: TestService, brand: TestBrand, id: string): Promise<string> {
  return tokenOf(t, brand, { id });
}

/** What was announced under a topic, oldest first. */
export function announced(t: TestService, topic: string): Promise<Data[]> {
  return t.database.query<Data>(
    'SELECT brand_id, customer_id, payload FROM outbox WHERE topic = $1 ORDER BY id',
    [topic],
  );
}
