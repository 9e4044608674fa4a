import type { AttentionBandName, DormancyStateName, FunnelStepName } from '../attention';

/** Of customers in a state: all, and those of them who are reachable and silent, with what they are worth. */
export interface StateFigures {
  customers: number;
  silent: number;
  /** In the smallest coin of the brand's currency. */
  worth: number;
  /** Of the reachable and silent, those nobody knows the worth of. */
  unvalued: number;
}

/** Who took each step of the funnel and all before it, of those whom a message reached. */
export type FunnelFigures = Record<Lowercase<FunnelStepName>, number>;

/** What is counted of a brand's whole base. */
export interface Figures {
  customers: number;
  addressed: number;
  reach30: number;
  reach90: number;
  reach365: number;
  attentionSum: number;
  attentionMedian: number;
  bands: Record<AttentionBandName, number>;
  active: number;
  streaking: number;
  /** Only states that somebody is in. */
  states: Partial<Record<DormancyStateName, StateFigures>>;
  /** By how many days back; what was reckoned before there were funnels has none. */
  funnels?: Record<`${FunnelDays}`, FunnelFigures>;
}

/** A quarter with clickers: how many, and how many of them had clicked in the quarter before. */
export interface QuarterFigures {
  firstDay: string;
  clickers: number;
  returned: number;
}

/** How many days back funnels go. */
export const funnelDays = [7, 30, 90, 365] as const;

export type FunnelDays = (typeof funnelDays)[number];

export const cohortBases = {
  FIRST_CONTACT: 'By the month of the first contact; there is whoever attended in a month.',
  FIRST_ORDER: 'By the month of the first order; there is whoever ordered in a month.',
} as const;

export type CohortBasisName = keyof typeof cohortBases;

/** The month a cohort began in, how many months later (-1 for all who began), and how many customers. */
export type CohortCell = [cohort: string, month: number, customers: number];

/** How a brand stands, as it was reckoned at some moment. */
export interface Standing {
  computedAt: Date;
  /** The brand's local day then. */
  today: string;
  figures: Figures;
  quarters: QuarterFigures[];
  rolling: { before: number; returned: number };
  cohorts: Record<CohortBasisName, CohortCell[]>;
}
