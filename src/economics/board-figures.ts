import { enumOf } from '../platform/graphql/described-enum';
import type { Context } from '../platform/graphql/context';
import type { MonetaryAmount } from '../platform/graphql/money.type';
import { readAdWaste } from './ad-waste.loader';
import { readAttentionVsAuction } from './attention-vs-auction';
import { readSpendRatio } from './budget.loader';
import { readEarnedGrowth } from './earned-growth';
import { readMuEconomy } from './mu-economy.loader';
import { readOrderBuckets } from './order-buckets';
import type { Asked } from './period';
import { readConcentration } from './profit-concentration';

/** The definition of the whole; each figure has its own beside. */
export const boardModel = 'executive-summary-1';

/** Figures of the days of the report. */
const ofDays = {
  AD_WASTE: 'What of the money for new customers bought none.',
  AD_WASTE_SHARE: 'Its part of that money.',
  REPORTED_CAC: 'What an acquisition cost by the count of all.',
  TRUE_CAC: 'What a customer who was truly new cost.',
  TRUE_NEW_CUSTOMERS: 'Customers who were truly new, watched ones included.',
  MARKETING_SPEND: 'What was spent on marketing.',
  MARKETING_SPEND_RATIO: 'The part of it that went to existing customers.',
  ORDERS: 'Orders in the brand’s currency.',
  NET_REVENUE: 'What they brought after refunds.',
  REACQUISITION_TAX_BASE: 'Revenue of known customers for whom an ad platform was paid again.',
  COST_PER_VERIFIED_ATTENTION: 'What a verified attention cost.',
  COST_PER_REACQUISITION: 'What buying a customer back cost.',
  MU_ISSUED: 'Mu that came to customers.',
  MU_BURNED: 'Mu that customers spent.',
} as const;

/** Figures of another stretch of time, or as they stand, which no days before are beside. */
const standing = {
  MU_OUTSTANDING: 'Mu that customers held, as it stood.',
  EARNED_GROWTH: 'Growth by customers who stay and friends they bring, of the year so far.',
  NET_REVENUE_RETENTION: 'The part of last year’s revenue that those customers brought again.',
  BEST_FIFTH_PROFIT_SHARE: 'The part of all profit that lay with the best fifth of customers.',
} as const;

const names = { ...ofDays, ...standing };

export type BoardFigureName = keyof typeof names;

/** The figures as a GraphQL enum; values equal names. */
export const BoardFigureEnum = enumOf<BoardFigureName>(
  'BoardFigureName',
  'A figure of a report; docs/economics.md says how each is reckoned.',
  names,
);

/** One figure: a number or an amount, null where there was none, and by which definition. */
export interface BoardFigure {
  name: BoardFigureName;
  value: number | null;
  amount: MonetaryAmount | null;
  modelVersion: string;
}

/** Whether a figure is of the days of a report, so that it can be held against the days before. */
export function isOfDays(name: BoardFigureName): boolean {
  return name in ofDays;
}

type Told = Partial<Record<BoardFigureName, number | MonetaryAmount | null>>;

function told(modelVersion: string, figures: Told): BoardFigure[] {
  return (Object.entries(figures) as [BoardFigureName, Told[BoardFigureName]][]).map(
    ([name, figure]): BoardFigure => {
      const isNumber = typeof figure === 'number';
      const amount = isNumber ? null : (figure ?? null);
      return { name, value: isNumber ? figure : null, amount, modelVersion };
    },
  );
}

/** What a board asks about some days of a brand, figure by figure, in one order everywhere. */
export async function readBoardFigures(context: Context, asked: Asked): Promise<BoardFigure[]> {
  const waste = await readAdWaste(context, asked);
  const spend = await readSpendRatio(context, asked);
  const orders = await readOrderBuckets(context, asked);
  const auction = await readAttentionVsAuction(context, asked);
  const mu = await readMuEconomy(context, asked);
  const growth = await readEarnedGrowth(
    context,
    asked.brand,
    Number(asked.days.lastDay.slice(0, 4)),
  );
  const profit = await readConcentration(context, asked.brand);
  return [
    ...told(waste.modelVersion, {
      AD_WASTE: waste.wasted,
      AD_WASTE_SHARE: waste.share,
      REPORTED_CAC: waste.reportedCac,
      TRUE_CAC: waste.trueCac,
      TRUE_NEW_CUSTOMERS: waste.trueNew,
    }),
    ...told(spend.modelVersion, {
      MARKETING_SPEND: spend.spent,
      MARKETING_SPEND_RATIO: spend.ratio,
    }),
    ...told(orders.modelVersion, {
      ORDERS: orders.orders,
      NET_REVENUE: orders.net,
      REACQUISITION_TAX_BASE: orders.reacquisitionTaxBase,
    }),
    ...told(auction.modelVersion, {
      COST_PER_VERIFIED_ATTENTION: auction.costPerVerifiedAttention,
      COST_PER_REACQUISITION: auction.costPerReacquisition,
    }),
    ...told(mu.modelVersion, {
      MU_ISSUED: mu.issued,
      MU_BURNED: mu.burned,
      MU_OUTSTANDING: mu.outstanding,
    }),
    ...told(growth?.modelVersion ?? boardModel, {
      EARNED_GROWTH: growth?.earnedGrowth ?? null,
      NET_REVENUE_RETENTION: growth?.netRevenueRetention ?? null,
    }),
    ...told(profit?.modelVersion ?? boardModel, {
      BEST_FIFTH_PROFIT_SHARE: profit?.bestFifthShare ?? null,
    }),
  ];
}
