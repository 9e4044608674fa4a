import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPage, root } from './markdown';

/** Folders in which every test shows a promise. */
const folders = ['test/promises', 'test/attacks', 'test/faults'];

function testsIn(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith('.test.ts'));
}

describe('docs/promises.md', () => {
  const { text } = readPage('docs/promises.md');
  const named = [...text.matchAll(/`(test\/[\w./-]+\.test\.ts)`/g)].map(([, path = '']) => path);

  it('names tests that exist', () => {
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names every test of a promise, an attack or a fault', () => {
    expect(folders.flatMap(testsIn).filter((path) => !named.includes(path))).toEqual([]);
  });
});
