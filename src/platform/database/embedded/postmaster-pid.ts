import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './process-identity';
import { run } from './processes';
import { handOver, type RunAs } from './run-as';

/** What PostgreSQL writes about itself into `postmaster.pid`. */
interface PostmasterFile {
  pid: number;
  port: number;
  ready: boolean;
}

/** Larger than any process id, so it never belongs to a living process. */
const NO_PROCESS = 2_147_483_647;

/** Reads `postmaster.pid`; undefined when there is none, `pid` is 0 when it makes no sense. */
export async function readPostmasterFile(data: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const pid = /^\d+$/.test(lines[0] ?? '') ? Number(lines[0]) : 0;
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? '').startsWith('ready') };
}

/** Whether that process lives and is a PostgreSQL at work in that folder. */
export async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (pid <= 0 || (await processIdentity(pid)) === undefined) return false;
  if (process.platform !== 'linux') {
    const { output } = await run(['ps', '-o', 'command=', '-p', String(pid)]);
    return output.includes('postgres') && output.includes(data);
  }
  // PostgreSQL works inside its data folder; the inode tells it even when the path is closed.
  const [works, folder, name] = await Promise.all([
    stat(`/proc/${pid}/cwd`).catch(() => undefined),
    stat(data),
    readFile(`/proc/${pid}/comm`, 'latin1').catch(() => ''),
  ]);
  return works?.ino === folder.ino && works.dev === folder.dev && name.trim() === 'postgres';
}

/**
 * Makes a `postmaster.pid` harmless whose server is gone. PostgreSQL does so itself, unless the
 * process id was given to another process meanwhile: then it refuses to start for ever. Only the
 * id is replaced, because PostgreSQL uses the rest of the file to find out whether backends of the
 * dead server are still at work; removing the file would switch that protection off.
 */
export async function disarmPostmasterFile(data: string, as: RunAs): Promise<void> {
  const path = join(data, 'postmaster.pid');
  const text = await readFile(path, 'utf8');
  const lines = text.split('\n');
  if (!/^\d+$/.test(lines[0] ?? '')) {
    await rm(path);
    return;
  }
  lines[0] = String(NO_PROCESS);
  const next = `${path}.next`;
  await rm(next, { force: true });
  await writeFile(next, lines.join('\n'), { flag: 'wx', mode: 0o600 });
  await handOver(next, as);
  await rename(next, path);
}
