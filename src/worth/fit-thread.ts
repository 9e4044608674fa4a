import { Worker } from 'node:worker_threads';
import type { FitAnswer, FitTask } from './fit-worker';

/**
 * Fits models while requests are served: a fit takes seconds, so it has a thread of its own. Rejects when
 * the thread ends without an answer.
 */
export function fitInThread(task: FitTask): Promise<FitAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(require.resolve('./fit-worker'), {
      workerData: task,
      transferList: [task.cells.buffer as ArrayBuffer],
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
  });
}
