import type { Attentiveness, Band, Progress, SegmentationModel } from './models';

/** Shares of those who ever ordered, in percent: the best, and the best and the rest together. */
const bestPercent = 20;
const bestAndRestPercent = 50;
const loyalOrders = 4;

/** What is known of a customer. `worth` is the lifetime value in minor units, 0 where nobody knows. */
export interface BandFacts {
  orders: number;
  worth: number;
  /** The state of dormancy; null before anybody was sent anything. */
  dormancy: string | null;
}

/** The least worth that is still BEST, and that is still REST; null where nobody is. */
export interface Cuts {
  best: number | null;
  rest: number | null;
}

/**
 * The places, from 1, of the last who is BEST and the last who is REST among so many ranked customers;
 * 0 for nobody. Whoever a share falls in the middle of belongs to it.
 */
export function lastPlaces(customers: number): { best: number; rest: number } {
  return {
    best: Math.ceil((customers * bestPercent) / 100),
    rest: Math.ceil((customers * bestAndRestPercent) / 100),
  };
}

/** The cuts of a ranking, by what each is worth, highest first. Ties go to the higher band. */
export function cutsOf(ranked: readonly number[]): Cuts {
  const { best, rest } = lastPlaces(ranked.length);
  return { best: ranked[best - 1] ?? null, rest: ranked[rest - 1] ?? null };
}

function isBest({ worth }: BandFacts, { best }: Cuts): boolean {
  return best !== null && worth >= best;
}

/** How attentive somebody is; who cannot be judged counts as drifting. */
export function attentivenessOf(dormancy: string | null): Attentiveness {
  if (dormancy === 'ACTIVE') return 'ATTENTIVE';
  return dormancy === 'DORMANT' || dormancy === 'LOST' ? 'GONE' : 'DRIFTING';
}

/** How far somebody has come with ordering. LOYAL wins over the number of orders. */
export function progressOf(facts: BandFacts, cuts: Cuts): Progress {
  if (facts.orders === 0) return 'NO_ORDER';
  if (facts.orders >= loyalOrders || isBest(facts, cuts)) return 'LOYAL';
  return facts.orders === 1 ? 'FIRST' : 'REPEAT';
}

function byValue(facts: BandFacts, cuts: Cuts): Band {
  if (isBest(facts, cuts)) return 'BEST';
  return cuts.rest !== null && facts.worth >= cuts.rest ? 'REST' : 'TEST';
}

function byAttention(facts: BandFacts, cuts: Cuts): Band {
  const attentive = attentivenessOf(facts.dormancy);
  if (attentive === 'GONE') return 'TEST';
  return attentive === 'ATTENTIVE' && isBest(facts, cuts) ? 'BEST' : 'REST';
}

function byTable(facts: BandFacts, cuts: Cuts): Band {
  if (attentivenessOf(facts.dormancy) !== 'ATTENTIVE') return 'REST';
  return progressOf(facts, cuts) === 'LOYAL' ? 'BEST' : 'TEST';
}

const rules: Record<SegmentationModel, (facts: BandFacts, cuts: Cuts) => Band> = {
  VALUE_2021: byValue,
  ATTENTION_2025: byAttention,
  TAT_2026: byTable,
};

/** The band a model puts a customer into (docs/segments.md). Who never ordered is NEXT in all of them. */
export function bandOf(model: SegmentationModel, facts: BandFacts, cuts: Cuts): Band {
  return facts.orders === 0 ? 'NEXT' : rules[model](facts, cuts);
}
