import type { Arms } from './arms.loader';
import { outcomesOf } from './arms';
import type { ExperimentEntity } from './experiment.entity';
import { upliftOf, type Uplift } from './newcombe';
import { costOf } from './price';

/** The definition of everything here. */
export const modelVersion = 'uplift-1';

/** What an experiment did and what that cost; money in minor units of its currency. */
export interface ResultFigures {
  uplift: Uplift | null;
  /** Outcomes that would not have been; null while an arm is empty. */
  incremental: number | null;
  muCost: number;
  messageCost: number;
  cost: number;
  /** Null where nothing was gained. */
  costPerIncremental: number | null;
}

type Priced = Pick<ExperimentEntity, 'outcome' | 'muPrice' | 'costOfMessage' | 'currency'>;

/** uplift = p(treated) − p(held out); incremental = uplift × treated; cost ÷ incremental is its price. */
export function figuresOf(
  experiment: Priced,
  { treated, heldOut }: Arms,
  muSpent: number,
): ResultFigures {
  const { outcome, muPrice, costOfMessage, currency } = experiment;
  const uplift = upliftOf(
    { successes: outcomesOf(treated, outcome), total: treated.members },
    { successes: outcomesOf(heldOut, outcome), total: heldOut.members },
  );
  const incremental = uplift === null ? null : roundOff(uplift.difference * treated.members);
  const muCost = costOf(muSpent, muPrice, currency);
  const messageCost = costOf(treated.deliveries + heldOut.deliveries, costOfMessage, currency);
  const cost = muCost + messageCost;
  const gained = incremental !== null && incremental > 0;
  const costPerIncremental = gained ? Math.round(cost / incremental) : null;
  return { uplift, incremental, muCost, messageCost, cost, costPerIncremental };
}

/** By how much more often the treated ordered, and how many of them would not have; null while an arm is empty. */
export function orderedMore({
  treated,
  heldOut,
}: Arms): Pick<ResultFigures, 'uplift' | 'incremental'> {
  const uplift = upliftOf(
    { successes: treated.ordered, total: treated.members },
    { successes: heldOut.ordered, total: heldOut.members },
  );
  return {
    uplift,
    incremental: uplift === null ? null : roundOff(uplift.difference * treated.members),
  };
}

/** What the treated paid beyond what as many of the held out would have; null while an arm is empty. */
export function incrementalRevenueOf({ treated, heldOut }: Arms): number | null {
  if (treated.members === 0 || heldOut.members === 0) return null;
  const each = treated.revenueMinor / treated.members - heldOut.revenueMinor / heldOut.members;
  return Math.round(each * treated.members);
}

/** Without what binary fractions add: 0.02 × 36,000 is 720. */
function roundOff(value: number): number {
  return Number(value.toPrecision(12));
}
