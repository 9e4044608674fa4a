import { toEntity } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { MessageEntity } from './message.entity';
import { viewer } from '../platform/auth/caller';

const readMessages = `
  SELECT m.* FROM messages m
  WHERE m.id = ANY ($1::uuid[])
    AND ($2::uuid IS NULL OR m.brand_id = $2)
    AND ($3::uuid IS NULL OR EXISTS (
      SELECT FROM deliveries d
      WHERE d.brand_id = m.brand_id AND d.message_id = m.id AND d.customer_id = $3))`;

/**
 * Messages by UUID as the caller may see them: a brand its own, a customer those delivered to them.
 * Null for all others, existing or not.
 */
export const messageLoader = defineLoader<string, MessageEntity | null>(async (context, ids) => {
  const parameters = [ids, ...viewer(context.caller)];
  const rows = await context.reads.query(readMessages, parameters);
  const found = new Map(rows.map((row) => [row['id'], toEntity(MessageEntity, row)]));
  return ids.map((id) => found.get(id) ?? null);
});
