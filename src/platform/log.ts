import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * Structured log: one JSON line an event on standard output. Never pass it input, keys or personal
 * data; ids, codes, counts and durations only. What might slip through a header is removed here.
 */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['req.headers', '*.authorization', '*.password', '*.secret'], remove: true },
  });
}
