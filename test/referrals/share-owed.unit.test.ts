import fc from 'fast-check';
import { shareOwed } from '../../src/referrals/share-owed';
import { seeded } from '../support/seeded';

const amount = fc.integer({ min: 1, max: 10 ** 12 });

test('any split of the earnings pays the same in the end, whole Mu, at most the cap', () => {
  fc.assert(
    fc.property(
      fc.array(amount, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 10 ** 12 }),
      (grants, sharePercent, shareCapMu) => {
        const terms = { sharePercent, shareCapMu, earnedMu: 0, sharedMu: 0 };
        for (const grant of grants) {
          terms.earnedMu += grant;
          const owed = shareOwed(terms);
          expect(Number.isSafeInteger(owed) && owed >= 0).toBe(true);
          terms.sharedMu += owed;
        }
        const atOnce = shareOwed({ ...terms, sharedMu: 0 });
        expect(terms.sharedMu).toBe(atOnce);
        expect(terms.sharedMu).toBeLessThanOrEqual(shareCapMu);
        expect(shareOwed(terms)).toBe(0);
      },
    ),
    seeded(500),
  );
});

test('is exact where floating-point numbers are not', () => {
  const earnedMu = Number.MAX_SAFE_INTEGER;
  const shareCapMu = Number.MAX_SAFE_INTEGER;
  expect(shareOwed({ sharePercent: 100, shareCapMu, earnedMu, sharedMu: 0 })).toBe(earnedMu);
  expect(shareOwed({ sharePercent: 3, shareCapMu, earnedMu, sharedMu: 0 })).toBe(
    Number((BigInt(earnedMu) * 3n) / 100n),
  );
});
