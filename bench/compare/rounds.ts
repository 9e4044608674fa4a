/** Something whose speed is taken in turns with that of others. */
export interface Subject<T> {
  title: string;
  /** One turn of it. */
  run(): Promise<T>;
}

/**
 * Runs the subjects in turn, each round beginning with another, so that what the machine does meanwhile
 * falls on all of them. Answers the turns of each, by round.
 */
export async function takeTurns<T>(
  subjects: readonly Subject<T>[],
  rounds: number,
  told: (line: string) => void,
): Promise<Map<Subject<T>, T[]>> {
  const turns = new Map<Subject<T>, T[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    told(`round ${round + 1} of ${rounds}`);
    for (const at of subjects.keys()) {
      const subject = subjects[(at + round) % subjects.length] as Subject<T>;
      turns.get(subject)?.push(await subject.run());
    }
  }
  return turns;
}

/** The middle of some values, and how far they reach. */
export interface Spread {
  least: number;
  middle: number;
  most: number;
}

/** Of an even number the upper middle. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    least: sorted[0] as number,
    middle: sorted[sorted.length >> 1] as number,
    most: sorted[sorted.length - 1] as number,
  };
}

/** One over the other, round by round: what befell a round is in both. */
export function ratiosOf(own: readonly number[], other: readonly number[]): number[] {
  return own.map((value, round) => value / (other[round] as number));
}
