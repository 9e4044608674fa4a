import type { ApiKeyMint } from '../platform/auth/api-key';
import type { BrandScope } from '../platform/auth/caller';
import type { Command, CommandTransaction } from '../platform/database/command';
import { apiKeyId } from './brand.id';

/**
 * A command that creates keys, with what makes their texts. What a command is known by again is its
 * input alone; the mint travels beside it and is stored nowhere.
 */
export interface KeyCommand<Input> extends Command<Input> {
  mint: ApiKeyMint;
}

/** A key to create. */
export interface NewApiKey {
  brandUuid: string;
  name: string;
  scopes: readonly BrandScope[];
}

/** A created key as an answer keeps it: the row, and the hash that tells whether its text is known. */
export interface CreatedApiKey {
  row: Record<string, unknown>;
  secretHash: string;
}

const insertSql = `
  INSERT INTO api_keys (id, brand_id, name, secret_hash, scopes, created_at)
  SELECT t.id, t.brand_id, t.name, t.secret_hash, string_to_array(t.scopes, ' '), $6
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::text[])
    AS t(id, brand_id, name, secret_hash, scopes)
  RETURNING id, brand_id, name, scopes, created_at, revoked_at`;

/** Stores new keys in one statement, answering in the same order. */
export async function insertApiKeys(
  tx: CommandTransaction,
  mint: ApiKeyMint,
  keys: readonly NewApiKey[],
): Promise<CreatedApiKey[]> {
  if (keys.length === 0) return [];
  const uuids = keys.map(() => apiKeyId.create());
  const hashes = uuids.map((uuid) => mint.hashFor(uuid));
  const rows = await tx.query<{ id: string }>(insertSql, [
    uuids,
    keys.map((key) => key.brandUuid),
    keys.map((key) => key.name),
    hashes,
    keys.map((key) => key.scopes.join(' ')),
    tx.now,
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return uuids.map((uuid, at) => ({
    row: byId.get(uuid) as Record<string, unknown>,
    secretHash: (hashes[at] as Buffer).toString('hex'),
  }));
}

/** The text of a created key, or null when the token secret has changed since. */
export function textOfApiKey(mint: ApiKeyMint, { row, secretHash }: CreatedApiKey): string | null {
  return mint.textFor(row['id'] as string, Buffer.from(secretHash, 'hex'));
}
