import type { BrandScope } from '../platform/auth/caller';
import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkText } from '../platform/text';
import {
  insertApiKeys,
  type CreatedApiKey,
  type KeyCommand,
  type NewApiKey,
} from './api-key.store';
import { brandMeant } from './brand-meant';

export interface CreateApiKeyCommandInput {
  name: string;
  scopes: BrandScope[];
  brandId?: string | null;
}

export interface CreateApiKeyAnswer extends Answer {
  apiKey?: CreatedApiKey;
}

type CreateApiKeyCommand = KeyCommand<CreateApiKeyCommandInput>;

/** Working keys a brand may have: all are listed on one page, and a leak of more is nobody's to follow. */
const mostApiKeys = 100;

/** Keys are counted while their brand is locked, so that many callers at once stay below the limit. */
const lockSql = `
  SELECT b.id FROM brands b WHERE b.id = ANY ($1::uuid[]) ORDER BY b.id FOR NO KEY UPDATE`;

const countSql = `
  SELECT k.brand_id, count(*) AS keys FROM api_keys k
  WHERE k.brand_id = ANY ($1::uuid[]) AND k.revoked_at IS NULL GROUP BY k.brand_id`;

/** Creates API keys. That a caller gives away no more than it has is checked before. */
export const createApiKeyHandler: CommandHandler<CreateApiKeyCommandInput, CreateApiKeyAnswer> = {
  kind: 'createApiKey',
  async execute(tx, commands: readonly CreateApiKeyCommand[]) {
    const checked = commands.map((command) => check(command, tx.limits));
    const wanted = checked.filter((key) => 'brandUuid' in key);
    const counts = await countKeys(tx, wanted);
    const decided = checked.map((key) => ('brandUuid' in key ? admit(key, counts) : key));
    const { mint } = commands[0] as CreateApiKeyCommand;
    const admitted = decided.filter((key) => 'brandUuid' in key);
    const created = await insertApiKeys(tx, mint, admitted);
    const madeOf = new Map(admitted.map((key, at) => [key, created[at] as CreatedApiKey]));
    return decided.map((key) =>
      'brandUuid' in key ? { userErrors: [], apiKey: madeOf.get(key) } : refused(key),
    );
  },
};

function check(command: CreateApiKeyCommand, limits: Limits): NewApiKey | UserErrorShape {
  const { input } = command;
  const name = checkText(input.name, { maxBytes: limits.textBytes, field: ['name'] });
  if (name.refusal) return name.refusal;
  if (input.scopes.length === 0) {
    return userError('INVALID_VALUE', ['scopes'], 'A key needs at least one scope.');
  }
  const brand = brandMeant(command);
  if (brand.refusal) return brand.refusal;
  return { brandUuid: brand.value, name: name.value, scopes: [...new Set(input.scopes)] };
}

async function countKeys(
  tx: CommandTransaction,
  keys: readonly NewApiKey[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const brands = [[...new Set(keys.map((key) => key.brandUuid))]];
  const locked = await tx.query<{ id: string }>(lockSql, brands);
  const counted = await tx.query<{ brand_id: string; keys: number }>(countSql, brands);
  const counts = new Map(locked.map((row) => [row.id, 0]));
  for (const row of counted) counts.set(row.brand_id, row.keys);
  return counts;
}

/** Takes one of the brand's places, so that the next key of the batch finds one less. */
function admit(key: NewApiKey, counts: Map<string, number>): NewApiKey | UserErrorShape {
  const count = counts.get(key.brandUuid);
  if (count === undefined) return userError('NOT_FOUND', ['brandId']);
  if (count >= mostApiKeys) {
    const message = `A brand has at most ${mostApiKeys} working keys; revoke one first.`;
    return userError('LIMIT_EXCEEDED', null, message);
  }
  counts.set(key.brandUuid, count + 1);
  return key;
}
