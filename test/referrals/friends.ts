import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';

/** Runs the mutation of an operation file and answers its payload; the key is fresh unless given. */
export async function send(
  t: TestService,
  bearer: string,
  file: string,
  input: Record<string, unknown> = {},
): Promise<Data> {
  const path = join(__dirname, '../../schema/operations', `${file}.graphql`);
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(readFileSync(path, 'utf8'), variables, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(Object.values(data)[0])) as Data;
}

/** As `send`, for what must be done. */
export async function must(...args: Parameters<typeof send>): Promise<Data> {
  const payload = await send(...args);
  if (payload['userErrors'].length > 0) {
    throw new Error(`${args[2]}: ${JSON.stringify(payload['userErrors'])}`);
  }
  return payload;
}

export function codesOf(payload: Data): string[] {
  return (payload['userErrors'] as { code: string }[]).map(({ code }) => code);
}

let people = 0;

/** A new customer of the brand, by the brand's own name for them. */
export async function person(
  t: TestService,
  brand: TestBrand,
  input: Record<string, unknown> = {},
): Promise<{ id: string; externalId: string }> {
  const externalId = `friend-${(people += 1)}`;
  const { customer } = await must(t, brand.apiKey, 'identify-customer', { externalId, ...input });
  return { id: customer.id as string, externalId };
}

/** The code of a customer's link. */
export async function codeOf(
  t: TestService,
  brand: TestBrand,
  customer: { id: string },
  input: Record<string, unknown> = {},
): Promise<string> {
  const made = await must(t, brand.apiKey, 'create-referral-link', {
    customer: { id: customer.id },
    channel: 'WHATSAPP',
    ...input,
  });
  return made['referralLink'].code as string;
}

/** The id of a pending referral. */
export async function claim(
  t: TestService,
  brand: TestBrand,
  code: string,
  friend: { id: string },
): Promise<string> {
  const made = await must(t, brand.apiKey, 'claim-referral', { code, friend: { id: friend.id } });
  return made['referral'].id as string;
}

/** A friend who came by a link and was activated. */
export async function activeFriend(
  t: TestService,
  brand: TestBrand,
  referrer: { id: string },
): Promise<{ friend: { id: string; externalId: string }; referral: string }> {
  const friend = await person(t, brand);
  const referral = await claim(t, brand, await codeOf(t, brand, referrer), friend);
  await must(t, brand.apiKey, 'activate-referral', { id: referral });
  return { friend, referral };
}

/** What the brand sees in a customer's wallet. */
export async function balanceOf(
  t: TestService,
  brand: TestBrand,
  { id }: { id: string },
): Promise<number> {
  const document = `query ($id: ID!) { customer(by: { id: $id }) { wallet { balance } } }`;
  const { data } = await t.run(document, { id }, brand.apiKey);
  return data['customer'].wallet.balance as number;
}

/** A rule by which a customer of the brand earns this much for each event of an action. */
export async function earnRule(
  t: TestService,
  brand: TestBrand,
  action: string,
  amount: number,
): Promise<void> {
  const rule = { name: `${action} pays`, action, amount, perCustomerPerDay: 1000 };
  await must(t, brand.apiKey, 'upsert-earn-rule', rule);
}

/** Lets a customer earn what the rule of an action pays; answers the payload. */
export function earn(
  t: TestService,
  brand: TestBrand,
  { id }: { id: string },
  action: string,
  input: Record<string, unknown> = {},
): Promise<Data> {
  return must(t, brand.apiKey, 'record-attention', { customer: { id }, action, ...input });
}
