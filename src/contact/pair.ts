import type { RelationshipEntity } from '../customers';

/** A customer of a brand, by UUID. */
export interface Pair {
  brandId: string;
  customerId: string;
}

/** The pair a relationship is about. */
export function pairOf({
  brandUuid,
  customerUuid,
}: Pick<RelationshipEntity, 'brandUuid' | 'customerUuid'>): Pair {
  return { brandId: brandUuid, customerId: customerUuid };
}

/** Tells equal pairs, for loaders and maps. */
export function pairName({ brandId, customerId }: Pair): string {
  return `${brandId} ${customerId}`;
}

/** The pair behind a name. */
export function pairNamed(name: string): Pair {
  const [brandId, customerId] = name.split(' ') as [string, string];
  return { brandId, customerId };
}

/** The values of `unnest(brand ids, customer ids)`. */
export function pairColumns(pairs: readonly Pair[]): [string[], string[]] {
  return [pairs.map(({ brandId }) => brandId), pairs.map(({ customerId }) => customerId)];
}
