import { existsSync } from 'node:fs';
import type { Served } from './serve';

/** Starts a subgraph from the command line, says where it is, and stops it on the first signal. */
export async function run(name: string, start: () => Promise<Served>): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile();
    const served = await start();
    process.stdout.write(`${name} is ready at ${served.url}\n`);
    const stop = () => void served.close().then(() => process.exit(0));
    process.once('SIGINT', stop).once('SIGTERM', stop);
  } catch (error) {
    process.stderr.write(`${name} cannot start: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
