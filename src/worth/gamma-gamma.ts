import { log as logGamma } from 'gamma';

const { log } = Math;

/**
 * The three numbers of a Gamma-Gamma model: what a customer spends a day with a purchase is spread like a
 * gamma distribution of shape `p` around a mean of their own, and the rates of those like one of shape
 * `q` and rate `v` (in minor units). Fader and Hardie 2013; see docs/worth-model.md.
 */
export interface GammaGamma {
  p: number;
  q: number;
  v: number;
}

/** Customers who spent alike, counted. */
export interface SpendCell {
  /** Days with a purchase that were looked at; at least 1. */
  purchases: number;
  /** What was spent on them in all, in minor units; above 0. */
  spent: number;
  customers: number;
}

/**
 * What the customer spends on a day with a purchase, in minor units, on average: between their own mean and
 * that of everybody, the nearer to their own the more is known of them. Needs `q` above 1.
 */
export function expectedSpend(
  { p, q, v }: GammaGamma,
  { purchases, spent }: Pick<SpendCell, 'purchases' | 'spent'>,
): number {
  return (p * (v + spent)) / (p * purchases + q - 1);
}

/** The log-likelihood of the cells as a function of the model. */
export function gammaGammaLikelihood(cells: readonly SpendCell[]): (model: GammaGamma) => number {
  const counts = new Map<number, { customers: number; logSpent: number }>();
  let fixed = 0;
  for (const { purchases, spent, customers } of cells) {
    const count = counts.get(purchases) ?? { customers: 0, logSpent: 0 };
    count.customers += customers;
    count.logSpent += customers * log(spent);
    counts.set(purchases, count);
    fixed -= customers * log(spent / purchases);
  }
  const columns = cells.map(({ purchases, spent, customers }) => [customers, purchases, spent]);
  const flat = Float64Array.from(columns.flat());
  return ({ p, q, v }) => {
    let sum = fixed;
    for (const [purchases, { customers, logSpent }] of counts) {
      const shape = p * purchases;
      const gammas = logGamma(shape + q) - logGamma(shape) - logGamma(q) + q * log(v);
      sum += customers * gammas + shape * logSpent;
    }
    for (let at = 0; at < flat.length; at += 3) {
      const power = p * (flat[at + 1] as number) + q;
      sum -= (flat[at] as number) * power * log(v + (flat[at + 2] as number));
    }
    return sum;
  };
}
