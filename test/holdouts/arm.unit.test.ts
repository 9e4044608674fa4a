import fc from 'fast-check';
import { randomBytes, randomUUID } from 'node:crypto';
import { armOf } from '../../src/holdouts';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const shares = fc.integer({ min: 1, max: 9999 });

/** How far a count may lie from what is expected: five standard deviations of a binomial. */
const tolerance = (n: number, p: number) => 5 * Math.sqrt(n * p * (1 - p));

describe('The arm of a customer', () => {
  it('is always the same under the same key', () => {
    fc.assert(
      fc.property(keys, fc.uuid(), shares, (key, customer, share) => {
        expect(armOf(Buffer.from(key), customer, share)).toBe(armOf(key, customer, share));
      }),
    );
  });

  it('goes from treated to held out, and never back, as the share held out grows', () => {
    fc.assert(
      fc.property(keys, fc.uuid(), shares, shares, (key, customer, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const held = armOf(key, customer, less) === 'HELD_OUT';
        expect(held && armOf(key, customer, more) === 'TREATED').toBe(false);
      }),
    );
  });

  it.each([100, 1000, 5000])('holds out %i of 10,000 customers, as chance has it', (share) => {
    const key = randomBytes(32);
    const people = Array.from({ length: 20_000 }, () => randomUUID());
    const heldOut = people.filter((id) => armOf(key, id, share) === 'HELD_OUT').length;
    const p = share / 10_000;
    expect(Math.abs(heldOut - people.length * p)).toBeLessThan(tolerance(people.length, p));
  });

  it('tells nothing of the arm in another experiment', () => {
    const [one, other] = [randomBytes(32), randomBytes(32)];
    const people = Array.from({ length: 20_000 }, () => randomUUID());
    const first = people.filter((id) => armOf(one, id, 5000) === 'HELD_OUT');
    const both = first.filter((id) => armOf(other, id, 2000) === 'HELD_OUT').length;
    expect(Math.abs(both - first.length * 0.2)).toBeLessThan(tolerance(first.length, 0.2));
  });
});
