import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

const customerWorth = operation('customer-worth');
const documents = {
  ingestScores: operation('ingest-scores'),
  updateWorthSettings: operation('update-worth-settings'),
};

/** Sends a mutation of worth as a brand, under a fresh key unless the input holds one. */
export async function send(
  t: TestService,
  brand: TestBrand,
  mutation: keyof typeof documents,
  input: Data,
): Promise<Data> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(documents[mutation], variables, brand.apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data[mutation])) as Data;
}

/** What a customer is worth, as the bearer of a key or token sees it. */
export async function worthOf(
  t: TestService,
  bearer: string,
  by: object,
): Promise<{ clv: Data | null; scores: Data[] }> {
  const { data, errors } = await t.run(customerWorth, { by }, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  const { clv, scores } = JSON.parse(JSON.stringify(data['customer'].relationship)) as Data;
  return { clv: clv as Data | null, scores: scores as Data[] };
}

/** The row that lists rank by, in whole minor units. */
export async function keptOf(t: TestService, externalId: string): Promise<Data | undefined> {
  const [row] = await t.database.query<Data>(
    `SELECT w.clv_minor::float AS clv, w.source, w.computed_at FROM customer_worth w
     JOIN relationships r ON r.brand_id = w.brand_id AND r.customer_id = w.customer_id
     WHERE r.external_id = $1`,
    [externalId],
  );
  return row;
}

/** Runs the daily job once and answers how many it reckoned anew. */
export async function refreshOnce(t: TestService): Promise<number> {
  const { database, clock, log, config, features } = t.service;
  const [job] = features.flatMap(({ jobs }) => jobs).filter(({ name }) => name === 'refresh-worth');
  return job!.run({ database, clock, log, config, limits: config.limits });
}
