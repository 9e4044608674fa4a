import type { Place } from '../load/place';
import type { FigureKey } from './figures';

/** How a run of the comparison is asked for. */
export interface BenchSettings {
  place: Place;
  rounds: number;
  /** Seconds of one turn. */
  seconds: number;
  /** How many server processes of ours share the load. */
  processes: number;
  /** Tells how far it is and what it sees. */
  tell: (line: string) => void;
}

/** A figure as it came out, by round. */
export interface Measured {
  key: FigureKey;
  rounds: readonly number[];
}

/** A part of the comparison: measures its figures and clears away what it started. */
export type BenchPart = (settings: BenchSettings) => Promise<Measured[]>;
