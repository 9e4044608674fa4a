import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import { apiKeyId } from './brand.id';

export interface RevokeApiKeyCommandInput {
  id: string;
}

export interface RevokeApiKeyAnswer extends Answer {
  apiKey?: Record<string, unknown>;
}

const lockSql = `
  SELECT k.id, k.brand_id, k.name, k.scopes, k.created_at, k.revoked_at
  FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)
  JOIN api_keys k ON k.id = t.id AND k.brand_id = t.brand_id
  ORDER BY k.id FOR NO KEY UPDATE OF k`;

const revokeSql = `
  UPDATE api_keys SET revoked_at = $2 WHERE id = ANY ($1::uuid[]) AND revoked_at IS NULL`;

/** Revokes API keys of the command's brand; one that is revoked already stays as it is. */
export const revokeApiKeyHandler: CommandHandler<RevokeApiKeyCommandInput, RevokeApiKeyAnswer> = {
  kind: 'revokeApiKey',
  async execute(tx, commands: readonly Command<RevokeApiKeyCommandInput>[]) {
    const uuids = commands.map(({ input }) => apiKeyId.decode(input.id));
    const rows = await tx.query<{ id: string; brand_id: string; revoked_at: Date | null }>(
      lockSql,
      [uuids, commands.map(({ tenant }) => tenant)],
    );
    const working = rows.filter((row) => row.revoked_at === null).map((row) => row.id);
    if (working.length > 0) await tx.query(revokeSql, [working, tx.now]);
    const known = new Map(rows.map((row) => [`${row.brand_id} ${row.id}`, row]));
    return commands.map(({ tenant }, at) => {
      const row = known.get(`${tenant ?? ''} ${uuids[at] ?? ''}`);
      if (row === undefined) return refused(userError('NOT_FOUND', ['id']));
      return { userErrors: [], apiKey: { ...row, revoked_at: row.revoked_at ?? tx.now } };
    });
  },
};
