import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { WebhookCommand } from './webhook-command';
import { checkDraft, everyTopic, type DraftColumns } from './webhook-draft';
import type { WebhookEndpointRow } from './webhook-endpoint.entity';
import { webhookEndpointId } from './webhook.id';

export interface CreateWebhookEndpoint {
  url: string;
  topics?: string[] | null;
  description?: string | null;
}

/** An endpoint as a command left it. */
export interface EndpointAnswer extends Answer {
  endpoint?: WebhookEndpointRow;
}

/** Endpoints are counted while their brand is locked, so that many callers at once stay below the limit. */
const lockSql = `
  SELECT b.id FROM brands b WHERE b.id = ANY ($1::uuid[]) ORDER BY b.id FOR NO KEY UPDATE`;

const countSql = `
  SELECT e.brand_id, count(*)::integer AS endpoints FROM webhook_endpoints e
  WHERE e.brand_id = ANY ($1::uuid[]) AND e.state <> 'DELETED' GROUP BY e.brand_id`;

const insertSql = `
  INSERT INTO webhook_endpoints (id, brand_id, url, topics, description, state, created_at, updated_at)
  SELECT t.id, t.brand_id, t.url, ARRAY(SELECT jsonb_array_elements_text(t.topics)), t.description,
    'ACTIVE', $6, $6
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::text[])
    AS t(id, brand_id, url, topics, description)
  RETURNING *`;

/** Creates endpoints for any of these topics. */
export function createWebhookEndpoint(
  topics: ReadonlySet<string>,
): CommandHandler<CreateWebhookEndpoint, EndpointAnswer> {
  return {
    kind: 'createWebhookEndpoint',
    async execute(tx, commands: readonly WebhookCommand<CreateWebhookEndpoint>[]) {
      const brands = [...new Set(commands.map(({ tenant }) => tenant as string))];
      const counts = await countEndpoints(tx, brands);
      const decided = commands.map((command) => {
        const { input, allowPrivate, tenant } = command;
        const draft = checkDraft(tx, input, { topics, allowPrivate });
        if (draft.refusal) return draft.refusal;
        return takePlace(tx, tenant as string, counts) ?? newRow(tenant as string, draft.value);
      });
      const stored = await insert(
        tx,
        decided.filter((one): one is NewEndpoint => 'id' in one),
      );
      return decided.map((one) =>
        'id' in one ? { endpoint: stored.get(one.id), userErrors: [] } : refused(one),
      );
    },
  };
}

type NewEndpoint = Pick<WebhookEndpointRow, 'id' | 'brand_id' | 'url' | 'topics' | 'description'>;

function newRow(brandUuid: string, draft: DraftColumns): NewEndpoint {
  return {
    id: webhookEndpointId.create(),
    brand_id: brandUuid,
    url: draft.url as string,
    topics: draft.topics ?? [everyTopic],
    description: draft.description ?? null,
  };
}

async function countEndpoints(
  tx: CommandTransaction,
  brands: readonly string[],
): Promise<Map<string, number>> {
  await tx.query(lockSql, [brands]);
  const rows = await tx.query<{ brand_id: string; endpoints: number }>(countSql, [brands]);
  return new Map(rows.map((row) => [row.brand_id, row.endpoints]));
}

/** Takes one of the brand's places, so that the next of the batch finds one less. */
function takePlace(
  { limits }: CommandTransaction,
  brandUuid: string,
  counts: Map<string, number>,
): UserErrorShape | null {
  const count = counts.get(brandUuid) ?? 0;
  if (count >= limits.webhookEndpoints) {
    const message = `A brand has at most ${limits.webhookEndpoints} endpoints; delete one first.`;
    return userError('LIMIT_EXCEEDED', null, message);
  }
  counts.set(brandUuid, count + 1);
  return null;
}

async function insert(
  tx: CommandTransaction,
  endpoints: readonly NewEndpoint[],
): Promise<Map<string, WebhookEndpointRow>> {
  if (endpoints.length === 0) return new Map();
  const rows = await tx.query<WebhookEndpointRow>(insertSql, [
    endpoints.map(({ id }) => id),
    endpoints.map(({ brand_id }) => brand_id),
    endpoints.map(({ url }) => url),
    endpoints.map(({ topics }) => JSON.stringify(topics)),
    endpoints.map(({ description }) => description),
    tx.now,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}
