import { join } from 'node:path';
import { recreate, type Place } from '../load/place';
import { startProcess } from './started-process';

/** What the plain stack is started with. */
export interface NaiveJob {
  url: string;
  key: string;
  customers: number;
}

export interface NaiveStarted {
  url: string;
}

/** The plain stack: Apollo's standalone server, TypeORM repositories, one transaction a mutation. */
export interface NaiveServer extends NaiveStarted {
  key: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts it on tables of its own, with one brand and its customers. */
export async function startNaive(place: Place, customers: number): Promise<NaiveServer> {
  await recreate(place, 'load_naive');
  const key = 'naive-api-key-0123456789';
  const process = startProcess<NaiveStarted>(join(__dirname, 'naive-process.js'));
  try {
    const { url } = await process.run({ url: place.urlOf('load_naive'), key, customers });
    return { url, key, pid: process.pid, stop: () => process.stop() };
  } catch (error) {
    await process.stop();
    throw error;
  }
}
