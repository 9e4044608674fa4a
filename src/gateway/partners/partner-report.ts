import type { FetchOperation } from '../subgraph';

/** `half-open` while one request tries whether a partner that was left alone has come back. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** One HTTP request to a partner, when it is over. */
export interface PartnerRequest {
  subgraph: string;
  kind: FetchOperation['kind'];
  /** `answered`, or one of the reasons of a fault. */
  outcome: string;
  seconds: number;
  /** Of the answer's body. */
  bytes: number;
}

/** Told what happens between us and partners, for whoever draws figures of it. */
export interface PartnerReport {
  request(over: PartnerRequest): void;
  /** A query is sent once more. */
  retry(subgraph: string): void;
  /** A fetch was given the answer of an equal one that was under way. */
  shared(subgraph: string): void;
  /** A fetch was not sent, because the breaker is open. */
  refused(subgraph: string): void;
  /** Also told once when the partner begins, as `closed`. */
  breaker(subgraph: string, state: BreakerState): void;
  /** How many subscriptions are open at the partner now. */
  streams(subgraph: string, open: number): void;
}
