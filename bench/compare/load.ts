import { join } from 'node:path';
import { startProcess } from './started-process';

/** A load: what is sent where, by how many connections and how often. */
export interface Load {
  what: 'event' | 'batch' | 'view';
  /** What a view asks. */
  query?: string;
  /** The connections are shared out among these. */
  urls: readonly string[];
  /** API keys, each of a brand with as many customers, called c-0 and so on. */
  keys: readonly string[];
  customers: number;
  connections: number;
  requests: number;
}

/** What a load came to. */
export interface Loaded {
  /** Requests, from the first sent to the last answered. */
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  refused: number;
  /** The first answer that was none. */
  refusal: string | null;
}

/** A process that sends loads, warm from one to the next. */
export interface Loader {
  /** Throws when a single answer is not what was asked for: whoever refuses is fast. */
  send(load: Load): Promise<Loaded>;
  stop(): Promise<void>;
}

/** Starts it. */
export function startLoader(): Loader {
  const process = startProcess<Loaded>(join(__dirname, 'load-process.js'));
  return {
    async send(load) {
      const loaded = await process.run(load);
      if (loaded.refused > 0) {
        throw new Error(`${load.what}: ${loaded.refused} refused, such as ${loaded.refusal}`);
      }
      return loaded;
    },
    stop: () => process.stop(),
  };
}
