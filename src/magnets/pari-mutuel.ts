/** What is divided, and how much of it lay on what came true. */
export interface Pool {
  stakes: number;
  stakesOnRight: number;
}

/**
 * What a stake on the right option gets of all stakes: its share, in whole Mu, rounded down. What
 * rounding leaves over is less than one Mu a winner. Where nobody had a stake on the right option
 * there is nobody to win, and each stake goes back as it came.
 */
export function returnOf(stake: number, right: boolean, { stakes, stakesOnRight }: Pool): number {
  if (stakesOnRight === 0) return stake;
  if (!right) return 0;
  return Number((BigInt(stake) * BigInt(stakes)) / BigInt(stakesOnRight));
}
