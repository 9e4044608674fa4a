import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { windowAt, wins } from '../../src/surprises/draw';
import { seeded } from '../support/seeded';

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const poolUuid = '0190a0b0-0000-7000-8000-000000000000';
const people = Array.from({ length: 2000 }, () => randomUUID());

test('of many people about one in the odds wins, under any seed', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 30 }), (bytes, odds) => {
      const won = people.filter((ticketUuid) =>
        wins(bytes, { poolUuid, ticketUuid, window: 0 }, odds),
      ).length;
      const expected = people.length / odds;
      // Six standard deviations: one run in some hundred millions falls outside.
      const spread = 6 * Math.sqrt(expected * (1 - 1 / odds)) + 1;
      expect(Math.abs(won - expected)).toBeLessThanOrEqual(spread);
    }),
    seeded(30),
  );
});

test('a ticket always draws the same, and another seed or window draws anew', () => {
  const seeds = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const;
  const drawn = (bytes: Buffer, window: number) =>
    people.map((ticketUuid) => wins(bytes, { poolUuid, ticketUuid, window }, 2)).join();
  expect(drawn(seeds[0], 0)).toBe(drawn(seeds[0], 0));
  expect(drawn(seeds[0], 0)).not.toBe(drawn(seeds[1], 0));
  expect(drawn(seeds[0], 0)).not.toBe(drawn(seeds[0], 1));
});

test('whoever wins at long odds wins at shorter ones too, and at one in one everybody does', () => {
  const bytes = Buffer.alloc(32, 7);
  const winners = (odds: number) =>
    new Set(people.filter((ticketUuid) => wins(bytes, { poolUuid, ticketUuid, window: 0 }, odds)));
  expect(winners(1).size).toBe(people.length);
  for (const winner of winners(20)) expect(winners(5).has(winner)).toBe(true);
});

test('windows are counted from the start of the pool', () => {
  const start = new Date('2026-10-01T00:00:00Z');
  const after = (ms: number) => windowAt(new Date(start.getTime() + ms), start, 24);
  expect([after(0), after(86_399_999), after(86_400_000), after(10 * 86_400_000)]).toEqual([
    0, 0, 1, 10,
  ]);
});
