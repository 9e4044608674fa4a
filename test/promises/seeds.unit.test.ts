import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hold, readFailures } from '../support/property';
import { seeded } from '../support/seeded';

const folder = mkdtempSync(join(tmpdir(), 'seeds-'));
const file = join(folder, 'seeds.json');

afterAll(() => rmSync(folder, { recursive: true }));

/** Fails for some of many numbers, and notes which were tried. */
function wanting(tried: number[]) {
  return fc.asyncProperty(fc.nat(10 ** 9), (number) => {
    tried.push(number);
    expect(number % 7).not.toBe(3);
    return Promise.resolve();
  });
}

beforeEach(() => writeFileSync(file, '[]'));

it('a property is tried with the same values whenever it is tried, and tells its seed when it fails (P25)', async () => {
  const [first, second]: [number[], number[]] = [[], []];
  const failure = await hold(wanting(first), 100, file).catch((error: unknown) => error);
  await expect(hold(wanting(second), 100, file)).rejects.toThrow();
  expect(second).toEqual(first);
  const { seed = '' } = seeded(100);
  expect((failure as Error).message).toMatch(/seed: -?\d+, path: "/);
  expect((failure as Error).message).toContain(`seed: ${seed}`);
});

it('a failure that was written down is tried before anything else, and found at once (P25)', async () => {
  const details = await fc.check(wanting([]), { ...seeded<[number]>(1000), seed: 5 });
  expect(details.failed).toBe(true);
  const test = expect.getState().currentTestName!;
  const known = { test, seed: details.seed, path: details.counterexamplePath! };
  writeFileSync(file, JSON.stringify([known, { ...known, test: 'another' }]));
  const tried: number[] = [];
  await expect(hold(wanting(tried), 1, file)).rejects.toThrow();
  expect(tried).toEqual([details.counterexample![0]]);
});

it('the failures that every run tries again are written so that it can (P25)', () => {
  for (const known of readFailures()) {
    expect(known).toEqual({
      test: expect.any(String),
      seed: expect.any(Number),
      path: expect.any(String),
    });
  }
});
