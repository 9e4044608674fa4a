import { spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What ends a process by a signal, and answers when it is gone. */
export function stopperOf(child: ChildProcess, signal: NodeJS.Signals): () => Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return async () => {
    child.kill(signal);
    await gone;
  };
}

const msToInstall = 300_000;

/** Whether npm has installed what a folder of peers asks for. */
export function isInstalled(folder: string): boolean {
  return existsSync(join(folder, 'node_modules', '.package-lock.json'));
}

/** Installs what a folder of peers asks for, and runs nothing of it; answers whether that went well. */
export function install(folder: string): boolean {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const { status } = spawnSync('npm', ['ci', ...quiet], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    timeout: msToInstall,
  });
  return status === 0;
}
