import { uuidv7 } from 'uuidv7';
import type { CommandTransaction } from '../platform/database/command';
import { nilUuid } from '../platform/ids';
import type { SegmentationModel } from '../segments';
import { featuresSql, neverOrderedSql } from './features.sql';
import {
  dividedBy,
  genomeOf,
  millionths,
  models,
  type CountedFeature,
  type People,
  type WeighedFeature,
} from './genome';

/** A genome that is being made: the customers up to `reached` have their scores. */
export interface RunningGenome {
  id: string;
  brand_id: string;
  reached: string;
}

const orderedSql = `
  SELECT b.customer_id, b.model, b.band = 'BEST' AS best FROM brand_bands b
  JOIN customers c ON c.id = b.customer_id AND c.merged_into IS NULL
  WHERE b.brand_id = $1 AND b.band <> 'NEXT'`;

const peopleSql = `
  SELECT o.model, count(*) FILTER (WHERE o.best)::integer AS best, count(*)::integer AS customers
  FROM (${orderedSql}) o GROUP BY o.model`;

const countSql = `
  WITH ordered AS MATERIALIZED (${orderedSql}), had AS MATERIALIZED (
    ${featuresSql('SELECT DISTINCT customer_id FROM ordered')})
  SELECT o.model, h.kind, h.name, h.value, count(*) FILTER (WHERE o.best)::integer AS best,
    count(*)::integer AS customers
  FROM had h JOIN ordered o ON o.customer_id = h.customer_id
  GROUP BY o.model, h.kind, h.name, h.value HAVING count(*) >= $2`;

const insertSql = `
  INSERT INTO genomes (id, brand_id, computed_at, bands_as_of, people, smoothing, least_support, reached)
  VALUES ($1, $2, $3, $4, $5, $6, $7, '${nilUuid}')`;

const insertFeaturesSql = `
  INSERT INTO genome_features (genome_id, brand_id, model, number, kind, name, value, best, customers, weight)
  SELECT $1, $2, t.* FROM unnest($3::text[], $4::smallint[], $5::text[], $6::text[], $7::text[],
    $8::integer[], $9::integer[], $10::bigint[]) AS t`;

type ByModel<T> = Partial<Record<SegmentationModel, T>>;

/** Finds what tells the best of a brand's customers, by every model; scores follow. */
export async function beginGenome(
  tx: CommandTransaction,
  brandId: string,
  bandsAsOf: Date,
): Promise<void> {
  const { genomeSmoothing, genomeSupport, genomeFeatures } = tx.limits;
  type Told = People & { model: SegmentationModel };
  const told = await tx.query<Told>(peopleSql, [brandId]);
  const people: ByModel<People> = {};
  for (const { model, best, customers } of told) people[model] = { best, customers };
  type Counted = CountedFeature & { model: SegmentationModel };
  const counted = await tx.query<Counted>(countSql, [brandId, genomeSupport]);
  const features = models.flatMap((model) => {
    const own = counted.filter(
      (one) => one.model === model && !dividedBy[model].includes(one.kind),
    );
    const terms = {
      smoothing: genomeSmoothing,
      leastSupport: genomeSupport,
      most: genomeFeatures,
    };
    const weighed = genomeOf(own, people[model] ?? { best: 0, customers: 0 }, terms);
    return weighed.map((feature, at) => ({ ...feature, model, number: at + 1 }));
  });
  const id = uuidv7();
  const values = [JSON.stringify(people), genomeSmoothing, genomeSupport];
  await tx.query(insertSql, [id, brandId, tx.now, bandsAsOf, ...values]);
  await storeFeatures(tx, { id, brandId }, features);
}

async function storeFeatures(
  tx: CommandTransaction,
  { id, brandId }: { id: string; brandId: string },
  features: readonly (WeighedFeature & { model: SegmentationModel; number: number })[],
): Promise<void> {
  await tx.query(insertFeaturesSql, [
    id,
    brandId,
    features.map(({ model }) => model),
    features.map(({ number }) => number),
    features.map(({ kind }) => kind),
    features.map(({ name }) => name),
    features.map(({ value }) => value),
    features.map(({ best }) => best),
    features.map(({ customers }) => customers),
    features.map(({ weight }) => Math.round(weight * millionths)),
  ]);
}

// Each of the people has a score by each model, also who has nothing that tells.
const scoreSql = `
  WITH people AS MATERIALIZED (
    SELECT r.customer_id FROM relationships r
    WHERE r.brand_id = $1 AND r.customer_id > $3 AND ${neverOrderedSql}
    ORDER BY r.customer_id LIMIT $4
  ), had AS MATERIALIZED (${featuresSql('SELECT customer_id FROM people')}
  ), scored AS (
    INSERT INTO next_scores (genome_id, brand_id, model, customer_id, score, features)
    SELECT $2, $1, m.model, p.customer_id, coalesce(sum(g.weight), 0),
      coalesce(array_agg(g.number ORDER BY abs(g.weight) DESC, g.number)
        FILTER (WHERE g.number IS NOT NULL), '{}')
    FROM people p CROSS JOIN unnest($5::text[]) AS m(model)
    LEFT JOIN (had h JOIN genome_features g ON g.genome_id = $2 AND g.brand_id = $1 AND g.kind = h.kind
        AND g.name IS NOT DISTINCT FROM h.name AND g.value = h.value)
      ON h.customer_id = p.customer_id AND g.model = m.model
    GROUP BY m.model, p.customer_id)
  SELECT count(*)::integer AS scored, max(customer_id::text) AS reached FROM people`;

const progressSql = `
  UPDATE genomes SET reached = $2, done_at = CASE WHEN $2::uuid IS NULL THEN $3::timestamptz END
  WHERE id = $1`;

/** Gives the next customers their scores, at most so many; answers how many. */
export async function scoreNext(tx: CommandTransaction, genome: RunningGenome): Promise<number> {
  const most = tx.limits.segmentSweep;
  const { id, brand_id, reached } = genome;
  const [row] = await tx.query<{ scored: number; reached: string | null }>(scoreSql, [
    brand_id,
    id,
    reached,
    most,
    models,
  ]);
  const { scored, reached: last } = row as { scored: number; reached: string | null };
  await tx.query(progressSql, [id, scored < most ? null : last, tx.now]);
  return scored;
}

const forgetScoresSql = `
  DELETE FROM next_scores n WHERE n.ctid = ANY (ARRAY(
    SELECT x.ctid FROM next_scores x WHERE x.genome_id = $1 LIMIT $2))
  RETURNING 1`;

/** Forgets a genome that a newer one has replaced, a bounded number of scores at a time. */
export async function forgetGenome(tx: CommandTransaction, id: string): Promise<number> {
  const gone = await tx.query(forgetScoresSql, [id, tx.limits.segmentSweep * models.length]);
  if (gone.length > 0) return gone.length;
  await tx.query('DELETE FROM genome_features f WHERE f.genome_id = $1', [id]);
  await tx.query('DELETE FROM genomes g WHERE g.id = $1', [id]);
  return 1;
}
