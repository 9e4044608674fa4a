/** By which a brand reckons what a customer is worth, where it has set nothing: see docs/worth.md. */
export const defaultTerms = {
  margin: 0.4,
  discount: 0.1,
  horizonYears: 3,
  yearlyRetention: 0.8,
  daysBetweenOrders: 90,
} as const;

export type ClvModelName = 'RULE_6_9' | 'BG_NBD';

/** By which a brand reckons what a customer is worth. */
export interface WorthTerms {
  brandId: string;
  currency: string;
  margin: number;
  discount: number;
  horizonYears: number;
  yearlyRetention: number;
  /** The usual pause between orders of its customers: measured, or as set while nobody has come back. */
  daysBetweenOrders: number;
  clvModel: ClvModelName;
}

/** A row of `worth_terms(brands)`. */
export interface TermsRow {
  brand_id: string;
  currency: string;
  margin: number | null;
  discount: number | null;
  horizon_years: number | null;
  yearly_retention: number | null;
  days_between_orders: number | null;
  clv_model: ClvModelName | null;
  gaps: number;
  gap_seconds: number;
}

const daySeconds = 86_400;

/** What the database says of a brand, with defaults where it says nothing. */
export function termsOf(row: TermsRow): WorthTerms {
  const measured = row.gaps === 0 ? 0 : row.gap_seconds / row.gaps / daySeconds;
  return {
    brandId: row.brand_id,
    currency: row.currency,
    margin: row.margin ?? defaultTerms.margin,
    discount: row.discount ?? defaultTerms.discount,
    horizonYears: row.horizon_years ?? defaultTerms.horizonYears,
    yearlyRetention: row.yearly_retention ?? defaultTerms.yearlyRetention,
    daysBetweenOrders:
      measured >= 1 ? measured : (row.days_between_orders ?? defaultTerms.daysBetweenOrders),
    clvModel: row.clv_model ?? 'RULE_6_9',
  };
}
