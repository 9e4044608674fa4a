/** So many of so many. */
export interface Proportion {
  successes: number;
  total: number;
}

/** A difference of two shares with its 95% interval, as shares from −1 to 1. */
export interface Uplift {
  difference: number;
  low: number;
  high: number;
}

/** The 97.5th percentile of the normal distribution. */
const z = 1.959963984540054;

/** Wilson's score interval of a proportion. */
export function wilson({ successes, total }: Proportion): [low: number, high: number] {
  const p = successes / total;
  const centre = p + (z * z) / (2 * total);
  const spread = z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

/**
 * How much more often the treated did it than those held out, by Newcombe's hybrid score interval: the
 * Wilson intervals of the two shares, put together. Null while an arm is empty.
 */
export function upliftOf(treated: Proportion, heldOut: Proportion): Uplift | null {
  if (treated.total <= 0 || heldOut.total <= 0) return null;
  const p = treated.successes / treated.total;
  const q = heldOut.successes / heldOut.total;
  const [pLow, pHigh] = wilson(treated);
  const [qLow, qHigh] = wilson(heldOut);
  const difference = p - q;
  return {
    difference,
    low: difference - Math.hypot(p - pLow, qHigh - q),
    high: difference + Math.hypot(pHigh - p, q - qLow),
  };
}
