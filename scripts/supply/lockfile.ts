import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package as package-lock.json has it. */
export interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  integrity?: string;
  /** Absent for what comes from the registry, as .npmrc asks. */
  resolved?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  engines?: { node?: string };
}

/** The packages of a lockfile by their paths, without the project itself. */
export type Locked = Readonly<Record<string, LockedPackage>>;

/** What a package.json asks for, by name. */
export type Asked = Readonly<Record<string, string>>;

/** Folders with a lockfile beside our own: peers of benchmarks and a router, installed by those alone. */
export function otherFolders(root: string): string[] {
  const around = ['bench/peers', 'examples'];
  const inside = around.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  );
  return [...around, ...inside].filter((folder) =>
    existsSync(join(root, folder, 'package-lock.json')),
  );
}

/** Reads the lockfile of a folder. */
export function readLocked(folder: string): Locked {
  const { packages } = read(folder, 'package-lock.json') as { packages: Record<string, object> };
  return Object.fromEntries(Object.entries(packages).filter(([path]) => path !== ''));
}

/** All that a folder's package.json depends on. */
export function readAsked(folder: string): Asked {
  const file = read(folder, 'package.json') as Record<string, Asked | undefined>;
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return Object.assign({}, ...kinds.map((kind) => file[kind] ?? {})) as Asked;
}

/** The name of the package at a path of the lockfile. */
export function nameAt(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}
