import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What package-lock.json says of one installed package. */
export interface LockedPackage {
  version: string;
  license?: string;
  /** True for what only development needs; the rest ships. */
  dev?: boolean;
  resolved?: string;
  engines?: { node?: string };
  optionalDependencies?: Record<string, string>;
}

/** package-lock.json by install path (`node_modules/a/node_modules/b`); the project itself is ''. */
export function readLockFile(): Record<string, LockedPackage> {
  const text = readFileSync(join(__dirname, '../../package-lock.json'), 'utf8');
  return (JSON.parse(text) as { packages: Record<string, LockedPackage> }).packages;
}

/** The name of the package that is installed at a path of the lock file. */
export function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
