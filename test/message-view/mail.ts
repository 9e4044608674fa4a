import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify } from '../customers/people';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

const documents = {
  view: operation('message-reward-view'),
  views: operation('message-reward-views'),
};

/** Runs a mutation as the brand and answers its payload; throws when it was refused. */
export async function does(
  t: TestService,
  brand: TestBrand,
  mutation: string,
  input: Record<string, unknown>,
  fields = 'replayed',
): Promise<Data> {
  const type = mutation.replace(/^./, (first) => first.toUpperCase());
  const document = `mutation ($input: ${type}Input!) {
    ${mutation}(input: $input) { ${fields} userErrors { code field } } }`;
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(document, variables, brand.apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  const payload = data[mutation] as Data;
  if (payload['userErrors'].length > 0) throw new Error(JSON.stringify(payload['userErrors']));
  return payload;
}

/** A mail with an offer; answers its id. */
export async function newMail(
  t: TestService,
  brand: TestBrand,
  input: Record<string, unknown> = {},
): Promise<string> {
  const mail = {
    externalId: newKey(),
    channel: 'EMAIL',
    openMu: 1,
    actionMuMax: 10,
    audience: 100,
  };
  const { message } = await does(
    t,
    brand,
    'recordMessage',
    { ...mail, ...input },
    'message { id }',
  );
  return message.id as string;
}

/** A brand with Mu, links to `https://shop.example`, forms from `offers@shop.example`, and Asha. */
export async function newMailer(t: TestService, slug: string): Promise<TestBrand> {
  const brand = await t.createBrand(slug, { budget: 1_000_000 });
  const linkOrigins = ['https://shop.example'];
  await does(t, brand, 'updateBrand', { linkOrigins, ampSenders: ['offers@shop.example'] });
  await does(t, brand, 'upsertEarnRule', { name: 'survey', action: 'SURVEY', amount: 10 });
  await does(t, brand, 'upsertEarnRule', { name: 'click', action: 'CLICK', amount: 2 });
  await identify(t, brand, { externalId: 'asha', email: 'asha@example.in' });
  return brand;
}

/** What a mail shows Asha, or somebody else. */
export async function viewOf(
  t: TestService,
  brand: TestBrand,
  messageId: string,
  { customer = { externalId: 'asha' }, ...more }: Record<string, unknown> = {},
): Promise<Data> {
  const to = 'https://shop.example/offer?id=1';
  const variables = { customer, messageId, to, ...more };
  const { data, errors } = await t.run(documents.view, variables, brand.apiKey);
  if (errors !== undefined) throw errors[0]?.originalError ?? new Error(JSON.stringify(errors));
  return data['messageRewardView'] as Data;
}

/** What a mail shows many, and how many statements that took. */
export async function viewsOf(
  t: TestService,
  brand: TestBrand,
  messageId: string,
  customers: Record<string, string>[],
): Promise<{ views: (Data | null)[]; statements: number }> {
  const result = await t.run(documents.views, { customers, messageId }, brand.apiKey);
  if (result.errors !== undefined) throw result.errors[0]?.originalError ?? new Error();
  return { views: result.data['messageRewardViews'], statements: result.statements };
}
