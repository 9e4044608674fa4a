import { bgNbdLikelihood, type BgNbd, type RhythmCell } from './bg-nbd';
import { fitParameters, type Unfit } from './fit-parameters';
import { gammaGammaLikelihood, type GammaGamma, type SpendCell } from './gamma-gamma';

/** Both models of a brand's customers, and what they were fitted on. */
export interface FittedWorth {
  buying: BgNbd;
  buyingLogLikelihood: number;
  customers: number;
  spending: GammaGamma;
  spendingLogLikelihood: number;
  /** Customers with repeats who spent something; spending is fitted on them. */
  spenders: number;
}

/** Why a brand has no model. */
export type WorthRefusal =
  'TOO_FEW_CUSTOMERS' | 'TOO_FEW_REPEAT_CUSTOMERS' | 'BUYING_UNFIT' | 'SPENDING_UNFIT';

/** The fewest customers a model is fitted on: below them the parameters are noise. */
export interface LeastCustomers {
  customers: number;
  repeating: number;
}

/** Customers of one rhythm and spending, counted. */
export interface WorthCell extends RhythmCell {
  /** What was spent on the days after the first, in minor units. */
  spent: number;
}

/** A fit over more cells than these starts where a fit over so many of them ended. */
const pilotCells = 2000;

/** Fits both models, or says why that cannot be done. */
export function fitWorth(
  cells: readonly WorthCell[],
  least: LeastCustomers,
): FittedWorth | WorthRefusal {
  const customers = countOf(cells);
  if (customers < least.customers) return 'TOO_FEW_CUSTOMERS';
  const spenders = spendersOf(cells);
  if (countOf(spenders) < least.repeating) return 'TOO_FEW_REPEAT_CUSTOMERS';
  const buying = fitBgNbd(cells);
  if (typeof buying === 'string') return 'BUYING_UNFIT';
  const spending = fitGammaGamma(spenders);
  if (typeof spending === 'string') return 'SPENDING_UNFIT';
  return {
    buying: buying.model,
    buyingLogLikelihood: buying.logLikelihood,
    customers,
    spending: spending.model,
    spendingLogLikelihood: spending.logLikelihood,
    spenders: countOf(spenders),
  };
}

/** Those who came back and paid, as the model of spending looks at them. */
export function spendersOf(cells: readonly WorthCell[]): SpendCell[] {
  return cells
    .filter(({ repeats, spent }) => repeats > 0 && spent > 0)
    .map(({ repeats, spent, customers }) => ({ purchases: repeats, spent, customers }));
}

/** The BG/NBD model most likely behind the rhythms; times in weeks. */
export function fitBgNbd(
  cells: readonly RhythmCell[],
): { model: BgNbd; logLikelihood: number } | Unfit {
  const distinct = merged(cells);
  const likelihood = bgNbdLikelihood(distinct);
  const week = meanAge(cells) / 10;
  const fit = fitParameters({
    observations: countOf(cells),
    logLikelihood: (parameters) => likelihood(buyingOf(parameters)),
    starts: pilotOf(distinct, fitBgNbd, ({ r, alpha, a, b }) => [r, alpha / r, a / b, a + b]) ?? [
      [0.5, 2 * week, 0.25, 2.5],
      [2, week, 0.1, 10],
    ],
    ranges: [
      [1e-3, 1e3],
      [1e-2, 1e5],
      [1e-4, 1e3],
      [1e-2, 1e3],
    ],
  });
  if (typeof fit === 'string') return fit;
  return { model: buyingOf(fit.parameters), logLikelihood: fit.logLikelihood };
}

/**
 * What is searched over: shape, mean weeks between purchases, odds of stopping, and how alike people are in
 * that. Each pair the model multiplies lies along an axis of its own, so that a search need not zigzag.
 */
function buyingOf(parameters: readonly number[]): BgNbd {
  const [r, pause, odds, alike] = parameters as [number, number, number, number];
  const stops = odds / (1 + odds);
  return { r, alpha: pause * r, a: alike * stops, b: alike * (1 - stops) };
}

/** Likewise: both shapes, and the mean of everybody against the mean seen. */
function spendingOf(parameters: readonly number[], mean: number): GammaGamma {
  const [p, excess, height] = parameters as [number, number, number];
  return { p, q: 1 + excess, v: (height * mean * excess) / p };
}

/** The Gamma-Gamma model most likely behind what was spent. */
export function fitGammaGamma(
  cells: readonly SpendCell[],
): { model: GammaGamma; logLikelihood: number } | Unfit {
  const likelihood = gammaGammaLikelihood(cells);
  const purchases = cells.reduce((sum, cell) => sum + cell.customers * cell.purchases, 0);
  const mean = cells.reduce((sum, cell) => sum + cell.customers * cell.spent, 0) / purchases;
  const model = (parameters: readonly number[]): GammaGamma => spendingOf(parameters, mean);
  const fit = fitParameters({
    observations: countOf(cells),
    logLikelihood: (parameters) => likelihood(model(parameters)),
    starts: pilotOf(cells, fitGammaGamma, ({ p, q, v }) => [
      p,
      q - 1,
      (p * v) / (q - 1) / mean,
    ]) ?? [
      [1, 1, 1],
      [5, 3, 1],
    ],
    ranges: [
      [1e-2, 1e3],
      [1e-2, 1e3],
      [1e-2, 1e2],
    ],
  });
  if (typeof fit === 'string') return fit;
  return { model: model(fit.parameters), logLikelihood: fit.logLikelihood };
}

/** Where to begin with many cells: where a fit over an even choice of them ends; null for a few cells. */
function pilotOf<Cell, Model>(
  cells: readonly Cell[],
  fit: (some: readonly Cell[]) => { model: Model } | Unfit,
  parametersOf: (model: Model) => number[],
): number[][] | null {
  if (cells.length <= pilotCells) return null;
  const each = Math.ceil(cells.length / pilotCells);
  const pilot = fit(cells.filter((_, at) => at % each === 0));
  return typeof pilot === 'string' ? null : [parametersOf(pilot.model)];
}

function countOf(cells: readonly { customers: number }[]): number {
  return cells.reduce((sum, { customers }) => sum + customers, 0);
}

function meanAge(cells: readonly RhythmCell[]): number {
  return cells.reduce((sum, cell) => sum + cell.customers * cell.age, 0) / countOf(cells) || 1;
}

/** Cells that differ in spending only are one to the model of buying. */
function merged(cells: readonly RhythmCell[]): RhythmCell[] {
  const found = new Map<string, RhythmCell>();
  for (const { repeats, recency, age, customers } of cells) {
    const key = `${repeats} ${recency} ${age}`;
    const cell = found.get(key);
    if (cell === undefined) found.set(key, { repeats, recency, age, customers });
    else cell.customers += customers;
  }
  return [...found.values()];
}
