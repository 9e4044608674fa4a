import minimize from 'minimize-powell';

/** Why no parameters were found. */
export type Unfit = 'AT_THE_EDGE' | 'NOT_CONVERGED';

/** What maximised a likelihood. */
export interface Fit {
  parameters: number[];
  logLikelihood: number;
}

/** What is to be fitted: positive parameters, each within a range. */
export interface FitTask {
  /** How many observations the likelihood sums over. */
  observations: number;
  logLikelihood: (parameters: readonly number[]) => number;
  starts: readonly (readonly number[])[];
  /** Smallest and largest believable value of each parameter. */
  ranges: readonly (readonly [least: number, most: number])[];
}

const searches = { maxIter: 6, tolerance: 1e-3, lineTolerance: 1e-4 };
/** A search that ends is begun anew where it ended, until that wins no more than this an observation. */
const won = 1e-9;
const mostSearches = 30;
/** The steepest slope, an observation and a doubling of a parameter or so, of what counts as a top. */
const flat = 2e-5;
/** How near a parameter may come to the end of its range, in logarithms. */
const edge = 1e-3;

/**
 * Maximises a likelihood over the logarithms of its parameters by Powell's method, from several starts. What
 * it answers is a top: searched again from where it lies nothing is won, and the slope there is flat.
 */
export function fitParameters(task: FitTask): Fit | Unfit {
  const cost = costOf(task);
  const ends = task.starts.map((start) => search(cost, start.map(Math.log), 1));
  const nearest = ends.reduce((one, other) => (cost(other) < cost(one) ? other : one));
  const best = search(cost, nearest, mostSearches);
  if (!best.every(Number.isFinite) || !Number.isFinite(cost(best))) return 'NOT_CONVERGED';
  const atEdge = task.ranges.some(([least, most], at) => {
    const value = best[at] as number;
    return value < Math.log(least) + edge || value > Math.log(most) - edge;
  });
  if (atEdge) return 'AT_THE_EDGE';
  if (slopesAt(cost, best).some((slope) => !(Math.abs(slope) < flat))) return 'NOT_CONVERGED';
  const parameters = best.map(Math.exp);
  return { parameters, logLikelihood: task.logLikelihood(parameters) };
}

/** What is minimised: the mean loss, and a bowl around the ranges so that no search leaves them far. */
function costOf({ observations, logLikelihood, ranges }: FitTask): (logs: number[]) => number {
  return (logs) => {
    let beyond = 0;
    const inside = logs.map((value, at) => {
      const [least, most] = ranges[at] as readonly [number, number];
      const kept = Math.min(Math.max(value, Math.log(least)), Math.log(most));
      beyond += (value - kept) ** 2;
      return Math.exp(kept);
    });
    const cost = beyond - logLikelihood(inside) / observations;
    return Number.isNaN(cost) ? Infinity : cost;
  };
}

function search(cost: (logs: number[]) => number, start: number[], most: number): number[] {
  let best = start;
  for (let round = 0; round < most; round += 1) {
    const found = minimize(cost, best, searches);
    const gain = cost(best) - cost(found);
    if (gain > 0) best = found;
    if (!(gain > won)) return best;
  }
  return best;
}

function slopesAt(cost: (logs: number[]) => number, logs: number[]): number[] {
  const step = 1e-4;
  return logs.map((value, at) => {
    const [less, more] = [logs.with(at, value - step), logs.with(at, value + step)];
    return (cost(more) - cost(less)) / (2 * step);
  });
}
