import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPages, readPage, root, type Page } from './markdown';

/** Which ids each page has to have a row for, in ranges. */
const lists: Record<string, string> = {
  'docs/promises.md': 'P1–25',
  'docs/promises/faults.md': 'F1–25',
  'docs/promises/proofs.md': 'd1–12',
  'docs/promises/attacks.md': 'H1–13 Q1–15 L1–9 V1–15 I1–6 T1–13 G1–7 S1–8',
};

/** Folders in which every test shows a promise. */
const folders = ['test/promises', 'test/attacks', 'test/faults'];

/** Files of tests in a folder, at any depth. */
function testsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith('.test.ts'));
}

/** `H1–3 d12` as H1, H2, H3, d12. */
function idsOf(ranges: string): string[] {
  return ranges.split(' ').flatMap((range) => {
    const [, letter = '', from, to = from] = /^([A-Za-z])(\d+)(?:–(\d+))?$/.exec(range) ?? [];
    const count = Number(to) - Number(from) + 1;
    return Array.from({ length: count }, (_, at) => `${letter}${Number(from) + at}`);
  });
}

function filesNamedIn(text: string): string[] {
  return [...text.matchAll(/`(test\/[\w./-]+\.test\.ts)`/g)].map(([, path = '']) => path);
}

/** The rows of a page's tables that begin with an id: the id, and the files that show it. */
function rowsOf({ text }: Page): { id: string; files: string[] }[] {
  return [...text.matchAll(/^\| ([A-Za-z]\d+) \|.*$/gm)].map(([row, id = '']) => ({
    id,
    files: filesNamedIn(row),
  }));
}

/** The ids in brackets at the end of a title, a description or a case of a source text. */
function idsAtEnds(source: string): string[] {
  const ends = source.matchAll(/\(([A-Za-z]\d+(?:, [A-Za-z]\d+)*)\)['"`]/g);
  return [...new Set([...ends].flatMap(([, ids = '']) => ids.split(', ')))];
}

const idsByTest = new Map(
  testsIn('test').map((path) => [path, idsAtEnds(readFileSync(join(root, path), 'utf8'))]),
);
const pages = allPages().filter(({ path }) => path.startsWith('docs/promises'));

describe('docs/promises.md and the pages under it', () => {
  const named = new Set(pages.flatMap(({ text }) => filesNamedIn(text)));

  it('name tests that exist', () => {
    expect(named.size).toBeGreaterThan(20);
    expect([...named].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('name every test of a promise, an attack or a fault', () => {
    expect(folders.flatMap(testsIn).filter((path) => !named.has(path))).toEqual([]);
  });
});

describe.each(Object.entries(lists))('%s', (path, ranges) => {
  const ids = idsOf(ranges);
  const rows = rowsOf(readPage(path));
  const filesById = new Map(rows.map(({ id, files }) => [id, files]));

  it('has one row for each of its ids, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it('names only tests that say so in a title', () => {
    const silent = rows.flatMap(({ id, files }) =>
      files.filter((file) => !idsByTest.get(file)?.includes(id)).map((file) => `${id}: ${file}`),
    );
    expect(silent).toEqual([]);
  });

  it('names every test that says so in a title', () => {
    const missing = [...idsByTest].flatMap(([file, said]) =>
      said
        .filter((id) => ids.includes(id) && !filesById.get(id)?.includes(file))
        .map((id) => `${id}: ${file}`),
    );
    expect(missing).toEqual([]);
    expect(rows.filter(({ files }) => files.length === 0)).toEqual([]);
  });
});
