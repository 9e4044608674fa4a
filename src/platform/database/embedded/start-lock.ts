import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownedName, sweepOwnedNames } from './process-identity';
import { sleep } from './processes';

const PREFIX = 'postgres.starting-';
const PATIENCE_MS = 180_000;

/**
 * Lets one process at a time start or inspect the server of a data folder.
 *
 * Every contender writes a claim under a name of its own and then looks who else claims: alone, it
 * has the lock; otherwise it withdraws, waits a random while and tries again. Two contenders cannot
 * both find themselves alone, and because names are never used twice, removing the claim of a
 * process that was killed can never remove the claim of a living one (which is what goes wrong with
 * a single lock file).
 *
 * @throws Error when another process holds the lock for three minutes.
 */
export async function withStartLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const claim = await ownedName(PREFIX);
  const path = join(folder, claim);
  const deadline = Date.now() + PATIENCE_MS;
  try {
    for (;;) {
      await writeFile(path, '', { flag: 'wx', mode: 0o600 });
      const rivals = (await sweepOwnedNames(folder, PREFIX)).filter((name) => name !== claim);
      const [rival] = rivals;
      if (rival === undefined) return await action();
      await rm(path, { force: true });
      if (Date.now() > deadline) {
        throw new Error(
          `Another process has been starting the database in ${folder} for three minutes ` +
            `(${rival.slice(PREFIX.length)}). Stop it, then start again.`,
        );
      }
      await sleep(15 + Math.random() * 45);
    }
  } finally {
    await rm(path, { force: true });
  }
}
