import type { CommandTransaction } from '../platform/database/command';
import { refreshWorth, type Pair } from './refresh-worth';
import type { ScoreKindName } from './score-kind';

/** A score that can be stored. */
export interface ScoreDraft {
  /** The place of the command it came with. */
  command: number;
  brandId: string;
  customerId: string;
  kind: ScoreKindName;
  /** Null when what was said is taken back; the row stays, so that older words that come later do not count. */
  value: number | null;
  /** A CLV in minor units of the brand's currency; 0 of other kinds. */
  minor: number;
  scorer: string;
  version: string;
  scoredAt: Date;
}

// Of equal moments the later word counts, so that a mistake can be mended.
const scoresSql = `
  INSERT INTO customer_scores AS s (brand_id, customer_id, kind, value, scorer, scorer_version,
    scored_at, recorded_at)
  SELECT t.brand_id, t.customer_id, t.kind, t.value, t.scorer, t.version, t.scored_at, $8
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::double precision[], $5::text[], $6::text[],
    $7::timestamptz[]) AS t(brand_id, customer_id, kind, value, scorer, version, scored_at)
  ORDER BY t.brand_id, t.customer_id, t.kind
  ON CONFLICT (brand_id, customer_id, kind) DO UPDATE SET value = excluded.value,
    scorer = excluded.scorer, scorer_version = excluded.scorer_version,
    scored_at = excluded.scored_at, recorded_at = excluded.recorded_at
  WHERE s.scored_at <= excluded.scored_at
  RETURNING brand_id, customer_id, kind`;

const worthSql = `
  INSERT INTO customer_worth AS w (brand_id, customer_id, clv_minor, source, model_version, computed_at)
  SELECT t.brand_id, t.customer_id, t.minor, 'INGESTED', t.version, t.scored_at
  FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::timestamptz[])
    AS t(brand_id, customer_id, minor, version, scored_at)
  ORDER BY t.brand_id, t.customer_id
  ON CONFLICT (brand_id, customer_id) DO UPDATE SET clv_minor = excluded.clv_minor,
    source = 'INGESTED', p_alive = NULL, expected_orders = NULL, expected_value_minor = NULL,
    model_version = excluded.model_version, computed_at = excluded.computed_at`;

const forgottenSql = `
  UPDATE customer_worth w SET source = 'RULE_6_9'
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  WHERE w.brand_id = t.brand_id AND w.customer_id = t.customer_id AND w.source = 'INGESTED'
  RETURNING w.brand_id AS "brandId", w.customer_id AS "customerId"`;

/**
 * Stores scores; of several about one customer and kind the newest, or the last. Answers how many were news,
 * by the place of their command. The relationships must be locked.
 */
export async function storeScores(
  tx: CommandTransaction,
  drafts: readonly ScoreDraft[],
): Promise<Map<number, number>> {
  const last = new Map<string, ScoreDraft>();
  for (const draft of drafts) {
    const held = last.get(keyOf(draft));
    if (held === undefined || held.scoredAt <= draft.scoredAt) last.set(keyOf(draft), draft);
  }
  const kept = [...last.values()];
  const recorded = new Map<number, number>();
  if (kept.length === 0) return recorded;
  const rows = await tx.query<{ brand_id: string; customer_id: string; kind: string }>(scoresSql, [
    kept.map(({ brandId }) => brandId),
    kept.map(({ customerId }) => customerId),
    kept.map(({ kind }) => kind),
    kept.map(({ value }) => value),
    kept.map(({ scorer }) => scorer),
    kept.map(({ version }) => version),
    kept.map(({ scoredAt }) => scoredAt),
    tx.now,
  ]);
  const news = rows.flatMap((row) => {
    const key = keyOf({ brandId: row.brand_id, customerId: row.customer_id, kind: row.kind });
    return last.get(key) ?? [];
  });
  for (const { command } of news) recorded.set(command, (recorded.get(command) ?? 0) + 1);
  const clvs = news.filter(({ kind }) => kind === 'CLV');
  await storeValues(
    tx,
    clvs.filter(({ value }) => value !== null),
  );
  await reckonAgain(
    tx,
    clvs.filter(({ value }) => value === null),
  );
  return recorded;
}

async function storeValues(tx: CommandTransaction, clvs: readonly ScoreDraft[]): Promise<void> {
  if (clvs.length === 0) return;
  await tx.query(worthSql, [
    clvs.map(({ brandId }) => brandId),
    clvs.map(({ customerId }) => customerId),
    clvs.map(({ minor }) => minor),
    clvs.map(({ scorer, version }) => `${scorer} ${version}`),
    clvs.map(({ scoredAt }) => scoredAt),
  ]);
}

/** Reckons here what these are worth of whom the brand's own model says nothing any more. */
async function reckonAgain(tx: CommandTransaction, taken: readonly ScoreDraft[]): Promise<void> {
  if (taken.length === 0) return;
  const pairs = await tx.query<Pair>(forgottenSql, [
    taken.map(({ brandId }) => brandId),
    taken.map(({ customerId }) => customerId),
  ]);
  await refreshWorth(tx, pairs);
}

function keyOf({ brandId, customerId, kind }: Record<'brandId' | 'customerId' | 'kind', string>) {
  return `${brandId} ${customerId} ${kind}`;
}
