import { brandOf } from '../platform/auth/caller';
import { readPage, toConnection, type Connection } from '../platform/graphql/connection';
import type { PageArgs } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import type { SegmentationModel } from '../segments';
import { neverOrderedSql } from './features.sql';
import { genomeModel, millionths } from './genome';
import {
  featureJson,
  featureOf,
  lastGenomeSql,
  type KeptFeature,
  type KeptGenome,
} from './genome.loader';
import type { NextCandidate, NextScore } from './next-score.type';

type Row = KeptGenome & {
  brand_id: string;
  customer_id: string;
  score: number;
  reasons: KeptFeature[];
};

const reasonsSql = `
  (SELECT coalesce(jsonb_agg(${featureJson} ORDER BY h.place), '[]')
   FROM unnest(n.features) WITH ORDINALITY AS h(number, place)
   JOIN genome_features f ON f.genome_id = n.genome_id AND f.brand_id = n.brand_id
     AND f.model = n.model AND f.number = h.number) AS reasons`;

// Scores count while their customer has not ordered, is nobody else, and is known to the brand.
const countsSql = `EXISTS (SELECT FROM relationships r
  WHERE r.brand_id = n.brand_id AND r.customer_id = n.customer_id AND ${neverOrderedSql})`;

const pageSql = `
  SELECT g.*, p.customer_id, p.score, p.reasons
  FROM unnest($1::uuid[]) AS b(id) CROSS JOIN LATERAL (${lastGenomeSql('b.id')}) g
  CROSS JOIN LATERAL (
    SELECT n.customer_id, n.score, ${reasonsSql}
    FROM next_scores n
    WHERE n.genome_id = g.id AND n.brand_id = b.id AND n.model = $3 AND ${countsSql}
      AND ($4::bigint IS NULL OR (n.score, n.customer_id) < ($4, $5::uuid))
    ORDER BY n.score DESC, n.customer_id DESC LIMIT $6) p
  WHERE $2::uuid IS NULL OR b.id = $2
  ORDER BY p.score DESC, p.customer_id DESC`;

const ofCustomersSql = `
  SELECT g.*, n.customer_id, n.score, ${reasonsSql}
  FROM (${lastGenomeSql('$2')}) g
  JOIN next_scores n ON n.genome_id = g.id AND n.brand_id = $2 AND n.model = $3
    AND n.customer_id = ANY ($1::uuid[]) AND ${countsSql}
  WHERE $4::uuid IS NULL OR g.brand_id = $4`;

function scoreOfRow(row: Row, model: SegmentationModel): NextScore {
  const { computed_at: asOf, smoothing } = row;
  const people = row.people[model] ?? { best: 0, customers: 0 };
  return {
    asOf,
    window: { from: null, until: asOf },
    modelVersion: genomeModel,
    model,
    score: row.score / millionths,
    reasons: row.reasons.map((feature) => featureOf(feature, people, smoothing)),
  };
}

interface ListArgs {
  model: SegmentationModel;
  first: number;
  /** The sort key of the last row of the page before. */
  after: [score: number, customer: string] | null;
}

const candidatesLoader = defineListLoader<ListArgs, NextCandidate[]>(
  async ({ caller, reads }, brands, { model, first, after }) => {
    const values = [brands, brandOf(caller), model, ...(after ?? [null, null]), first + 1];
    const rows = await reads.query<Row>(pageSql, values);
    return brands.map((brand) =>
      rows
        .filter(({ brand_id }) => brand_id === brand)
        .map((row): NextCandidate => {
          const { customer_id: customerUuid, score: rank } = row;
          return { customerUuid, rank, score: scoreOfRow(row, model) };
        }),
    );
  },
);

/** A page of a brand's customers who never ordered, the most like the best first. */
export async function readCandidates(
  context: Context,
  brand: string,
  { model, ...args }: PageArgs & { model: SegmentationModel },
): Promise<Connection<NextCandidate>> {
  const page = readPage(args, context.config.limits, ['integer', 'uuid']);
  const { first, after } = page;
  const rows = await candidatesLoader(context, { model, first, after }).load(brand);
  return toConnection(rows, page, ({ rank, customerUuid }) => [rank, customerUuid]);
}

/** Scores of customers with one brand, by the customer's UUID; null of whoever has none. */
export const nextScoreLoader = defineListLoader<
  { model: SegmentationModel; brand: string },
  NextScore | null
>(async ({ caller, reads }, customers, { model, brand }) => {
  const rows = await reads.query<Row>(ofCustomersSql, [customers, brand, model, brandOf(caller)]);
  return customers.map((customer) => {
    const row = rows.find(({ customer_id }) => customer_id === customer);
    return row === undefined ? null : scoreOfRow(row, model);
  });
});
