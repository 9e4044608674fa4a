import { fork, type ChildProcess } from 'node:child_process';
import { stopperOf } from '../child';

/** A process of the comparison that does one job after another. */
export interface StartedProcess<Result> {
  pid: number;
  run(job: object): Promise<Result>;
  stop: () => Promise<void>;
}

interface Answer<Result> {
  result?: Result;
  error?: string;
}

/** Starts a file that answers jobs by `answerJobs`. */
export function startProcess<Result>(file: string): StartedProcess<Result> {
  const child = fork(file, {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return {
    pid: child.pid as number,
    run: (job) => runJob(child, file, job),
    stop: stopperOf(child, 'SIGTERM'),
  };
}

function runJob<Result>(child: ChildProcess, file: string, job: object): Promise<Result> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => {
      reject(new Error(`${file} ended with ${code}`));
    };
    child.once('exit', ended);
    child.once('message', ({ result, error }: Answer<Result>) => {
      child.off('exit', ended);
      if (error === undefined) resolve(result as Result);
      else reject(new Error(error));
    });
    child.send(job);
  });
}

/** Does the jobs that the process which started this one sends, and ends with it. */
export function answerJobs(work: (job: never) => Promise<unknown>): void {
  const answer = (message: Answer<unknown>) => process.send?.(message);
  process.on('disconnect', () => process.exit());
  process.on('message', (job) => {
    work(job as never).then(
      (result) => answer({ result }),
      (error: unknown) => answer({ error: (error as Error).stack ?? String(error) }),
    );
  });
}
