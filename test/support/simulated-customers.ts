import type { BgNbd } from '../../src/worth/bg-nbd';
import type { WorthCell } from '../../src/worth/fit-worth';
import type { GammaGamma } from '../../src/worth/gamma-gamma';

/** Numbers from 0 to below 1 that a seed fixes. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A draw of a gamma distribution of rate 1, by Marsaglia and Tsang. */
function drawGamma(random: () => number, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const normal = radius * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v))
      return d * v;
  }
}

/** A customer's life as the models tell it: when they buy, in weeks after their first purchase. */
function live(random: () => number, buying: BgNbd, weeks: number): number[] {
  const rate = drawGamma(random, buying.r) / buying.alpha;
  const stop = drawGamma(random, buying.a);
  const stopping = stop / (stop + drawGamma(random, buying.b));
  const times: number[] = [];
  for (let time = 0; ;) {
    time -= Math.log(1 - random()) / rate;
    if (time > weeks) return times;
    times.push(time);
    if (random() < stopping) return times;
  }
}

export interface Simulation {
  customers: number;
  /** First purchases lie evenly in so many weeks before now. */
  weeks: number;
  seed: number;
}

/** Customers who live by the models, each a cell, with what they buy in so many weeks after now. */
export function simulateCustomers(
  buying: BgNbd,
  spending: GammaGamma,
  { customers, weeks, seed }: Simulation,
  ahead = 0,
): (WorthCell & { later: number })[] {
  const random = randomFrom(seed);
  return Array.from({ length: customers }, () => {
    const age = Math.floor(random() * weeks * 7) / 7;
    const times = live(random, buying, age + ahead);
    const until = times.filter((time) => time <= age);
    const rate = drawGamma(random, spending.q) / spending.v;
    const spent = until.reduce((sum) => sum + drawGamma(random, spending.p) / rate, 0);
    return {
      repeats: until.length,
      recency: Math.round((until.at(-1) ?? 0) * 7) / 7,
      age,
      spent: Math.ceil(spent),
      customers: 1,
      later: times.length - until.length,
    };
  });
}
