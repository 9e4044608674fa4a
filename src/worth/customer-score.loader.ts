import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import type { CustomerScore } from './customer-score.type';

interface Buyer {
  brandUuid: string;
  customerUuid: string;
}

const scoresSql = `
  SELECT x.place::int AS place, s.kind, s.value, s.scorer, s.scorer_version AS "scorerVersion",
    s.scored_at AS "scoredAt"
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS x(brand_id, customer_id, place)
  JOIN customer_scores s ON s.brand_id = x.brand_id AND s.customer_id = x.customer_id
    AND s.value IS NOT NULL
  WHERE ($3::uuid IS NULL OR x.brand_id = $3) AND ($4::uuid IS NULL OR x.customer_id = $4)
  ORDER BY s.kind`;

/** What brands' own models say of customers, one score a kind. */
export const customerScoresLoader = defineLoader<Buyer, CustomerScore[]>(
  async ({ caller, reads }, buyers) => {
    const scores = buyers.map((): CustomerScore[] => []);
    const rows = await reads.query<CustomerScore & { place: number }>(scoresSql, [
      buyers.map(({ brandUuid }) => brandUuid),
      buyers.map(({ customerUuid }) => customerUuid),
      ...viewer(caller),
    ]);
    for (const { place, ...score } of rows) scores[place - 1]?.push(score);
    return scores;
  },
  ({ brandUuid, customerUuid }) => `${brandUuid} ${customerUuid}`,
);
