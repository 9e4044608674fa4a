import { execute } from './execute';
import type { Demo, Service } from './service';

const name = 'Demo Brand';
const budget = 1_000_000;

/**
 * Makes sure that the demo brand exists and has Mu to give away, for development. The idempotency keys
 * are fixed, so that every start gets the first start's answers, the brand's key among them.
 */
export async function ensureDemo(service: Service): Promise<Demo> {
  const { platformKey, routerSecret } = service.config;
  const created = await ask(service, platformKey, createBrand, {
    name,
    slug: 'demo',
    timezone: 'Asia/Kolkata',
    idempotencyKey: 'demo-brand-1',
  });
  const { brand, apiKey } = created['createBrand'] as {
    brand: { id: string } | null;
    apiKey: string | null;
  };
  if (brand === null || apiKey === null) {
    throw new Error(
      'the demo brand was made under another TOKEN_SECRET; use that, or a fresh DATA_DIR',
    );
  }
  await ask(service, platformKey, issueMu, {
    brandId: brand.id,
    amount: budget,
    reason: 'Demo budget',
    idempotencyKey: 'demo-budget-1',
  });
  return { platformKey, routerSecret, brandId: brand.id, brandKey: apiKey };
}

const createBrand = `mutation DemoBrand($input: CreateBrandInput!) {
  createBrand(input: $input) { brand { id } apiKey userErrors { code } } }`;

const issueMu = `mutation DemoBudget($input: IssueMuInput!) {
  issueMu(input: $input) { userErrors { code } } }`;

async function ask(
  service: Service,
  bearer: string,
  document: string,
  input: object,
): Promise<Record<string, unknown>> {
  const { data, errors } = await execute(
    service,
    service.publicSchema,
    document,
    { input },
    bearer,
  );
  if (errors !== undefined) throw errors[0] as Error;
  return data as Record<string, unknown>;
}
