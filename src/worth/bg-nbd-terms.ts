import type { ValueTerms } from './bg-nbd-worth';

/** The settings of a brand that make value of revenue; null stands for the default. */
export interface TermsRow {
  margin: number | null;
  discount: number | null;
}

const defaults: ValueTerms = { margin: 0.4, discount: 0.1 };

/** By what a brand makes value of revenue. */
export function termsOf({ margin, discount }: TermsRow): ValueTerms {
  return { margin: margin ?? defaults.margin, discount: discount ?? defaults.discount };
}
