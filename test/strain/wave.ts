/** What a crowd sends: by so many that each wait for their answer, or at a rate whether answers come or not. */
export interface Wave {
  url: string;
  /** The brands whose keys are used in turn. */
  apiKeys: string[];
  /** External ids; the same with every brand. */
  customers: string[];
  seconds: number;
  /** Callers that ask again when they have their answer. */
  callers?: number;
  /** Requests a second that come on their own. */
  perSecond?: number;
  /** Whether everything comes that fills memories, instead of visits and views alone. */
  motley?: boolean;
  /** How many sockets; as many as callers where there are callers. */
  sockets?: number;
}

/** Milliseconds from when a request was due to the end of its answer. */
export interface Times {
  p50: number;
  p99: number;
  most: number;
}

/** What a crowd saw. */
export interface WaveTold {
  sent: number;
  /** Answers that did what was asked. */
  served: number;
  /** Answers 503 and 429 with `Retry-After` and `retryable`. */
  shed: number;
  /** Answers of which some fields are to be had by asking again, as when a write was done and reading it was not. */
  partly: number;
  /** Of those that came while the wave went on. */
  servedPerSecond: number;
  servedTimes: Times;
  shedTimes: Times;
  /** p50 of what was served, for each second of the wave in which it was due. */
  p50BySecond: number[];
  /** Answers that are neither, and how many of each. */
  flaws: Record<string, number>;
}

/** The times of a list that need not be sorted; zeros of an empty one. */
export function timesOf(milliseconds: readonly number[]): Times {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}
