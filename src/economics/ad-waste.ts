import type { VerdictName } from './marketing';
import { costOfOne, shareOf, sum } from './figures';

/** Acquisitions of one verdict, summed over days; money in coins. */
export interface VerdictSum {
  verdict: VerdictName;
  acquisitions: number;
  /** What they cost that named a cost, and what the others share of what their campaigns cost. */
  cost: number;
  /** How many have no cost at all: nobody named one, and their campaign has nothing to share. */
  unpriced: number;
  otherCurrency: number;
  awake: number;
  ordered: number;
}

export interface WasteLine {
  count: number;
  spend: number;
  share: number | null;
}

/** What of the money for new customers was spent on no new customer; docs/economics.md defines it. */
export interface Waste {
  reacquisition: WasteLine;
  wrong: WasteLine & { withoutOrder: number };
  wasted: number;
  share: number | null;
  paid: number;
  acquisitions: number;
  trueNew: number;
  watched: number;
  awake: number;
  unpriced: number;
  otherCurrency: number;
  reportedCac: number | null;
  trueCac: number | null;
}

const none = { acquisitions: 0, cost: 0, unpriced: 0, otherCurrency: 0, awake: 0, ordered: 0 };

/** Judges the sums of some days by the rule of waste. */
export function wasteOf(sums: readonly VerdictSum[]): Waste {
  const paidFor = sums.filter(({ verdict }) => verdict !== 'UNPAID');
  const of = (verdict: VerdictName) => sums.find((one) => one.verdict === verdict) ?? none;
  const paid = sum(paidFor.map(({ cost }) => cost));
  const acquisitions = sum(paidFor.map((one) => one.acquisitions));
  const lineOf = (verdict: VerdictName): WasteLine => {
    const { acquisitions: count, cost: spend } = of(verdict);
    return { count, spend, share: shareOf(spend, paid) };
  };
  const reacquisition = lineOf('REACQUISITION');
  const wrong = of('WRONG');
  const wasted = reacquisition.spend + wrong.cost;
  const watched = of('WATCHED').acquisitions;
  // Whoever may still turn out wrong is new until then.
  const trueNew = of('TRUE_NEW').acquisitions + watched;
  return {
    reacquisition,
    wrong: { ...lineOf('WRONG'), withoutOrder: wrong.acquisitions - wrong.ordered },
    wasted,
    share: shareOf(wasted, paid),
    paid,
    acquisitions,
    trueNew,
    watched,
    awake: of('TRUE_NEW').awake + of('WATCHED').awake,
    unpriced: sum(paidFor.map(({ unpriced }) => unpriced)),
    otherCurrency: sum(paidFor.map(({ otherCurrency }) => otherCurrency)),
    reportedCac: costOfOne(paid, acquisitions),
    trueCac: costOfOne(paid, trueNew),
  };
}
