import { parentPort, workerData } from 'node:worker_threads';
import { fitWorth, type LeastCustomers, type WorthCell } from './fit-worth';

/** What the thread is given. */
export interface FitTask {
  cells: WorthCell[];
  least: LeastCustomers;
}

const { cells, least } = workerData as FitTask;
parentPort?.postMessage(fitWorth(cells, least));
