/**
 * Plants one fault after another in the sources and runs the tests that must notice. A mutant that
 * survives means that a promise is not tested; then this exits with 1. Arguments name mutants by a part
 * of their names; without any, all are tried.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/platform/database/embedded';

interface Killer {
  file: string;
  /** Pattern of the names of the tests that count; all of the file when left out. */
  name?: string;
}

interface Mutant {
  name: string;
  killedBy: Killer[];
}

type Outcome = 'killed' | 'survived' | 'broken';

interface Report {
  numFailedTests: number;
  numPassedTests: number;
  numRuntimeErrorTestSuites: number;
}

const jest = require.resolve('jest/bin/jest');
const root = process.cwd();
const scratch = mkdtempSync(join(tmpdir(), 'mutants-'));

/** Runs tests with a mutant (none: as they are) and tells what came of it. */
function run({ file, name }: Killer, mutant: string | undefined, url: string): Report | null {
  const outputFile = join(scratch, 'report.json');
  rmSync(outputFile, { force: true });
  const names = name === undefined ? [] : ['--testNamePattern', name];
  const { MUTANT: _, ...env } = process.env;
  spawnSync(
    process.execPath,
    [
      ...[jest, '--config', 'test/mutants/jest.config.js', '--selectProjects', 'feature'],
      ...['--runInBand', '--json', '--outputFile', outputFile, ...names, '--runTestsByPath', file],
    ],
    {
      cwd: root,
      stdio: 'ignore',
      env: { ...env, TEST_DATABASE_URL: url, ...(mutant === undefined ? {} : { MUTANT: mutant }) },
    },
  );
  try {
    return JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
  } catch {
    return null;
  }
}

function judge(report: Report | null): Outcome {
  if (report === null || report.numFailedTests + report.numPassedTests === 0) return 'broken';
  // A suite that fails when its tests are over has found its books out of balance.
  const found = report.numFailedTests > 0 || report.numRuntimeErrorTestSuites > 0;
  return found ? 'killed' : 'survived';
}

function tell(mark: string, outcome: string, what: string): void {
  console.log(`${mark} ${outcome.padEnd(9)} ${what}`);
}

function tellOf({ file, name }: Killer): string {
  return name === undefined ? file : `${file} › ${name}`;
}

/** The tests must be green without any fault, or a red one would say nothing. */
function checkUnharmed(mutants: readonly Mutant[], url: string): number {
  const killers = new Map(
    mutants.flatMap(({ killedBy }) => killedBy.map((one) => [tellOf(one), one])),
  );
  let bad = 0;
  for (const [text, killer] of killers) {
    const outcome = judge(run(killer, undefined, url));
    if (outcome !== 'survived') bad += 1;
    tell(outcome === 'survived' ? '✓' : '✗', outcome === 'survived' ? 'green' : 'red', text);
  }
  return bad;
}

function tryMutants(mutants: readonly Mutant[], url: string): number {
  let bad = 0;
  for (const { name, killedBy } of mutants) {
    for (const killer of killedBy) {
      const outcome = judge(run(killer, name, url));
      if (outcome !== 'killed') bad += 1;
      tell(outcome === 'killed' ? '✓' : '✗', outcome, `${name} — ${tellOf(killer)}`);
    }
  }
  return bad;
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const all = JSON.parse(readFileSync(join(root, 'test/mutants/mutants.json'), 'utf8')) as Mutant[];
  const mutants = all.filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  );
  const server = await startEmbeddedPostgres({
    dataDir: join(scratch, 'data'),
    log: () => undefined,
    settings: { fsync: 'off', synchronous_commit: 'off', max_connections: '200' },
  });
  try {
    const bad = checkUnharmed(mutants, server.url) + tryMutants(mutants, server.url);
    console.log(
      `${mutants.length} mutants, ${bad === 0 ? 'all noticed' : `${bad} runs not as they must be`}`,
    );
    process.exitCode = bad === 0 ? 0 : 1;
  } finally {
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

void main();
