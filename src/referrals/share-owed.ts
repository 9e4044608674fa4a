/** What a referral promised its referrer of the friend's Mu, and how far it has come. Whole Mu. */
export interface ShareTerms {
  sharePercent: number;
  shareCapMu: number;
  /** What the friend has earned while the share runs. */
  earnedMu: number;
  /** What of it was paid to the referrer. */
  sharedMu: number;
}

/**
 * What the referrer is owed now, in whole Mu. The share of everything earned is reckoned at once, so the
 * hundredths that one grant leaves over count with the next, and how the earnings were split into grants
 * makes no difference. Sums of Mu times a percentage can leave the safe integers, hence BigInt.
 */
export function shareOwed({ sharePercent, shareCapMu, earnedMu, sharedMu }: ShareTerms): number {
  const share = (BigInt(earnedMu) * BigInt(sharePercent)) / 100n;
  const cap = BigInt(shareCapMu);
  return Math.max(0, Number(share < cap ? share : cap) - sharedMu);
}
