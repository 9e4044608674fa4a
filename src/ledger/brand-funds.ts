import { brandOf } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';

/** A brand's own Mu: what it can still promise, and what it has promised to messages. */
export interface BrandFunds {
  budget: number;
  reserved: number;
}

const fundsSql = `
  SELECT coalesce(sum(a.balance) FILTER (WHERE a.kind = 'BUDGET'), 0)::bigint AS budget,
    coalesce(sum(a.balance) FILTER (WHERE a.kind = 'RESERVE'), 0)::bigint AS reserved
  FROM unnest($1::uuid[]) WITH ORDINALITY AS t(brand_id, position)
  LEFT JOIN accounts a ON a.brand_id = t.brand_id AND a.kind IN ('BUDGET', 'RESERVE')
    AND ($2::uuid IS NULL OR a.brand_id = $2)
  GROUP BY t.position ORDER BY t.position`;

/** Funds by brand UUID; a brand sees its own, the platform all, a customer none (zeros). */
export const brandFundsLoader = defineLoader<string, BrandFunds>(async (context, brands) => {
  if (context.caller.kind === 'customer') return brands.map(() => ({ budget: 0, reserved: 0 }));
  return context.reads.query<BrandFunds & Record<string, unknown>>(fundsSql, [
    brands,
    brandOf(context.caller),
  ]);
});
