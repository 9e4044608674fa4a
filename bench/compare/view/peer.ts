import { fork } from 'node:child_process';
import { stopperOf } from '../../child';

/** A server that answers the customer card in its own way, in a process of its own. */
export interface Peer {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** Starts a file that sends `{url}` when it listens; `node` is another Node than this one. */
export async function startPeer(
  file: string,
  settings: Record<string, string>,
  node: string = process.execPath,
): Promise<Peer> {
  const child = fork(file, {
    env: { ...process.env, NODE_ENV: 'production', ...settings },
    execPath: node,
    execArgv: [],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const stop = stopperOf(child, 'SIGKILL');
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string }));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return { url, pid: child.pid as number, stop };
}

/** Says to who started this process where it listens, and ends with it. */
export function announce(url: string): void {
  process.on('disconnect', () => process.exit());
  process.send?.({ url });
}
