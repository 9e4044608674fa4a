import { execute } from '../../src/server/execute';
import { brandId } from '../../src/brands';
import type { LoadService } from './place';

/** The brand a base belongs to. */
export interface LoadedBrand {
  uuid: string;
  key: string;
}

/** Runs a mutation of one input; throws for errors and refusals. */
export async function mutate(
  service: LoadService,
  bearer: string,
  { name, answer, input }: { name: string; answer: string; input: object },
): Promise<Record<string, unknown>> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation Load($input: ${type}!) {
    ${name}(input: $input) { ${answer} userErrors { code message } } }`;
  const { data, errors } = await execute(
    service,
    service.publicSchema,
    document,
    { input },
    bearer,
  );
  if (errors !== undefined) throw errors[0] as Error;
  const payload = data?.[name] as Record<string, unknown> & { userErrors: { message: string }[] };
  const [refusal] = payload.userErrors;
  if (refusal !== undefined) throw new Error(`${name}: ${refusal.message}`);
  return payload;
}

/** Makes the brand, or finds it: the key of the first answer is that of every later one. */
export async function theBrand(service: LoadService): Promise<LoadedBrand> {
  const { brand, apiKey } = await mutate(service, service.config.platformKey, {
    name: 'createBrand',
    answer: 'brand { id } apiKey',
    input: {
      name: 'A Large Brand',
      slug: 'large',
      timezone: 'Asia/Kolkata',
      idempotencyKey: 'load-brand-1',
    },
  });
  const uuid = brandId.decode((brand as { id: string }).id);
  if (uuid === null || apiKey === null)
    throw new Error('The base was loaded under another TOKEN_SECRET.');
  return { uuid, key: apiKey as string };
}

/** The rule clicks are paid by; answers its UUID. */
export async function theRule(service: LoadService, { key, uuid }: LoadedBrand): Promise<string> {
  await mutate(service, key, {
    name: 'upsertEarnRule',
    answer: 'earnRule { id }',
    input: {
      name: 'click',
      action: 'CLICK',
      amount: 3,
      perCustomerPerDay: 1,
      idempotencyKey: 'load-rule-1',
    },
  });
  const [row] = await service.database.transact(service.clock, (tx) =>
    tx.query<{ id: string }>('SELECT r.id FROM earn_rules r WHERE r.brand_id = $1', [uuid]),
  );
  return (row as { id: string }).id;
}

/** What the saved segments ask: many, some and few members. */
export const segmentConditions = {
  'attentive buyers': {
    and: [{ attention: { dormancy: ['ACTIVE'] } }, { orders: { count: { atLeast: 1 } } }],
  },
  'asleep and reachable': {
    and: [
      { attention: { dormancy: ['DORMANT', 'LOST'] } },
      { consent: { purpose: 'MESSAGES', granted: true } },
    ],
  },
  'faithful in Leh': {
    and: [{ trait: { name: 'city', equals: 'Leh' } }, { orders: { count: { atLeast: 4 } } }],
  },
};

/** Saves the segments. */
export async function saveSegments(service: LoadService, { key }: LoadedBrand): Promise<void> {
  for (const [name, condition] of Object.entries(segmentConditions)) {
    await mutate(service, key, {
      name: 'upsertSegment',
      answer: 'segment { id }',
      input: { name, condition, idempotencyKey: `load-segment-${name}` },
    });
  }
}
