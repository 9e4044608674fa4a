import { UnavailableError } from '../errors';

const conflicts = new Set(['40001', '40P01']);
const waits = new Set(['55P03', '57014']);
const lost = /^(08|53|57P|25006|58)/;
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * What was read before the locks were taken is not so under them: nothing is kept, and the transaction
 * runs again as after a serialization failure.
 */
export class ConflictError extends Error {
  readonly code = '40001';
}

/** The SQLSTATE or the system's code of an error; empty when it has none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** A statement that was prepared before its table got a column. */
export function isStalePlan(error: unknown): boolean {
  const { routine } = (error ?? {}) as { routine?: unknown };
  return codeOf(error) === '0A000' && routine === 'RevalidateCachedQuery';
}

/** A deadlock, a serialization failure or a stale plan: the same statements may simply be run again. */
export function isConflict(error: unknown): boolean {
  return conflicts.has(codeOf(error)) || isStalePlan(error);
}

/** A lock or statement timeout: somebody else is in the way. */
export function isWait(error: unknown): boolean {
  return waits.has(codeOf(error));
}

/** The database is away, full, read-only, or out of connections; or the pool had none in time. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== '') return lost.test(code) || socketCodes.has(code);
  const message = error instanceof Error ? error.message : '';
  return /Connection terminated|connection timeout|timeout expired|timeout exceeded when trying|Client has encountered|Client was closed|not queryable|driver is not connected/i.test(
    message,
  );
}

/** The error a caller gets for a failure of the database; anything unexpected passes unchanged. */
export function asUnavailable(error: unknown): unknown {
  if (isConflict(error) || isWait(error) || isLost(error)) {
    return new UnavailableError(codeOf(error) || 'connection');
  }
  return error;
}
