import { refused, type Command, type CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { EndpointAnswer } from './create-webhook-endpoint.command';
import type { WebhookEndpointRow } from './webhook-endpoint.entity';
import { webhookEndpointId } from './webhook.id';

const lockSql = `
  SELECT e.* FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)
  JOIN webhook_endpoints e ON e.id = t.id AND e.brand_id = t.brand_id
  ORDER BY e.id FOR NO KEY UPDATE OF e`;

const storeSql = `
  UPDATE webhook_endpoints e SET url = t.url, topics = ARRAY(SELECT jsonb_array_elements_text(t.topics)),
    description = t.description, state = t.state, secret_version = t.secret_version,
    secret_rotated_at = t.secret_rotated_at, failing_since = t.failing_since, updated_at = t.updated_at
  FROM unnest($1::uuid[], $2::text[], $3::jsonb[], $4::text[], $5::text[], $6::integer[],
    $7::timestamptz[], $8::timestamptz[], $9::timestamptz[])
    AS t(id, url, topics, description, state, secret_version, secret_rotated_at, failing_since, updated_at)
  WHERE e.id = t.id`;

// Whoever is just sending one of them still says how that came out; see the settling of attempts.
const giveUpSql = `
  UPDATE webhook_deliveries d SET state = 'FAILED', failure = 'ENDPOINT_INACTIVE'
  FROM (SELECT w.id FROM webhook_deliveries w
    WHERE w.endpoint_id = ANY ($1::uuid[]) AND w.state = 'PENDING'
    ORDER BY w.id FOR NO KEY UPDATE) AS waiting
  WHERE d.id = waiting.id`;

/**
 * Changes endpoints that are there, one after another as the commands say, under their locks. `change`
 * answers the row as it shall be, or why not. Refuses with NOT_FOUND what is another brand's.
 */
export async function changeEndpoints<Sent extends Command<{ id: string }>>(
  tx: CommandTransaction,
  commands: readonly Sent[],
  change: (row: WebhookEndpointRow, command: Sent) => WebhookEndpointRow | UserErrorShape,
): Promise<EndpointAnswer[]> {
  const uuids = commands.map(({ input }) => webhookEndpointId.decode(input.id));
  const locked = await tx.query<WebhookEndpointRow>(lockSql, [
    uuids,
    commands.map(({ tenant }) => tenant),
  ]);
  const rows = new Map(locked.map((row) => [`${row.brand_id} ${row.id}`, row]));
  const changed = new Map<string, WebhookEndpointRow>();
  const answers = commands.map((command, at): EndpointAnswer => {
    const name = `${command.tenant ?? ''} ${uuids[at] ?? ''}`;
    const row = rows.get(name);
    if (row === undefined) return refused(userError('NOT_FOUND', ['id']));
    const next = change(row, command);
    if ('code' in next) return refused(next);
    rows.set(name, next);
    changed.set(name, next);
    return { endpoint: next, userErrors: [] };
  });
  await storeEndpoints(tx, [...changed.values()]);
  return answers;
}

/** Why nothing can be changed about an endpoint that was deleted; null for all others. */
export function deletedRefusal({ state }: WebhookEndpointRow): UserErrorShape | null {
  return state === 'DELETED' ? userError('ENDPOINT_INACTIVE', ['id']) : null;
}

/** Stores rows that are locked; what waits for those that are not active any more is given up. */
export async function storeEndpoints(
  tx: CommandTransaction,
  rows: readonly WebhookEndpointRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const column = (name: keyof WebhookEndpointRow) => rows.map((row) => row[name]);
  await tx.query(storeSql, [
    column('id'),
    column('url'),
    rows.map(({ topics }) => JSON.stringify(topics)),
    column('description'),
    column('state'),
    column('secret_version'),
    column('secret_rotated_at'),
    column('failing_since'),
    column('updated_at'),
  ]);
  const inactive = rows.filter(({ state }) => state !== 'ACTIVE').map(({ id }) => id);
  if (inactive.length > 0) await tx.query(giveUpSql, [inactive]);
}
