import { subset } from 'semver';
import { readLockFile, type LockedPackage } from './lock-file';

/** Whether `name`, asked for at `path`, is found there or in a folder further up, as Node looks. */
function isLocked(locked: Record<string, LockedPackage>, path: string, name: string): boolean {
  const here = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
  if (here in locked) return true;
  if (path === '') return false;
  return isLocked(locked, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name);
}

describe('package-lock.json', () => {
  const locked = readLockFile();
  const packages = Object.entries(locked);

  it('holds only packages that accept every Node we promise', () => {
    const promised = locked['']?.engines?.node ?? '';
    const narrower = packages
      .map(([path, { engines }]) => ({ path, node: engines?.node ?? '*' }))
      .filter(({ node }) => !subset(promised, node));

    expect(promised).not.toBe('');
    expect(narrower).toEqual([]);
  });

  it('names no registry', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  // A clean install refuses a lock file that lacks a build for some other platform.
  it('holds the build of every platform', () => {
    const missing = packages.flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {})
        .filter((name) => !isLocked(locked, path, name))
        .map((name) => `${path}: ${name}`),
    );

    expect(missing).toEqual([]);
  });
});
