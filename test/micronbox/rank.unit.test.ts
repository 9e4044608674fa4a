import fc from 'fast-check';
import { comparePlaces, placeOf, rankAt, type Standing } from '../../src/micronbox/rank';

const at = new Date('2026-11-22T12:00:00Z');
const ignoredFrom = 5;
const dayMs = 86_400_000;

const standing: fc.Arbitrary<Standing> = fc
  .record({
    brandUuid: fc.uuid(),
    ema: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 10, noNaN: true })),
    daysAgo: fc.nat(60),
    streak: fc.nat(15),
    unheeded: fc.nat(9),
    zone: fc.constantFrom('Asia/Kolkata', 'America/New_York', 'UTC'),
  })
  .map(({ ema, daysAgo, streak, ...rest }) => {
    const attendedAt = ema === null ? null : new Date(at.getTime() - daysAgo * dayMs);
    const emaDay = attendedAt === null ? null : attendedAt.toISOString().slice(0, 10);
    return { ...rest, ema, streak: ema === null ? null : streak, attendedAt, emaDay };
  });

const box = fc.uniqueArray(standing, { selector: ({ brandUuid }) => brandUuid, maxLength: 30 });

function ordered(standings: readonly Standing[], moment = at): string[] {
  return standings
    .map((one) => placeOf(rankAt(one, moment, ignoredFrom)))
    .sort(comparePlaces)
    .map(({ brandUuid }) => brandUuid);
}

test('the order of a box is the same in whatever order its brands are read', () => {
  fc.assert(
    fc.property(box, fc.func(fc.integer()), (standings, shuffle) => {
      const other = [...standings].sort((a, b) => shuffle(a.brandUuid) - shuffle(b.brandUuid));
      expect(ordered(other)).toEqual(ordered(standings));
    }),
  );
});

test('who is ignored stands below everybody who is not, and above them the higher index first', () => {
  fc.assert(
    fc.property(box, (standings) => {
      const ranks = new Map(standings.map((one) => [one.brandUuid, rankAt(one, at, ignoredFrom)]));
      const names = ordered(standings);
      const sinks = (name: string) => (ranks.get(name)?.reason === 'IGNORED' ? 1 : 0);
      const wrong = names.slice(1).filter((below, i) => {
        const above = names[i] as string;
        if (sinks(above) !== sinks(below)) return sinks(above) > sinks(below);
        return (ranks.get(above)?.index ?? 0) < (ranks.get(below)?.index ?? 0);
      });
      expect(wrong).toEqual([]);
    }),
  );
});

test('more attention to a brand never lowers it, and neither does heeding it', () => {
  fc.assert(
    fc.property(box, fc.double({ min: 0, max: 5, noNaN: true }), (standings, more) => {
      const [first, ...others] = standings;
      fc.pre(first !== undefined);
      const today = at.toISOString().slice(0, 10);
      const heeded = { ...first, unheeded: 0 };
      const loved = { ...heeded, ema: (first.ema ?? 0) + more, emaDay: today, attendedAt: at };
      const before = ordered(standings).indexOf(first.brandUuid);
      expect(ordered([heeded, ...others]).indexOf(first.brandUuid)).toBeLessThanOrEqual(before);
      expect(ordered([loved, ...others]).indexOf(first.brandUuid)).toBeLessThanOrEqual(before);
    }),
  );
});

test('pages by the place of the last brand are the whole order, each brand once', () => {
  fc.assert(
    fc.property(box, fc.integer({ min: 1, max: 7 }), (standings, first) => {
      const places = standings
        .map((one) => placeOf(rankAt(one, at, ignoredFrom)))
        .sort(comparePlaces);
      const seen: string[] = [];
      for (let last = null as (typeof places)[number] | null; ;) {
        const rest = places.filter((one) => last === null || comparePlaces(one, last) > 0);
        const page = rest.slice(0, first);
        seen.push(...page.map(({ brandUuid }) => brandUuid));
        last = page.at(-1) ?? null;
        if (rest.length <= first) break;
      }
      expect(seen).toEqual(ordered(standings));
    }),
  );
});

test.each([
  ['4 unread ones leave a brand where it is', 4, new Date(at), 'ATTENTION'],
  ['5 unread ones sink it', 5, new Date(at), 'IGNORED'],
  ['one that was never attended to is new', 4, null, 'NEW'],
  ['and no longer new with 5', 5, null, 'IGNORED'],
] as const)('%s', (_, unheeded, attendedAt, reason) => {
  const one = { brandUuid: 'b', ema: 1, emaDay: '2026-11-22', streak: 0, zone: 'UTC' };
  expect(rankAt({ ...one, unheeded, attendedAt }, at, ignoredFrom)).toMatchObject({
    reason,
    index: 45,
  });
});
