import type { CommandTransaction } from '../platform/database/command';
import type { AttentionAction } from './action';
import type { MeasuredEvent } from './attention-change';
import type { FunnelStageName } from './funnel-stage';

/** Columns of the attention_events table. `confidence` in percent. */
export interface AttentionRow {
  id: string;
  brand_id: string;
  customer_id: string;
  message_id: string | null;
  action: AttentionAction;
  custom_action: string | null;
  stage: FunnelStageName | null;
  channel: string | null;
  confidence: number;
  machine: boolean;
  duplicate: boolean;
  user_agent: string | null;
  duration_ms: number | null;
  properties: Record<string, unknown> | null;
  occurred_at: Date;
  recorded_at: Date;
  /** Of `occurred_at`, where the customer was then as far as is known; as `2026-11-21`. */
  local_day: string;
  /** Told of the past; pays nothing and starts no journey. */
  history?: boolean;
}

const insertSql = `
  INSERT INTO attention_events (id, brand_id, customer_id, message_id, action, channel, confidence,
    machine, duplicate, user_agent, duration_ms, properties, occurred_at, recorded_at, custom_action,
    stage, local_day, history)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[],
    $7::smallint[], $8::boolean[], $9::boolean[], $10::text[], $11::integer[], $12::jsonb[],
    $13::timestamptz[], $14::timestamptz[], $15::text[], $16::text[], $17::date[], $18::boolean[])`;

/** Stores events in one statement. */
export async function insertEvents(
  tx: CommandTransaction,
  rows: readonly AttentionRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(insertSql, [
    rows.map((row) => row.id),
    rows.map((row) => row.brand_id),
    rows.map((row) => row.customer_id),
    rows.map((row) => row.message_id),
    rows.map((row) => row.action),
    rows.map((row) => row.channel),
    rows.map((row) => row.confidence),
    rows.map((row) => row.machine),
    rows.map((row) => row.duplicate),
    rows.map((row) => row.user_agent),
    rows.map((row) => row.duration_ms),
    rows.map((row) => (row.properties === null ? null : JSON.stringify(row.properties))),
    rows.map((row) => row.occurred_at),
    rows.map((row) => row.recorded_at),
    rows.map((row) => row.custom_action),
    rows.map((row) => row.stage),
    rows.map((row) => row.local_day),
    rows.map((row) => row.history === true),
  ]);
}

const raiseSql = `
  WITH before AS (
    SELECT e.id, e.confidence FROM attention_events e
    WHERE e.id = ANY ($1::uuid[]) AND e.confidence < 100 ORDER BY e.id FOR NO KEY UPDATE)
  UPDATE attention_events e SET confidence = 100 FROM before WHERE e.id = before.id
  RETURNING e.brand_id, e.customer_id, e.action, before.confidence, e.machine, e.duplicate, e.duration_ms,
    e.occurred_at, e.local_day::text, e.properties`;

/** Marks events as verified; answers those that were not, with the confidence they had. */
export async function raiseConfidence(
  tx: CommandTransaction,
  ids: readonly string[],
): Promise<MeasuredEvent[]> {
  return ids.length === 0 ? [] : tx.query<MeasuredEvent>(raiseSql, [ids]);
}

/** A customer and a message of a brand. */
export interface MessagePair {
  brandId: string;
  customerId: string;
  messageId: string;
}

const unverifiedSql = `
  SELECT e.id, e.brand_id, e.customer_id, e.message_id, e.action, e.channel, e.confidence, e.machine,
    e.duplicate, e.duration_ms, e.occurred_at, e.recorded_at, e.custom_action, e.stage,
    e.local_day::text
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS t(brand_id, customer_id, message_id)
  JOIN attention_events e ON e.message_id = t.message_id AND e.customer_id = t.customer_id
    AND e.brand_id = t.brand_id
  WHERE e.action = 'OPEN' AND e.confidence < 100
  ORDER BY e.id`;

/** Opens of these messages by these customers that no verified action has confirmed yet, oldest first. */
export async function unverifiedOpens(
  tx: CommandTransaction,
  pairs: readonly MessagePair[],
): Promise<AttentionRow[]> {
  if (pairs.length === 0) return [];
  return tx.query<AttentionRow>(unverifiedSql, [
    pairs.map((pair) => pair.brandId),
    pairs.map((pair) => pair.customerId),
    pairs.map((pair) => pair.messageId),
  ]);
}
