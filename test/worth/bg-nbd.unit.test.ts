import fc from 'fast-check';
import {
  aliveProbability,
  bgNbdLikelihood,
  expectedFromFirst,
  expectedPurchases,
  type BgNbd,
} from '../../src/worth/bg-nbd';
import { runs } from '../support/long';

const paper: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

const positive = (least: number, most: number) =>
  fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);

const models = fc.record({
  r: positive(0.05, 20),
  alpha: positive(0.5, 100),
  a: positive(0.05, 20),
  b: positive(0.05, 50),
});

const rhythms = fc
  .record({
    repeats: fc.integer({ min: 0, max: 200 }),
    age: fc.double({ min: 0, max: 300, noNaN: true }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ repeats, age, part }) => ({ repeats, age, recency: repeats === 0 ? 0 : part * age }));

/** The mean over the chance `p` of stopping, by its density, in the variable logit p. */
function byIntegration(model: BgNbd, repeats: number, age: number, weeks: number): number {
  const { r, alpha, a, b } = model;
  const w = weeks / (alpha + age);
  let mass = 0;
  let sum = 0;
  for (let s = -400; s <= 400; s += 0.02) {
    const logP = -Math.log1p(Math.exp(-s));
    const logRest = -Math.log1p(Math.exp(s));
    const density = Math.exp(a * logP + (b + repeats) * logRest);
    const p = Math.exp(logP);
    mass += density;
    sum += density * (-Math.expm1(-(r + repeats) * Math.log1p(w * p)) / p);
  }
  return sum / mass;
}

describe('the BG/NBD model', () => {
  test('expects of a customer what the paper’s own worksheet expects', () => {
    const rhythm = { repeats: 2, recency: 30.43, age: 38.86 };
    expect(expectedPurchases(paper, rhythm, 39)).toBeCloseTo(1.226, 3);
  });

  test('gives somebody without repeats no chance of having stopped', () => {
    expect(aliveProbability(paper, { repeats: 0, recency: 0, age: 500 })).toBe(1);
  });

  test('gives a chance from 0 to 1 that falls with every week of silence', () => {
    fc.assert(
      fc.property(models, rhythms, positive(0.01, 100), (model, rhythm, more) => {
        const now = aliveProbability(model, rhythm);
        const later = aliveProbability(model, { ...rhythm, age: rhythm.age + more });
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(1);
        expect(later).toBeLessThanOrEqual(now);
        const stays = rhythm.repeats === 0 || now <= 1e-12;
        expect(stays || later < now).toBe(true);
      }),
    );
  });

  test('expects nothing of no time, never less of more time, and finitely much of any', () => {
    fc.assert(
      fc.property(models, rhythms, positive(0.01, 200), (model, rhythm, weeks) => {
        expect(expectedPurchases(model, rhythm, 0)).toBe(0);
        const some = expectedPurchases(model, rhythm, weeks);
        const more = expectedPurchases(model, rhythm, weeks * 1.5);
        expect(some).toBeGreaterThanOrEqual(0);
        expect(more).toBeGreaterThanOrEqual(some * (1 - 1e-12));
        const rate = (model.r + rhythm.repeats) / (model.alpha + rhythm.age);
        expect(some).toBeLessThanOrEqual(rate * weeks * (1 + 1e-9));
      }),
    );
  });

  test('expects what integrating over everybody who may have that rhythm gives', () => {
    const middling = fc.record({
      r: positive(0.1, 5),
      alpha: positive(1, 30),
      a: positive(0.3, 5),
      b: positive(0.3, 10),
    });
    const seen = fc.record({
      repeats: fc.integer({ min: 0, max: 20 }),
      age: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(middling, seen, positive(1, 100), (model, { repeats, age }, weeks) => {
        const rhythm = { repeats, age, recency: repeats === 0 ? 0 : age };
        const expected = expectedPurchases(model, rhythm, weeks) / aliveProbability(model, rhythm);
        const integrated = byIntegration(model, repeats, age, weeks);
        expect(Math.abs(expected / integrated - 1)).toBeLessThan(1e-6);
      }),
      { numRuns: runs(25) },
    );
  });

  test('goes over from the sum to the integral without a step, however far it looks', () => {
    const rhythm = { repeats: 3, recency: 10, age: 20 };
    const ahead = (weeks: number) => expectedPurchases(paper, rhythm, weeks);
    // About where the sum would have 2,000 terms; a week more brings what a week less has brought.
    const border = 24.414 * (2000 / 43.243 - 1);
    const [less, more] = [ahead(border - 1e-5), ahead(border + 1e-5)];
    expect(more / less).toBeCloseTo(1, 6);
    expect(more).toBeGreaterThan(less);
    const alive = aliveProbability(paper, rhythm);
    expect(ahead(5000) / alive / byIntegration(paper, 3, 20, 5000)).toBeCloseTo(1, 9);
    expect(ahead(1e9)).toBeLessThan(1e6);
  });

  test('is as exact where the printed formula divides nothing by nothing', () => {
    const near = (a: number) => expectedFromFirst({ ...paper, a }, 52);
    expect(near(1)).toBeCloseTo((near(0.999) + near(1.001)) / 2, 5);
    expect(near(1)).toBeCloseTo(byIntegration({ ...paper, a: 1 }, 0, 0, 52), 8);
  });

  test('has a likelihood that is the chance of each rhythm, so that no repeats and some add up', () => {
    // Over one week: nobody bought, or bought once at any moment, or more often; the last by expectation.
    const model = { r: 1.5, alpha: 40, a: 0.8, b: 2.4 };
    const chance = (repeats: number, recency: number) =>
      Math.exp(bgNbdLikelihood([{ repeats, recency, age: 1, customers: 1 }])(model));
    const steps = 400;
    let once = 0;
    let twice = 0;
    for (let step = 0; step < steps; step += 1) {
      const at = (step + 0.5) / steps;
      once += chance(1, at) / steps;
      // The first of two may lie anywhere before the second.
      twice += (chance(2, at) * at) / steps;
    }
    expect(chance(0, 0)).toBeCloseTo((40 / 41) ** 1.5, 12);
    expect(chance(0, 0) + once + twice).toBeCloseTo(1, 4);
  });

  test('has the likelihood of its cells together, however they are grouped', () => {
    fc.assert(
      fc.property(models, fc.array(rhythms, { minLength: 1, maxLength: 20 }), (model, seen) => {
        const one = seen.map((rhythm) => ({ ...rhythm, customers: 1 }));
        const alone = one.reduce((sum, cell) => sum + bgNbdLikelihood([cell])(model), 0);
        const together = bgNbdLikelihood([...one, ...one])(model);
        const counted = bgNbdLikelihood(one.map((cell) => ({ ...cell, customers: 2 })))(model);
        const precision = 1e-9 * Math.max(1, Math.abs(alone));
        expect(Math.abs(together - 2 * alone)).toBeLessThanOrEqual(precision);
        expect(Math.abs(counted - 2 * alone)).toBeLessThanOrEqual(precision);
      }),
    );
  });

  test('stays finite for customers who buy thousands of times and for centuries of silence', () => {
    const heavy = { repeats: 5000, recency: 500, age: 501 };
    expect(expectedPurchases(paper, heavy, 52)).toBeGreaterThan(100);
    expect(aliveProbability(paper, { ...heavy, age: 50_000 })).toBe(0);
    const cells = [{ ...heavy, age: 50_000, customers: 1 }];
    expect(Number.isFinite(bgNbdLikelihood(cells)(paper))).toBe(true);
  });
});
