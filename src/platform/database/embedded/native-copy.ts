import type { Stats } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Log } from './log';
import { completeLinks } from './native-folder';
import { ownedName, sweepOwnedNames } from './process-identity';

/**
 * Copies the package's `native/` folder to a versioned folder that every user can read, or finds
 * the copy of an earlier start. The copy appears by one rename, so nobody sees half of it. A folder
 * of that name is used only when it belongs to us and nobody else can write to it: everybody may
 * create names in a temporary folder, and we are about to execute what lies there.
 *
 * @returns the path of the copy.
 * @throws Error when the name is taken by something that is not ours.
 */
export async function copyNative(native: string, parent: string, log: Log): Promise<string> {
  const manifest = await readFile(join(native, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const user = process.getuid?.() ?? 0;
  const target = join(parent, `atomic-rewards-postgres-${version}-${process.arch}-${user}`);
  if (await isUsable(native, target, user)) return target;

  const prefix = `${basename(target)}.new-`;
  await sweepOwnedNames(parent, prefix);
  const fresh = join(parent, await ownedName(prefix));
  try {
    const began = Date.now();
    await mkdir(fresh, { mode: 0o700 });
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
    await completeLinks(fresh);
    await openForReading(fresh);
    await publish(fresh, target);
    log('PostgreSQL binaries copied', { target, milliseconds: Date.now() - began });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  if (await isUsable(native, target, user)) return target;
  throw new Error(`the copy in ${target} did not become complete`);
}

async function publish(fresh: string, target: string): Promise<void> {
  const old = `${fresh}.old`;
  await rename(target, old).catch(() => undefined);
  // A neighbour may have been faster; its copy is as good as ours and is checked by the caller.
  await rename(fresh, target).catch(() => undefined);
  await rm(old, { recursive: true, force: true });
}

/** Whether a complete copy that is ours lies there; false when the name is free or stale. */
async function isUsable(native: string, target: string, user: number): Promise<boolean> {
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== user || (found.mode & 0o022) !== 0) {
    throw new Error(`${target} exists but is not ours alone; remove it, or set TMPDIR`);
  }
  const [wanted, present] = await Promise.all([sizes(native), sizes(target)]);
  return [...wanted].every(([path, size]) => present.get(path) === size);
}

/** Every regular file below a folder with its size; a cleaner of temporary files may take some. */
async function sizes(folder: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { path, stats } of await walk(folder)) {
    if (stats.isFile()) found.set(relative(folder, path), stats.size);
  }
  return found;
}

async function walk(folder: string): Promise<{ path: string; stats: Stats }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, stats: await lstat(path) };
    }),
  );
}

/**
 * Folders and programs 0755, files 0644. On Linux files also get the sticky bit, which changes
 * nothing about a file but tells systemd's cleaner of temporary folders to leave it alone.
 */
async function openForReading(folder: string): Promise<void> {
  const keep = process.platform === 'linux' ? 0o1000 : 0;
  for (const { path, stats } of await walk(folder)) {
    if (stats.isSymbolicLink()) continue;
    if (stats.isDirectory()) await chmod(path, 0o755);
    else await chmod(path, (relative(folder, path).startsWith('bin') ? 0o755 : 0o644) | keep);
  }
  await chmod(folder, 0o755);
}
