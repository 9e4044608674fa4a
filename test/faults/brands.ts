import { developmentSecrets } from '../../src/platform/config';
import type { HttpAnswer, SpawnedService } from '../support/spawned-service';
import { newKey, type Data } from '../support/test-service';

export const { platformKey } = developmentSecrets;

/** A brand with Mu to give away, a rule that pays 10 Mu a visit, and some customers. */
export interface FundedBrand {
  id: string;
  apiKey: string;
  /** External ids; the same e-mail addresses in every brand, so the wallets are shared. */
  customers: string[];
}

export const visit = `mutation ($input: RecordAttentionInput!) {
  recordAttention(input: $input) { event { id confidence duplicate occurredAt }
    grants { amount reason entry { id amount balanceAfter } }
    wallet { balance held lifetimeEarned state } replayed userErrors { code } } }`;

/** What to send as a customer's visit; `mark` tells afterwards which intention stored it. */
export function visitOf(customer: string, idempotencyKey: string, mark = idempotencyKey): Data {
  const by = { externalId: customer };
  return { customer: by, action: 'VISIT', channel: 'WEB', idempotencyKey, properties: { mark } };
}

/** Runs a mutation that must work and answers its payload. */
export async function tell(
  service: SpawnedService,
  bearer: string,
  document: string,
  input: Data,
): Promise<Data> {
  const answer = await service.ask(document, { input }, bearer);
  const payload = Object.values(answer.data)[0] as Data | undefined;
  if (payload === undefined || payload['userErrors'].length > 0) throw new Error(answer.text);
  return payload;
}

let brands = 0;

export async function fundBrand(service: SpawnedService, people = 5): Promise<FundedBrand> {
  const slug = `brand-${(brands += 1)}`;
  const created = await tell(
    service,
    platformKey,
    `mutation ($input: CreateBrandInput!) {
      createBrand(input: $input) { brand { id } apiKey userErrors { code } } }`,
    { name: slug, slug, timezone: 'UTC', idempotencyKey: newKey() },
  );
  const { id } = created['brand'] as { id: string };
  const apiKey = created['apiKey'] as string;
  await tell(
    service,
    platformKey,
    'mutation ($input: IssueMuInput!) { issueMu(input: $input) { userErrors { code } } }',
    { brandId: id, amount: 1_000_000, reason: 'purchase', idempotencyKey: newKey() },
  );
  await tell(
    service,
    apiKey,
    'mutation ($input: UpsertEarnRuleInput!) { upsertEarnRule(input: $input) { userErrors { code } } }',
    {
      name: 'visit',
      action: 'VISIT',
      amount: 10,
      perCustomerPerDay: 10_000,
      idempotencyKey: newKey(),
    },
  );
  const customers = Array.from({ length: people }, (_, n) => `person-${n}`);
  for (const externalId of customers) {
    await tell(
      service,
      apiKey,
      'mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { userErrors { code } } }',
      {
        externalId,
        email: `${externalId}@example.com`,
        confirmed: ['EMAIL'],
        idempotencyKey: newKey(),
      },
    );
  }
  return { id, apiKey, customers };
}

/** Records a visit of one of the customers under a key. */
export function visitNow(
  service: SpawnedService,
  brand: FundedBrand,
  key: string = newKey(),
  person = 0,
): Promise<HttpAnswer> {
  const input = visitOf(brand.customers[person] as string, key);
  return service.ask(visit, { input }, brand.apiKey);
}
