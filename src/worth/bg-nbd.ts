import { log as logGamma } from 'gamma';

const { exp, log, log1p } = Math;

/**
 * The four numbers of a BG/NBD model: customers buy at rates spread like a gamma distribution of shape `r`
 * and rate `alpha` (in weeks), and stop after a purchase with chances spread like a beta distribution of
 * `a` and `b`. Fader, Hardie and Lee 2005; see docs/worth-model.md.
 */
export interface BgNbd {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/** What the model knows of a customer; times in weeks. */
export interface Rhythm {
  /** Days with a purchase after the first such day. */
  repeats: number;
  /** From the first day to the last; 0 without repeats. */
  recency: number;
  /** From the first day to now. */
  age: number;
}

/** What is left of a sum is told apart from it no more. */
const negligible = 1e-15;
/** A sum that would have more terms is taken as an integral. */
const mostTerms = 2000;
/** Below this e to the power of a number is 0. */
const smallestLog = -700;

/** The chance from 0 to 1 that the customer has not stopped buying; without repeats always 1. */
export function aliveProbability(model: BgNbd, rhythm: Rhythm): number {
  return 1 / (1 + exp(logOddsStopped(model, rhythm)));
}

/** The logarithm of the odds of having stopped against still buying; −Infinity without repeats. */
export function logOddsStopped({ r, alpha, a, b }: BgNbd, rhythm: Rhythm): number {
  const { repeats, recency, age } = rhythm;
  if (repeats === 0) return -Infinity;
  const silence = log((alpha + age) / (alpha + recency));
  return log(a / (b + repeats - 1)) + (r + repeats) * silence;
}

/** How many repeat purchases a customer of this rhythm makes in the next weeks, on average. */
export function expectedPurchases(model: BgNbd, rhythm: Rhythm, weeks: number): number {
  return aliveProbability(model, rhythm) * expectedWhenAlive(model, rhythm, weeks);
}

/** How many repeat purchases somebody makes within so many weeks of their first, on average. */
export function expectedFromFirst(model: BgNbd, weeks: number): number {
  return expectedWhenAlive(model, { repeats: 0, recency: 0, age: 0 }, weeks);
}

/**
 * The Gaussian hypergeometric function of the paper, as a sum without a difference in it. To somebody who
 * still buys, `n` occasions come with negative binomial chances; the k-th of them finds them still there
 * with the chance E(1 − p)^k of the beta distribution. No term is negative and none has a pole, so it is
 * exact also where `a` is 1, where the printed formula divides nothing by nothing.
 */
function expectedWhenAlive({ r, alpha, a, b }: BgNbd, rhythm: Rhythm, weeks: number): number {
  if (weeks <= 0) return 0;
  const shape = r + rhythm.repeats;
  const stays = b + rhythm.repeats;
  const from = alpha + rhythm.age;
  if ((1 + weeks / from) * (shape + 40) > mostTerms) {
    return byIntegral({ shape, ahead: weeks / from, a, stays });
  }
  const share = weeks / (from + weeks);
  const mean = (shape * weeks) / from;
  let logChance = -shape * log1p(weeks / from);
  let chance = 0;
  let survives = 1;
  let bought = 0;
  let sum = 0;
  for (let n = 0; ; n += 1) {
    // Far left of the mean the chance is too small for a number, and counted by its logarithm.
    chance = chance > 0 ? chance : logChance < smallestLog ? 0 : exp(logChance);
    const term = chance * bought;
    sum += term;
    const ratio = ((shape + n) / (n + 1)) * share;
    if (n > mean && ratio < 1 && term < negligible * sum * (1 - ratio)) return sum;
    if (chance > 0) chance *= ratio;
    else logChance += log(ratio);
    bought += survives;
    survives *= (stays + n) / (a + stays + n);
  }
}

interface Odds {
  shape: number;
  /** The weeks ahead against those the rate is known from. */
  ahead: number;
  a: number;
  stays: number;
}

/**
 * The same for somebody who is looked at so far ahead that the sum would take long: the mean over the chance
 * `p` of stopping of (1 − (1 + ahead·p)^−shape) ÷ p, by the trapezium rule over the logit of `p`. There its
 * density falls on both sides like an exponential, and the rule is exact but for the last figures.
 */
function byIntegral({ shape, ahead, a, stays }: Odds): number {
  const spread = Math.sqrt(1 / a + 1 / stays);
  const middle = log(a / stays);
  const from = middle - Math.max(10 * spread, 40 / a) - log1p(ahead);
  const until = middle + Math.max(10 * spread, 40 / stays);
  const step = 0.2 * Math.min(1, spread);
  const top = a * logistic(middle) + stays * logistic(-middle);
  let mass = 0;
  let sum = 0;
  for (let at = from; at <= until; at += step) {
    const logP = logistic(at);
    const density = exp(a * logP + stays * logistic(-at) - top);
    const p = exp(logP);
    mass += density;
    sum += density * (p > 0 ? -Math.expm1(-shape * log1p(ahead * p)) / p : shape * ahead);
  }
  return sum / mass;
}

/** The logarithm of the chance whose logit is x. */
function logistic(x: number): number {
  return x > 0 ? -log1p(exp(-x)) : x - log1p(exp(x));
}

/** Customers of one rhythm, counted. */
export interface RhythmCell extends Rhythm {
  customers: number;
}

/**
 * The log-likelihood of the cells as a function of the model. What cells share, the logarithm of each
 * distinct time and the gamma functions of each distinct count, is reckoned once a call.
 */
export function bgNbdLikelihood(cells: readonly RhythmCell[]): (model: BgNbd) => number {
  const times = new Distinct();
  const counts = new Distinct();
  const at = cells.map(({ repeats, recency, age }) => [
    counts.indexOf(repeats),
    times.indexOf(recency),
    times.indexOf(age),
  ]);
  const flat = Int32Array.from(at.flat());
  const customers = Float64Array.from(cells.map((cell) => cell.customers));
  return (model) => {
    const logTimes = times.map((time) => log(model.alpha + time));
    const gammas = counts.map((count) => logGammaPart(model, count));
    const odds = counts.map((count) => log(model.a / (model.b + count - 1)));
    let sum = 0;
    for (let cell = 0; cell < customers.length; cell += 1) {
      const count = flat[3 * cell] as number;
      const repeats = counts.values[count] as number;
      const logAge = logTimes[flat[3 * cell + 2] as number] as number;
      const power = model.r + repeats;
      let own = (gammas[count] as number) - power * logAge;
      if (repeats > 0) {
        const logRecency = logTimes[flat[3 * cell + 1] as number] as number;
        own += logOnePlusExp((odds[count] as number) + power * (logAge - logRecency));
      }
      sum += (customers[cell] as number) * own;
    }
    return sum;
  };
}

function logGammaPart({ r, alpha, a, b }: BgNbd, count: number): number {
  return (
    logGamma(r + count) -
    logGamma(r) +
    r * log(alpha) +
    (logGamma(a + b) - logGamma(a + b + count)) +
    (logGamma(b + count) - logGamma(b))
  );
}

/** ln(1 + e^x) without overflow. */
function logOnePlusExp(x: number): number {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/** The distinct values of a column. */
class Distinct {
  readonly values: number[] = [];
  private readonly places = new Map<number, number>();

  indexOf(value: number): number {
    const known = this.places.get(value);
    if (known !== undefined) return known;
    this.places.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  map(work: (value: number) => number): Float64Array {
    return Float64Array.from(this.values, work);
  }
}
