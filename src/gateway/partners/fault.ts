import { errors } from 'undici';
import { SubgraphError } from '../subgraph';

/** Why no usable answer came from a partner; for our log and figures, never for clients. */
export type FaultReason =
  /** The time a fetch has was over. */
  | 'timeout'
  /** No connection, or it broke. */
  | 'connection'
  /** 502, 503 or 504: somebody in front of the partner could not reach it. */
  | 'busy'
  /** Another status that has no answer. */
  | 'status'
  /** Something other than JSON, or than an event stream. */
  | 'content-type'
  /** Larger than the service holds in memory. */
  | 'too-large'
  /** Not the JSON, or the HTTP, that it says it is. */
  | 'malformed'
  /** An answer with neither data nor errors. */
  | 'empty'
  /** What we would send is nothing HTTP can carry. */
  | 'unsendable'
  /** It failed so often that it is left alone for a while. */
  | 'open'
  /** We have let go of the partner. */
  | 'stopped'
  /** An error that only the partner can do something about. */
  | 'answered';

/** A SubgraphError with one of the reasons a partner has. */
export function fault(subgraph: string, reason: FaultReason): SubgraphError {
  return new SubgraphError(subgraph, reason);
}

/** What an error of the connection means; `signal` is the deadline the request ran under. */
export function faultOf(subgraph: string, error: unknown, signal: AbortSignal): SubgraphError {
  if (error instanceof SubgraphError) return error;
  if (signal.aborted) return fault(subgraph, 'timeout');
  return fault(subgraph, reasonOf(error));
}

function reasonOf(error: unknown): FaultReason {
  if (error instanceof errors.ClientDestroyedError || error instanceof errors.ClientClosedError) {
    return 'stopped';
  }
  if (error instanceof errors.InvalidArgumentError) return 'unsendable';
  if (error instanceof errors.HeadersOverflowError || error instanceof errors.HTTPParserError) {
    return 'malformed';
  }
  return 'connection';
}

/** The code Node or undici gave an error, such as ECONNREFUSED: fit for a log, having no address in it. */
export function causeCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
