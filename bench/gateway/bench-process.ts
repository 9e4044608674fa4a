import { fork } from 'node:child_process';
import type { Usage } from './engine';

/** A process of the benchmark, started and ready. */
export interface BenchProcess {
  /** Where it listens, by what. */
  urls: Record<string, string>;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a process of the benchmark and waits until it says where it listens. */
export async function startProcess(
  file: string,
  settings: Record<string, string> = {},
  nodeArguments: string[] = [],
): Promise<BenchProcess> {
  const child = fork(file, {
    env: { ...process.env, NODE_ENV: 'production', ...settings },
    execArgv: nodeArguments,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const said = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${file} ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        resolve(message as T);
      });
    });
  const urls = await said<Record<string, string>>();
  return {
    urls,
    usage() {
      const answer = said<Usage>();
      child.send('usage');
      return answer;
    },
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}
