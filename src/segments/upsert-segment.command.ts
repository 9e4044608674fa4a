import canonicalize from 'canonicalize';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { nilUuid } from '../platform/ids';
import { checkText } from '../platform/text';
import { checkCondition, facetsOf, moves, plainCondition } from './filter/compile';
import type { CustomerCondition } from './filter/customer-condition.input';
import { segmentId } from './segment.id';
import type { SegmentRow } from './segment.entity';

/** A segment as a brand describes it; one of that name is changed. */
export interface UpsertSegment {
  name: string;
  description?: string | null;
  condition: CustomerCondition;
}

export interface SegmentAnswer extends Answer {
  /** UUID of the segment. */
  segment?: string;
}

const nameBytes = 200;

const brandsSql = `
  SELECT b.id, b.currency, (SELECT count(*)::integer FROM segments s
    WHERE s.brand_id = b.id AND s.deleted_at IS NULL) AS segments
  FROM brands b WHERE b.id = ANY ($1::uuid[])`;

const lockSql = `
  SELECT s.* FROM segments s
  WHERE s.deleted_at IS NULL AND (s.brand_id, s.name) IN
    (SELECT t.brand_id, t.name FROM unnest($1::uuid[], $2::text[]) AS t(brand_id, name))
  ORDER BY s.id FOR NO KEY UPDATE OF s`;

const storeSql = `
  INSERT INTO segments AS s (id, brand_id, name, description, condition, facets, moves, version, reached,
    filling, due_at, created_at, updated_at)
  SELECT t.id, t.brand_id, t.name, t.description, t.condition, t.facets, t.moves, t.version, t.reached,
    t.filling, t.due_at, t.created_at, t.updated_at
  FROM jsonb_populate_recordset(NULL::segments, $1::jsonb) t ORDER BY t.brand_id, t.name
  ON CONFLICT (brand_id, name) WHERE deleted_at IS NULL DO UPDATE SET
    description = excluded.description, condition = excluded.condition, facets = excluded.facets,
    moves = excluded.moves, version = excluded.version, reached = excluded.reached,
    filling = excluded.filling, due_at = excluded.due_at, updated_at = excluded.updated_at
  RETURNING s.id, s.brand_id, s.name`;

interface BrandRow {
  id: string;
  currency: string;
  segments: number;
}

type Draft = Pick<SegmentRow, 'brand_id' | 'name' | 'description' | 'condition'>;

/** Saves segments; whoever meets a new condition is found by the job that judges. */
export const upsertSegment: CommandHandler<UpsertSegment, SegmentAnswer> = {
  kind: 'upsertSegment',
  async execute(tx, commands) {
    const ids = [...new Set(commands.map(({ tenant }) => tenant as string))];
    const brands = new Map(
      (await tx.query<BrandRow>(brandsSql, [ids])).map((row) => [row.id, row]),
    );
    const drafts = commands.map((command) => readDraft(tx, command, brands));
    const good = drafts.filter((draft): draft is Draft => 'condition' in draft);
    const known = await lockSegments(tx, good);
    const kept = new Map<string, SegmentRow>();
    const decided = drafts.map((draft) => {
      if (!('condition' in draft)) return draft;
      const row = kept.get(nameOf(draft)) ?? known.get(nameOf(draft));
      if (row === undefined) {
        const brand = brands.get(draft.brand_id) as BrandRow;
        if (brand.segments >= tx.limits.segments) return userError('LIMIT_EXCEEDED', ['name']);
        brand.segments += 1;
      }
      kept.set(nameOf(draft), next(draft, row, tx.now));
      return draft;
    });
    const stored = await store(tx, [...kept.values()]);
    return decided.map((one) =>
      'condition' in one ? { segment: stored.get(nameOf(one)), userErrors: [] } : refused(one),
    );
  },
};

function nameOf({ brand_id, name }: Pick<SegmentRow, 'brand_id' | 'name'>): string {
  return `${brand_id} ${name}`;
}

function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<UpsertSegment>,
  brands: ReadonlyMap<string, BrandRow>,
): Draft | UserErrorShape {
  const name = checkText(input.name, { maxBytes: nameBytes, field: ['name'] });
  if (name.refusal) return name.refusal;
  const { textBytes } = tx.limits;
  const description =
    input.description == null
      ? null
      : checkText(input.description, { maxBytes: textBytes, field: ['description'] });
  if (description?.refusal) return description.refusal;
  const condition = plainCondition(input.condition);
  const brandId = tenant as string;
  const currency = brands.get(brandId)?.currency ?? '';
  const wrong = checkCondition(condition, { limits: tx.limits, currency }, ['condition']);
  if (wrong !== null) return wrong;
  return {
    brand_id: brandId,
    name: name.value,
    description: description?.value ?? null,
    condition,
  };
}

async function lockSegments(
  tx: CommandTransaction,
  drafts: readonly Draft[],
): Promise<Map<string, SegmentRow>> {
  if (drafts.length === 0) return new Map();
  const rows = await tx.query<SegmentRow>(lockSql, [
    drafts.map((draft) => draft.brand_id),
    drafts.map((draft) => draft.name),
  ]);
  return new Map(rows.map((row) => [nameOf(row), row]));
}

/** The segment as it is then; under a condition it already has, everybody stays where they are. */
function next(draft: Draft, row: SegmentRow | undefined, now: Date): SegmentRow {
  const same = row !== undefined && canonicalize(row.condition) === canonicalize(draft.condition);
  if (same) return { ...row, description: draft.description, updated_at: now };
  return {
    members: 0,
    judged_at: null,
    deleted_at: null,
    ...row,
    ...draft,
    due_at: null,
    id: row?.id ?? segmentId.create(),
    facets: facetsOf(draft.condition),
    moves: moves(draft.condition),
    version: (row?.version ?? 0) + 1,
    reached: nilUuid,
    filling: true,
    created_at: row?.created_at ?? now,
    updated_at: now,
  };
}

async function store(
  tx: CommandTransaction,
  rows: readonly SegmentRow[],
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const stored = await tx.query<Pick<SegmentRow, 'id' | 'brand_id' | 'name'>>(storeSql, [
    JSON.stringify(rows),
  ]);
  return new Map(stored.map((row) => [nameOf(row), row.id]));
}
