import type { Context } from '../platform/graphql/context';
import { wasteOf, type VerdictSum, type Waste } from './ad-waste';
import type { AdWaste } from './ad-waste.type';
import { byDays } from './by-days';
import { moneyOf } from './figures';
import { measured, type Asked } from './period';

/** The definition of docs/economics.md. */
const model = 'ad-waste-1';

// What a campaign cost beyond the costs that were named is shared by those who named none.
const sumsSql = `
  SELECT d.brand_id, d.verdict, sum(d.acquisitions)::bigint AS acquisitions,
    (sum(d.cost_minor) + round(sum(d.unpriced * coalesce(c.price, 0))))::bigint AS cost,
    coalesce(sum(d.unpriced) FILTER (WHERE c.price IS NULL), 0)::bigint AS unpriced,
    sum(d.other_currency)::bigint AS "otherCurrency", sum(d.awake)::bigint AS awake,
    sum(d.ordered)::bigint AS ordered
  FROM acquisition_days d
  LEFT JOIN LATERAL (
    SELECT (t.spend_minor - t.priced_minor)::numeric / t.unpriced AS price FROM campaign_totals t
    WHERE t.brand_id = d.brand_id AND t.campaign = d.campaign AND d.unpriced <> 0
      AND t.unpriced > 0 AND t.spend_minor > t.priced_minor) c ON true
  WHERE d.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR d.brand_id = $1)
    AND d.local_day BETWEEN $3 AND $4
  GROUP BY d.brand_id, d.verdict`;

const readSums = byDays<VerdictSum>(sumsSql);

/** The waste of some days in coins of the brand's currency. */
export async function readWaste(context: Context, { brand, days }: Asked): Promise<Waste> {
  return wasteOf(await readSums(context, brand.uuid, days));
}

/** As the graph shows it. */
export async function readAdWaste(context: Context, asked: Asked): Promise<AdWaste> {
  const waste = await readWaste(context, asked);
  const money = moneyOf(asked.brand.currency);
  const orNull = (minor: number | null) => (minor === null ? null : money(minor));
  return {
    ...measured(asked, model),
    reacquisition: { ...waste.reacquisition, spend: money(waste.reacquisition.spend) },
    wrongAcquisition: { ...waste.wrong, spend: money(waste.wrong.spend) },
    wasted: money(waste.wasted),
    share: waste.share,
    paidSpend: money(waste.paid),
    acquisitions: waste.acquisitions,
    trueNew: waste.trueNew,
    watched: waste.watched,
    alreadyAwake: waste.awake,
    unpriced: waste.unpriced,
    otherCurrency: waste.otherCurrency,
    reportedCac: orNull(waste.reportedCac),
    trueCac: orNull(waste.trueCac),
  };
}
