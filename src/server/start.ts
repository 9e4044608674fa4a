import { existsSync } from 'node:fs';
import { ConfigError, loadConfig, type Config } from '../platform/config';
import { createLog, type Log } from '../platform/log';
import type { ServiceOverrides } from './create-service';
import { createHttpServer, type Routes } from './http';
import { createMetrics } from './metrics';
import type { Demo, Service } from './service';
import { shutDownOnSignals } from './shutdown';
import { startTracing } from './tracing';

/** Makes the service behind the doors. */
export type Compose = (
  config: Config,
  overrides: ServiceOverrides,
) => Promise<Service & { demo?: Demo }>;

/** The composition root: configuration, service, HTTP, signals. Ends the process when it cannot start. */
export async function start(compose: Compose, routes: Routes[] = []): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile();
    const config = loadConfig(process.env);
    await serve(config, compose, routes);
  } catch (error) {
    const lines = error instanceof ConfigError ? error.message.split('\n') : [reasonOf(error)];
    for (const line of lines) process.stderr.write(`Atomic Rewards cannot start: ${line}\n`);
    process.exit(1);
  }
}

/** One line that says why. Connecting to a name of several addresses fails with a list and no words. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return reasonOf(error.errors[0]);
  const { message, code, name } = error as NodeJS.ErrnoException;
  return (message || code || name).split('\n')[0] as string;
}

async function serve(config: Config, compose: Compose, routes: Routes[]): Promise<void> {
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  const tracing = await startTracing(config);
  const service = await compose(config, {
    log,
    hooks: metrics.batchHooks,
    reportJob: metrics.job,
    demo: config.developerTools,
  });
  try {
    const { demo } = service;
    const explorer = demo && { headers: { authorization: `Bearer ${demo.brandKey}` } };
    const server = await createHttpServer(service, { metrics, explorer, routes });
    const { url } = await server.listen();
    shutDownOnSignals({ server, service, tracing, log });
    announce(config, log, `Atomic Rewards is ready at ${url}/graphql`, demo);
  } catch (error) {
    await service.close();
    throw error;
  }
}

function announce(config: Config, log: Log, ready: string, demo: Demo | undefined): void {
  if (config.environment === 'production') {
    log.info(ready);
    return;
  }
  const lines = [ready];
  if (demo !== undefined) {
    lines.push(
      `  platform key   ${demo.platformKey}`,
      `  brand key      ${demo.brandKey}   (brand ${demo.brandId})`,
      `  router secret  ${demo.routerSecret}   (header x-router-secret on /subgraph)`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
