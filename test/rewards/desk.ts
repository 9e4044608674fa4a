import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
  type TestServiceOptions,
} from '../support/test-service';

const payloads = {
  identifyCustomer: 'customer { id }',
  recordMessage: 'message { id } reserved',
  recordDeliveries: 'recorded',
  optOutOfMu: 'wallet { state }',
  upsertEarnRule: 'earnRule { id name version minConfidence streak { cap } }',
  registerCustomAction: 'customAction { id name }',
  recordAttention: `event { id action confidence duplicate machineOpen channel occurredAt recordedAt }
    grants { amount reason rule { name version } entry { amount balanceAfter number } }
    wallet { balance held lifetimeEarned lifetimeRedeemed state } streak { current lastDay nextMu }
    explanations { rule { name version action } outcome reason amount }`,
} as const;

type Mutation = keyof typeof payloads;

/** A brand's desk in a test: its service, its key, and one call a mutation. */
export interface Desk {
  t: TestService;
  brand: TestBrand;
  /** Runs a mutation with a fresh key unless the input has one; answers its payload. */
  call(mutation: Mutation, input: Record<string, unknown>): Promise<Data>;
  funds(): Promise<{ budget: number; reserved: number }>;
}

export async function openDesk(
  slug: string,
  budget: number,
  timezone = 'UTC',
  options: TestServiceOptions = {},
): Promise<Desk> {
  const t = await startTestService(options);
  return deskOf(t, await t.createBrand(slug, { budget, timezone }));
}

export function deskOf(t: TestService, brand: TestBrand): Desk {
  return {
    t,
    brand,
    async call(mutation, input) {
      const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) {
        ${payloads[mutation]} replayed userErrors { code field } } }`;
      const variables = { input: { idempotencyKey: newKey(), ...input } };
      const { data, errors } = await t.run(document, variables, brand.apiKey);
      if (errors !== undefined) throw errors[0] as Error;
      return data[mutation] as Data;
    },
    async funds() {
      const { data } = await t.run('{ brand { budget reserved } }', {}, brand.apiKey);
      return data['brand'] as { budget: number; reserved: number };
    },
  };
}

/** The amounts a payload granted. */
export function granted(payload: Data): number[] {
  return (payload['grants'] as { amount: number }[]).map((grant) => grant.amount);
}
