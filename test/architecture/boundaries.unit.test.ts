import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { allowed, forbidden, type Import, wayBack } from './boundaries.fixture';

interface Violation {
  rule: { name: string };
  from: string;
  to: string;
}

const root = join(__dirname, '../..');
const configuration = join(root, '.dependency-cruiser.js');
const { forbidden: rules } = jest.requireActual<{ forbidden: { name: string }[] }>(configuration);

/** A project of one-line files that import each other (or a package) as told. */
function write(project: string, imports: readonly Import[]): void {
  const files = new Map<string, string>();
  for (const { from, to, typeOnly } of imports) {
    const target = to.includes('/') ? relative(dirname(from), to).replace(/\.ts$/, '') : to;
    const specifier = to.includes('/') && !target.startsWith('.') ? `./${target}` : target;
    const statement = typeOnly
      ? `import { type It } from '${specifier}';`
      : `import '${specifier}';`;
    files.set(from, `${files.get(from) ?? ''}${statement}\n`);
    if (to.includes('/')) files.set(to, files.get(to) ?? '');
  }
  files.set('tsconfig.json', '{}');
  files.set(
    'package.json',
    JSON.stringify({ dependencies: { shipped: '1' }, devDependencies: { unshipped: '1' } }),
  );
  for (const name of ['shipped', 'unshipped', 'undeclared']) {
    files.set(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    files.set(`node_modules/${name}/index.js`, '');
  }
  for (const [file, text] of files) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
}

function cruise(project: string): Violation[] {
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', configuration, '--output-type', 'json', 'src', 'migrations'],
    ],
    { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (run.stderr) throw new Error(run.stderr);
  return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

/** Whether the violation is about this import; a package was resolved into node_modules. */
function isAbout(violation: Violation, { from, to }: Import): boolean {
  const target = to.includes('/') ? to : `node_modules/${to}/index.js`;
  return violation.from === from && violation.to === target;
}

describe('the boundaries of docs/architecture.md', () => {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'boundaries-')));
  let violations: Violation[];

  beforeAll(() => {
    write(project, [...Object.values(forbidden).flat(), ...allowed, wayBack]);
    violations = cruise(project);
  });

  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  it('have an offender here for every rule, and no offender without a rule', () => {
    expect(Object.keys(forbidden).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it.each(Object.entries(forbidden))('are held by %s', (rule, offences) => {
    const caught = violations.filter((violation) => violation.rule.name === rule);
    const missed = offences.filter((offence) => !caught.some((it) => isAbout(it, offence)));

    expect(missed).toEqual([]);
  });

  it.each(allowed)('let $from import $to', (harmless) => {
    expect(violations.filter((violation) => isAbout(violation, harmless))).toEqual([]);
  });
});
