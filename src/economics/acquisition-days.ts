import type { CommandTransaction } from '../platform/database/command';
import type { AcquisitionRow } from './acquisition.entity';
import type { BrandBooks } from './brand-books';
import type { VerdictName } from './marketing';
import { wasAwake } from './prior-state';

type Counted = Pick<
  AcquisitionRow,
  'brand_id' | 'local_day' | 'route' | 'campaign' | 'cost_minor' | 'currency' | 'prior'
>;

/** An acquisition that is added to a day under a verdict, or taken off it. */
export interface DayChange {
  row: Counted;
  verdict: VerdictName;
  times: 1 | -1;
  ordered?: boolean;
}

const daysSql = `
  INSERT INTO acquisition_days AS d (brand_id, local_day, route, campaign, verdict, acquisitions,
    cost_minor, unpriced, other_currency, awake, ordered)
  SELECT t.brand_id, t.local_day, t.route, t.campaign, t.verdict, sum(t.times),
    sum(t.times * t.cost_minor), sum(t.times * t.unpriced), sum(t.times * t.other_currency),
    sum(t.times * t.awake), sum(t.times * t.ordered)
  FROM unnest($1::uuid[], $2::date[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::bigint[],
    $8::integer[], $9::integer[], $10::integer[], $11::integer[])
    AS t(brand_id, local_day, route, campaign, verdict, times, cost_minor, unpriced, other_currency,
      awake, ordered)
  GROUP BY t.brand_id, t.local_day, t.route, t.campaign, t.verdict
  ORDER BY t.brand_id, t.local_day, t.route, t.campaign, t.verdict
  ON CONFLICT (brand_id, local_day, route, campaign, verdict) DO UPDATE SET
    acquisitions = d.acquisitions + excluded.acquisitions,
    cost_minor = d.cost_minor + excluded.cost_minor, unpriced = d.unpriced + excluded.unpriced,
    other_currency = d.other_currency + excluded.other_currency,
    awake = d.awake + excluded.awake, ordered = d.ordered + excluded.ordered`;

/** Keeps the days in step with acquisitions, in the transaction that records or judges them. */
export async function countOnDays(
  tx: Pick<CommandTransaction, 'query'>,
  changes: readonly DayChange[],
  books: ReadonlyMap<string, BrandBooks>,
): Promise<void> {
  if (changes.length === 0) return;
  const own = (row: Counted) => row.currency === books.get(row.brand_id)?.currency;
  const isUnpriced = ({ row, verdict }: DayChange) =>
    row.cost_minor === null && verdict !== 'UNPAID';
  await tx.query(daysSql, [
    changes.map(({ row }) => row.brand_id),
    changes.map(({ row }) => row.local_day),
    changes.map(({ row }) => row.route),
    changes.map(({ row }) => row.campaign ?? ''),
    changes.map(({ verdict }) => verdict),
    changes.map(({ times }) => times),
    changes.map(({ row }) => (own(row) ? row.cost_minor : 0)),
    changes.map((change) => Number(isUnpriced(change))),
    changes.map(({ row }) => Number(row.cost_minor !== null && !own(row))),
    changes.map(({ row }) => Number(wasAwake(row.prior))),
    changes.map(({ ordered }) => Number(ordered === true)),
  ]);
}

const campaignsSql = `
  INSERT INTO campaign_totals AS c (brand_id, campaign, spend_minor, priced_minor, unpriced)
  SELECT t.brand_id, t.campaign, 0, sum(t.priced), sum(t.unpriced)
  FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::integer[])
    AS t(brand_id, campaign, priced, unpriced)
  GROUP BY t.brand_id, t.campaign ORDER BY t.brand_id, t.campaign
  ON CONFLICT (brand_id, campaign) DO UPDATE SET
    priced_minor = c.priced_minor + excluded.priced_minor, unpriced = c.unpriced + excluded.unpriced`;

/** Tells campaigns whom they brought: what is named as a cost, and who shares the rest. */
export async function countInCampaigns(
  tx: Pick<CommandTransaction, 'query'>,
  rows: readonly AcquisitionRow[],
  books: ReadonlyMap<string, BrandBooks>,
): Promise<void> {
  const paid = rows.filter(({ campaign, verdict }) => campaign !== null && verdict !== 'UNPAID');
  if (paid.length === 0) return;
  const own = (row: AcquisitionRow) => row.currency === books.get(row.brand_id)?.currency;
  await tx.query(campaignsSql, [
    paid.map((row) => row.brand_id),
    paid.map((row) => row.campaign),
    paid.map((row) => (own(row) ? row.cost_minor : 0)),
    paid.map((row) => Number(row.cost_minor === null)),
  ]);
}
