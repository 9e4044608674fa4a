import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import mutants from './mutants.json';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe.each(mutants)('the mutant "$name"', ({ edits, killedBy }) => {
  it('finds each of its places once', () => {
    const places = edits.map(({ file, find }) => ({
      file,
      find,
      times: read(file).split(find).length - 1,
    }));
    expect(places.filter(({ times }) => times !== 1)).toEqual([]);
  });

  it('changes something', () => {
    expect(edits.filter(({ find, replace }) => find === replace)).toEqual([]);
  });

  it('names tests that exist', () => {
    expect(killedBy.length).toBeGreaterThan(0);
    for (const { file } of killedBy) expect(existsSync(join(root, file))).toBe(true);
  });
});

it('every mutant has a name of its own', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});
