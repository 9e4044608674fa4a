import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/**
 * Structured log: one JSON line an event, on standard output unless it is given another place. Never pass it input, keys or personal
 * data; ids, codes, counts and durations only. What might slip through a header is removed here.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const redact = ['req.headers', '*.authorization', '*.password', '*.secret'];
  const settings = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redact, remove: true },
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}
