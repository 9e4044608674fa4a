import { parentPort, workerData } from 'node:worker_threads';
import {
  fitWorth,
  spendersOf,
  type FittedWorth,
  type LeastCustomers,
  type WorthCell,
  type WorthRefusal,
} from './fit-worth';

/** What the thread is given: numbers, because objects would be copied while requests wait. */
export interface FitTask {
  /** By fives: repeats, recency and age in days, spent, customers. */
  cells: Float64Array;
  least: LeastCustomers;
}

/** What it answers. */
export interface FitAnswer {
  fit: FittedWorth | WorthRefusal;
  customers: number;
  spenders: number;
}

const { cells: flat, least } = workerData as FitTask;
const cells: WorthCell[] = [];
for (let at = 0; at < flat.length; at += 5) {
  const [repeats = 0, recency = 0, age = 0, spent = 0, customers = 0] = flat.subarray(at, at + 5);
  cells.push({ repeats, recency: recency / 7, age: age / 7, spent, customers });
}
const sum = (some: readonly { customers: number }[]): number =>
  some.reduce((total, { customers }) => total + customers, 0);
const answer: FitAnswer = {
  fit: fitWorth(cells, least),
  customers: sum(cells),
  spenders: sum(spendersOf(cells)),
};
parentPort?.postMessage(answer);
