import { fork } from 'node:child_process';
import { join } from 'node:path';
import { afterwards } from '../support/afterwards';
import type { Wave, WaveTold } from './wave';

/** Sends a wave from a process of its own and tells what it saw. */
export function crowd(wave: Wave): Promise<WaveTold> {
  const child = fork(join(__dirname, 'crowd-process.js'), { execArgv: [] });
  afterwards(() => child.kill('SIGKILL'));
  const told = new Promise<WaveTold>((resolve, reject) => {
    child.once('message', (message: { told?: WaveTold; failed?: string }) => {
      if (message.told === undefined) reject(new Error(message.failed));
      else resolve(message.told);
    });
    child.once('exit', (code) => reject(new Error(`the crowd ended with ${code}`)));
  });
  child.send(wave);
  return told.finally(() => child.kill('SIGKILL'));
}
