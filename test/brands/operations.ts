import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CustomerTokens } from '../../src/platform/auth/customer-token';
import { customerId } from '../../src/platform/auth/principal-ids';
import { brandId } from '../../src/brands';
import { newKey, type Data, type RunResult, type TestService } from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

const documents = {
  brand: operation('brand'),
  createBrand: operation('create-brand'),
  updateBrand: operation('update-brand'),
  createApiKey: operation('create-api-key'),
  revokeApiKey: operation('revoke-api-key'),
};

/** Runs a mutation of this feature and answers its payload; the idempotency key is fresh unless given. */
export async function mutate(
  t: TestService,
  name: Exclude<keyof typeof documents, 'brand'>,
  input: Record<string, unknown>,
  bearer: string = t.platformKey,
): Promise<Data> {
  const { data, errors } = await ask(
    t,
    name,
    { input: { idempotencyKey: newKey(), ...input } },
    bearer,
  );
  const [error] = errors ?? [];
  if (error !== undefined) throw error.originalError ?? error;
  return data[name] as Data;
}

/** The brand as the bearer sees it. */
export async function readBrand(t: TestService, bearer: string, id?: string): Promise<Data | null> {
  const { data, errors } = await ask(t, 'brand', id === undefined ? {} : { id }, bearer);
  const [error] = errors ?? [];
  if (error !== undefined) throw error;
  return data['brand'] as Data | null;
}

function ask(
  t: TestService,
  name: keyof typeof documents,
  variables: Record<string, unknown>,
  bearer: string,
): Promise<RunResult> {
  return t.run(documents[name], variables, bearer);
}

/** A brand's key with these scopes alone. */
export async function keyWith(
  t: TestService,
  apiKey: string,
  ...scopes: string[]
): Promise<string> {
  const payload = await mutate(t, 'createApiKey', { name: scopes.join(' '), scopes }, apiKey);
  return payload['secret'] as string;
}

/** A token of some customer, minted for a brand. */
export function tokenFor(t: TestService, brand: string): string {
  const { config } = t.service;
  const tokens = new CustomerTokens(config.tokenSecret, config.limits);
  const subject = { customerId: customerId.create(), brandId: brandId.decode(brand) as string };
  return tokens.mint(subject, 600, new Date()).token;
}

/** The refusal of a payload in short. */
export function refusalOf(payload: Data): unknown {
  const [first] = payload['userErrors'] as Data[];
  return first && [first['code'], first['field']];
}
