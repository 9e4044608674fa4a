import { brandOf } from '../platform/auth/caller';
import { defineListLoader } from '../platform/graphql/loaders';
import type { SegmentationModel } from '../segments';
import { genomeModel, liftOf, millionths, type FeatureKind, type People } from './genome';
import type { BestCustomerGenome, GenomeFeature } from './genome.type';

/** The genome a brand's answers are by: the newest whose scores are all there. */
export const lastGenomeSql = (brand: string): string => `
  SELECT g.* FROM genomes g WHERE g.brand_id = ${brand} AND g.done_at IS NOT NULL
  ORDER BY g.computed_at DESC LIMIT 1`;

/** A feature in JSON, `f` the row; the weight is in millionths. */
export const featureJson = `jsonb_build_object('kind', f.kind, 'name', f.name, 'value', f.value,
  'best', f.best, 'customers', f.customers, 'weight', f.weight)`;

/** A feature as it is kept. */
export interface KeptFeature extends People {
  kind: FeatureKind;
  name: string | null;
  value: string;
  weight: number;
}

/** What a genome says of itself. */
export interface KeptGenome {
  computed_at: Date;
  bands_as_of: Date;
  people: Partial<Record<SegmentationModel, People>>;
  smoothing: number;
  least_support: number;
}

/** A feature as the graph shows it, among so many people. */
export function featureOf(
  { weight, ...feature }: KeptFeature,
  all: People,
  smoothing: number,
): GenomeFeature {
  return {
    ...feature,
    shareOfBest: feature.best / all.best,
    shareOfAll: feature.customers / all.customers,
    lift: liftOf(feature, all, smoothing),
    weight: weight / millionths,
  };
}

const genomeSql = `
  SELECT g.*, (SELECT coalesce(jsonb_agg(${featureJson} ORDER BY f.number), '[]')
    FROM genome_features f WHERE f.genome_id = g.id AND f.brand_id = g.brand_id AND f.model = $3) AS features
  FROM unnest($1::uuid[]) AS b(id) CROSS JOIN LATERAL (${lastGenomeSql('b.id')}) g
  WHERE $2::uuid IS NULL OR b.id = $2`;

type Row = KeptGenome & { brand_id: string; features: KeptFeature[] };

/** The genome of brands' best customers by a model, by the brand's UUID; null before the first. */
export const genomeLoader = defineListLoader<
  { model: SegmentationModel },
  BestCustomerGenome | null
>(async ({ caller, reads }, brands, { model }) => {
  const rows = await reads.query<Row>(genomeSql, [brands, brandOf(caller), model]);
  return brands.map((brand) => {
    const row = rows.find(({ brand_id }) => brand_id === brand);
    if (row === undefined) return null;
    const { computed_at: asOf, smoothing } = row;
    const people = row.people[model] ?? { best: 0, customers: 0 };
    return {
      asOf,
      window: { from: null, until: asOf },
      modelVersion: genomeModel,
      model,
      bandsAsOf: row.bands_as_of,
      ...people,
      smoothing,
      leastSupport: row.least_support,
      features: row.features.map((feature) => featureOf(feature, people, smoothing)),
    };
  });
});
