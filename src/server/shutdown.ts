import type { Log } from '../platform/log';
import type { HttpServer } from './http';
import type { Service } from './service';
import type { Tracing } from './tracing';

/** What is taken down, in this order, and how the process ends. */
export interface ShutdownParts {
  server: Pick<HttpServer, 'close'>;
  service: Pick<Service, 'close'>;
  tracing?: Tracing;
  log: Log;
  /** Ends the process; a test looks on instead. */
  exit?: (code: number) => void;
}

/**
 * On SIGTERM or SIGINT lets requests in flight finish, closes the service and exits with 0; a second
 * signal exits with 1 at once. A shutdown that fails exits with 1.
 */
export function shutDownOnSignals({
  server,
  service,
  tracing,
  log,
  ...parts
}: ShutdownParts): void {
  const exit = parts.exit ?? ((code: number) => process.exit(code));
  let asked = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (asked) {
      exit(1);
      return;
    }
    asked = true;
    log.info({ signal }, 'draining');
    server
      .close()
      .then(() => service.close())
      .then(() => tracing?.stop())
      .then(
        () => exit(0),
        (error: unknown) => {
          log.error({ name: (error as Error).name }, 'the service did not close cleanly');
          exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
