import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

const git = (...words: string[]): string =>
  execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Migrations are files whose names begin with their time; what they share has no time of its own. */
const migrationsOf = (paths: string[]): string[] =>
  paths.filter((path) => /^\d+-[a-z-]+\.ts$/.test(path));

/**
 * The last commit whose code has fewer migrations than this one; `PREVIOUS` names another. Null where there
 * is none to be had: not a clone, or one without its history.
 */
export function findPreviousVersion(): string | null {
  const now = migrationsOf(readdirSync(join(root, 'migrations'))).length;
  const migrationsAt = (commit: string): number =>
    migrationsOf(lines(git('ls-tree', '--name-only', `${commit}:migrations`))).length;
  try {
    const { PREVIOUS } = process.env;
    if (PREVIOUS !== undefined) return git('rev-parse', '--verify', `${PREVIOUS}^{commit}`).trim();
    const changes = lines(git('log', '--format=%H', '--diff-filter=A', '--', 'migrations'));
    const before = ['HEAD', ...changes.map((commit) => `${commit}^`)];
    const found = before.find((commit) => migrationsAt(commit) < now);
    return found === undefined ? null : git('rev-parse', found).trim();
  } catch {
    return null;
  }
}

/** A version that has been built, in a folder of its own and with the packages of this one. */
export interface BuiltVersion {
  /** Its folder, as this repository is laid out. */
  folder: string;
  remove(): void;
}

export function buildVersion(commit: string): BuiltVersion {
  const folder = mkdtempSync(join(tmpdir(), 'rewards-previous-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const files = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x', '-C', folder], { input: files });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
