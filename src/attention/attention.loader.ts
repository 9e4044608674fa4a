import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import type { AttentionAction } from './action';
import { AttentionEventEntity } from './attention-event.entity';

type Row = Record<string, unknown>;

const visible = `(CASE WHEN $2::uuid IS NOT NULL THEN e.customer_id = $2
  WHEN $1::uuid IS NOT NULL THEN e.brand_id = $1 ELSE true END)`;

const columns = `e.id, e.brand_id, e.customer_id, e.message_id, e.action, e.channel, e.confidence,
  e.custom_action, e.stage, e.machine, e.duplicate, e.duration_ms, e.properties, e.occurred_at, e.recorded_at`;

const byIdSql = `SELECT ${columns} FROM attention_events e WHERE e.id = ANY ($3::uuid[]) AND ${visible}`;

/** Events by UUID; null for those the caller may not see. */
export const attentionEventLoader = defineLoader<string, AttentionEventEntity | null>(
  async (context, ids) => {
    const rows = await context.reads.query<Row>(byIdSql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(AttentionEventEntity, rows).map((e) => [e.uuid, e]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

const listSql = `
  SELECT ${columns} FROM unnest($3::uuid[]) AS c(customer_id)
  CROSS JOIN LATERAL (
    SELECT * FROM attention_events e
    WHERE e.customer_id = c.customer_id AND ${visible}
      AND ($4::timestamptz IS NULL OR (e.occurred_at, e.id) < ($4, $5::uuid))
      AND ($6::text IS NULL OR e.action = $6) AND ($7::timestamptz IS NULL OR e.occurred_at >= $7)
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT $8
  ) e ORDER BY e.occurred_at DESC, e.id DESC`;

/** What a list of events can be narrowed to. */
export interface AttentionFilter {
  action: AttentionAction | null;
  since: Date | null;
}

interface ListArgs extends AttentionFilter {
  first: number;
  after: [time: string, id: string] | null;
}

const listLoader = defineListLoader<ListArgs, AttentionEventEntity[]>(
  async (context, customers, { first, after, action, since }) => {
    const rows = await context.reads.query<Row>(listSql, [
      ...viewer(context.caller),
      customers,
      after?.[0] ?? null,
      after?.[1] ?? null,
      action,
      since,
      first + 1,
    ]);
    const events = toEntities(AttentionEventEntity, rows);
    return customers.map((customer) => events.filter((event) => event.customerUuid === customer));
  },
);

/** A page of a customer's events, latest first. */
export async function readAttention(
  context: Context,
  customerId: string,
  args: PageArgs,
  filter: AttentionFilter,
): Promise<Connection<AttentionEventEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const loader = listLoader(context, { first: page.first, after: page.after, ...filter });
  const events = await loader.load(customerId);
  return toConnection(events, page, (event) => [event.occurredAt.toISOString(), event.uuid]);
}
