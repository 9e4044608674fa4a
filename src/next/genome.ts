import { SegmentationModelEnum, type SegmentationModel } from '../segments';

/** Which definition made a genome and the scores by it. */
export const genomeModel = 'genome-1';

/** What a weight of 1 is in the database. */
export const millionths = 1_000_000;

export const models = Object.keys(SegmentationModelEnum) as SegmentationModel[];

export const featureKinds = {
  TRAIT: 'A trait has this value; of a trait that is a list, one item.',
  ROUTE: 'By what way they first came.',
  CHANNEL: 'Messages are sent to them by this channel.',
  CADENCE:
    'How long they pause between orders on average: ONCE (one order so far), WEEKLY (up to 10 days), MONTHLY (up to 45), QUARTERLY (up to 120), SELDOM.',
  FIRST_ORDER: 'The kind of their first order.',
  DORMANCY: 'How long they have been silent.',
  ATTENTION: 'Their band of attention.',
} as const;

export type FeatureKind = keyof typeof featureKinds;

/** Kinds that a model divides by; that its best have them explains nothing. */
export const dividedBy: Readonly<Record<SegmentationModel, readonly FeatureKind[]>> = {
  VALUE_2021: [],
  ATTENTION_2025: ['DORMANCY', 'ATTENTION'],
  TAT_2026: ['DORMANCY', 'ATTENTION'],
};

/** How many customers there are: the best, and all who ordered. */
export interface People {
  best: number;
  customers: number;
}

/** Something customers may have, and how many of them do. */
export interface CountedFeature extends People {
  kind: FeatureKind;
  name: string | null;
  value: string;
}

/** A feature with its weight: the natural logarithm of its lift. */
export interface WeighedFeature extends CountedFeature {
  weight: number;
}

/** What a feature must come to to be told, and how many are. */
export interface GenomeTerms {
  /** As many more best customers are added as are like all. */
  smoothing: number;
  /** The fewest customers with it. */
  leastSupport: number;
  /** How many are kept of each model. */
  most: number;
}

/**
 * By how much more frequent a feature is among the best than among all who ordered. The best are taken
 * together with `smoothing` customers who are like all, so that few tell little; 1 tells nothing.
 */
export function liftOf(feature: People, all: People, smoothing: number): number {
  const share = feature.customers / all.customers;
  return (feature.best + smoothing * share) / ((all.best + smoothing) * share);
}

/** The features of a genome by weight, the most telling of the best first; those of too few are left out. */
export function genomeOf(
  counted: readonly CountedFeature[],
  all: People,
  { smoothing, leastSupport, most }: GenomeTerms,
): WeighedFeature[] {
  if (all.best === 0) return [];
  return counted
    .filter(({ customers }) => customers >= leastSupport)
    .map((one): WeighedFeature => ({ ...one, weight: Math.log(liftOf(one, all, smoothing)) }))
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight) || inOrder(one, other))
    .slice(0, most)
    .sort((one, other) => other.weight - one.weight || inOrder(one, other));
}

function inOrder(one: CountedFeature, other: CountedFeature): number {
  if (one.customers !== other.customers) return other.customers - one.customers;
  const [name, otherName] = [one, other].map(({ kind, name, value }) => `${kind} ${name} ${value}`);
  return (name as string) < (otherName as string) ? -1 : 1;
}

/** How alike to the best somebody is who has these features: their weights together. */
export function scoreOf(features: readonly Pick<WeighedFeature, 'weight'>[]): number {
  return features.reduce((sum, { weight }) => sum + weight, 0);
}
