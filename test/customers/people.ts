import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

export const identifyOperation = operation('identify-customer');
export const tokenOperation = operation('create-customer-token');
export const customersOperation = operation('customers');
export const meOperation = operation('me');

/** Everything this feature says of a customer. */
export const everything = `
  id externalId email phone name traits createdAt
  identities { kind value confirmedAt createdAt }
  consents { purpose granted recordedAt brand { slug } }
  relationship { externalId traits createdAt brand { slug } }
  relationships { externalId traits createdAt brand { slug } }`;

export const customerOperation = `
  query ($by: CustomerBy!) { customer(by: $by) { ${everything} } }`;

export interface Identified {
  customer: Data | null;
  replayed: boolean;
  userErrors: { code: string; field: string[] | null; message: string }[];
}

/** Runs identifyCustomer as a brand, under a fresh key unless the input holds one. */
export async function identify(
  service: TestService,
  brand: TestBrand,
  input: Record<string, unknown>,
): Promise<Identified> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await service.run(identifyOperation, variables, brand.apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['identifyCustomer'] as Identified;
}

/** The id of the customer a brand identifies; throws when it is refused. */
export async function idOf(
  service: TestService,
  brand: TestBrand,
  input: Record<string, unknown>,
): Promise<string> {
  const { customer, userErrors } = await identify(service, brand, input);
  if (customer === null) throw new Error(JSON.stringify(userErrors));
  return customer['id'] as string;
}

/** What `customer(by)` answers a bearer. */
export async function find(
  service: TestService,
  bearer: string,
  by: Record<string, unknown>,
): Promise<Data | null> {
  const { data, errors } = await service.run(customerOperation, { by }, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['customer'] as Data | null;
}

/** A customer's token from a brand. */
export async function tokenOf(
  service: TestService,
  brand: TestBrand,
  customer: Record<string, unknown>,
): Promise<string> {
  const variables = { input: { customer, idempotencyKey: newKey() } };
  const { data } = await service.run(tokenOperation, variables, brand.apiKey);
  return data['createCustomerToken'].token as string;
}
