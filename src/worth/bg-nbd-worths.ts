import type { CommandTransaction } from '../platform/database/command';
import { foretell, type RhythmRow, type WorthModels } from './bg-nbd-worth';
import { foretoldBy } from './worth-model.loader';
import type { WorthTerms } from './worth-terms';

/** A customer with a brand, by UUID, and by what the brand makes value of revenue. */
export interface ForetoldPair {
  brandId: string;
  customerId: string;
  terms: WorthTerms;
}

/** What the model says of a customer's worth. */
export interface ForetoldWorth {
  /** Whole minor units; at most what a number holds exactly. */
  clvMinor: number;
  pAlive: number;
  /** Orders in the next 365 days. */
  expectedOrders: number;
  /** Of one order, in whole minor units. */
  expectedValueMinor: number;
  modelVersion: string;
}

interface Row extends RhythmRow, WorthModels {
  place: number;
  version: number;
}

const rhythmsSql = `
  SELECT x.place::int AS place, r.days, r.first_day::text, r.last_day::text, r.repeat_minor, m.version,
    m.buying, m.spending, ($3::timestamptz AT TIME ZONE b.timezone)::date::text AS today
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS x(brand_id, customer_id, place)
  JOIN purchase_rhythms r ON r.brand_id = x.brand_id AND r.customer_id = x.customer_id
  JOIN brands b ON b.id = x.brand_id
  JOIN worth_turns t ON t.brand_id = x.brand_id
  JOIN worth_models m ON m.brand_id = t.brand_id AND m.version = t.version`;

const weeksOfTerms = 52;
const weeksAYear = 365 / 7;

/**
 * What the models of brands say of customers, in the order of the pairs; null where the brand has no model
 * or the customer no rhythm. One statement, none when there are no pairs.
 */
export async function worthsByModel(
  tx: CommandTransaction,
  pairs: readonly ForetoldPair[],
): Promise<(ForetoldWorth | null)[]> {
  const worths = pairs.map((): ForetoldWorth | null => null);
  if (pairs.length === 0) return worths;
  const brands = pairs.map(({ brandId }) => brandId);
  const people = pairs.map(({ customerId }) => customerId);
  for (const row of await tx.query<Row>(rhythmsSql, [brands, people, tx.now])) {
    const { terms } = pairs[row.place - 1] as ForetoldPair;
    worths[row.place - 1] = worthOf(row, terms);
  }
  return worths;
}

function worthOf(row: Row, terms: WorthTerms): ForetoldWorth {
  const horizon = foretell(row, row, terms.horizonYears * weeksOfTerms, terms);
  const year = foretell(row, row, weeksAYear, terms);
  return {
    clvMinor: Math.min(horizon.valueMinor, Number.MAX_SAFE_INTEGER),
    pAlive: horizon.pAlive,
    expectedOrders: year.orders,
    expectedValueMinor: horizon.orderMinor,
    modelVersion: `${foretoldBy}/${row.version}`,
  };
}
