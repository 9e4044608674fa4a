import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { eventMappingId } from './import.id';
import { plain, refusalOfMapping, type Mapping } from './mapping';

/** A mapping as a brand wants it kept. */
export interface UpsertEventMapping {
  key: string;
  mapping: Mapping;
}

/** Holds a UUID. */
export interface EventMappingAnswer extends Answer {
  eventMapping?: string;
}

const keyBytes = 200;

// Whoever comes second waits for the first, so that two cannot keep one too many.
const lockSql = `
  SELECT pg_advisory_xact_lock(hashtextextended('event mappings ' || t.id, 0))
  FROM (SELECT u.id FROM unnest($1::uuid[]) AS u(id) ORDER BY u.id) t`;

const keysSql = `
  SELECT m.brand_id, m.key FROM event_mappings m WHERE m.brand_id = ANY ($1::uuid[])`;

const storeSql = `
  INSERT INTO event_mappings AS m (id, brand_id, key, mapping, created_at, updated_at)
  SELECT t.id, t.brand_id, t.key, t.mapping, $5, $5
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[]) AS t(id, brand_id, key, mapping)
  ORDER BY t.brand_id, t.key
  ON CONFLICT (brand_id, key) DO UPDATE SET mapping = excluded.mapping, updated_at = excluded.updated_at
  RETURNING m.id, m.brand_id, m.key`;

interface Draft {
  brandId: string;
  key: string;
  mapping: Mapping;
}

/** Keeps mappings; of the same name the last counts. */
export const upsertEventMapping: CommandHandler<UpsertEventMapping, EventMappingAnswer> = {
  kind: 'upsertEventMapping',
  async execute(tx, commands) {
    const drafts = commands.map((command) => readDraft(tx, command));
    const known = await keysOfBrands(tx, commands);
    const decided = drafts.map((draft): Draft | UserErrorShape => {
      if (!('brandId' in draft)) return draft;
      const keys = known.get(draft.brandId) ?? new Set();
      if (!keys.has(draft.key) && keys.size >= tx.limits.eventMappings) {
        return userError('LIMIT_EXCEEDED', ['key']);
      }
      known.set(draft.brandId, keys.add(draft.key));
      return draft;
    });
    const kept = new Map(
      decided.flatMap((one) => ('brandId' in one ? [[nameOf(one.brandId, one.key), one]] : [])),
    );
    const ids = await store(tx, [...kept.values()]);
    return decided.map((one) =>
      'brandId' in one
        ? { eventMapping: ids.get(nameOf(one.brandId, one.key)), userErrors: [] }
        : refused(one),
    );
  },
};

const nameOf = (brandId: string, key: string): string => `${brandId} ${key}`;

function readDraft(
  { limits }: CommandTransaction,
  { input, tenant }: Command<UpsertEventMapping>,
): Draft | UserErrorShape {
  const key = checkText(input.key, { maxBytes: keyBytes, field: ['key'] });
  if (key.refusal) return key.refusal;
  const wrong = refusalOfMapping(input.mapping, limits, ['mapping']);
  return wrong ?? { brandId: tenant as string, key: key.value, mapping: plain(input.mapping) };
}

async function keysOfBrands(
  tx: CommandTransaction,
  commands: readonly Command[],
): Promise<Map<string, Set<string>>> {
  const brands = [...new Set(commands.map(({ tenant }) => tenant as string))];
  await tx.query(lockSql, [brands]);
  const rows = await tx.query<{ brand_id: string; key: string }>(keysSql, [brands]);
  const known = new Map<string, Set<string>>();
  for (const { brand_id: brandId, key } of rows) {
    known.set(brandId, (known.get(brandId) ?? new Set()).add(key));
  }
  return known;
}

async function store(
  tx: CommandTransaction,
  drafts: readonly Draft[],
): Promise<Map<string, string>> {
  if (drafts.length === 0) return new Map();
  const rows = await tx.query<{ id: string; brand_id: string; key: string }>(storeSql, [
    drafts.map(() => eventMappingId.create()),
    drafts.map(({ brandId }) => brandId),
    drafts.map(({ key }) => key),
    drafts.map(({ mapping }) => JSON.stringify(mapping)),
    tx.now,
  ]);
  return new Map(rows.map((row) => [nameOf(row.brand_id, row.key), row.id]));
}
