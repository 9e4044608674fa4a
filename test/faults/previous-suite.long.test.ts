import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildVersion, findPreviousVersion, type BuiltVersion } from '../support/previous-version';

/** What jest writes of a run, as far as it is looked at here. */
interface Report {
  numPassedTests: number;
  testResults: {
    name: string;
    message: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

const commit = findPreviousVersion();
const catalogue =
  /\bpg_(class|attribute|constraint|indexe?s?|proc|policies|trigger)\b|information_schema/;

/** Where a version records, pays, spends, merges and shows. */
const folders = 'test/(attention|customer-view|merging|shop|wallets)/';

/** Tests of a version with a database, run against what the migrations of this one make of it. */
function testsOnThisSchema(folder: string): Report {
  rmSync(join(folder, 'migrations'), { recursive: true });
  cpSync(join(__dirname, '../../migrations'), join(folder, 'migrations'), { recursive: true });
  const out = join(folder, 'report.json');
  const words = [
    'jest',
    '--selectProjects',
    'feature',
    '--maxWorkers',
    '2',
    '--json',
    '--outputFile',
    out,
    '--testPathPatterns',
    folders,
  ];
  const { PATH, HOME } = process.env;
  spawnSync('npx', words, { cwd: folder, stdio: 'ignore', env: { PATH, HOME } });
  return JSON.parse(readFileSync(out, 'utf8')) as Report;
}

describe('the tests of the version before this one', () => {
  let previous: BuiltVersion | undefined;

  beforeAll(() => {
    if (commit !== null) previous = buildVersion(commit);
  });

  afterAll(() => previous?.remove());

  function passOnThisSchema(): void {
    const folder = previous!.folder;
    const { numPassedTests, testResults } = testsOnThisSchema(folder);
    // What tells the schema itself tells that of its own version.
    const others = testResults.filter(({ name }) => !catalogue.test(readFileSync(name, 'utf8')));
    const failed = others.flatMap(({ name, message, assertionResults: tests }) => {
      const titles = tests.filter(({ status }) => status === 'failed').map((one) => one.fullName);
      // A file that cannot be loaded has no tests, and says why.
      const reasons = tests.length === 0 ? [message] : titles;
      return reasons.map((reason) => `${relative(folder, name)}: ${reason}`);
    });
    expect(failed).toEqual([]);
    expect(numPassedTests).toBeGreaterThan(200);
  }

  const title = 'pass on the schema of this one, but for those that tell the schema itself (F19)';
  const run = commit === null ? it.skip : it;
  run(commit === null ? `${title}: not shown, without history` : title, passOnThisSchema);
});
