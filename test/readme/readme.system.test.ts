import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const heading = '## One rewarded moment by copy and paste';

/** A command of the section, with the answer shown after it when there is one. */
interface Step {
  sh: string;
  json: string | null;
}

/** The fenced blocks of the section, in order: each `sh`, and the `json` that follows it. */
function readSteps(): Step[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, section = ''] = readme.split(`${heading}\n`);
  const [body = ''] = section.split('\n## ');
  const steps: Step[] = [];
  for (const [, language, text = ''] of body.matchAll(/^```(sh|json)\n(.*?)^```$/gms)) {
    const last = steps.at(-1);
    if (language === 'sh') steps.push({ sh: text, json: null });
    else if (last !== undefined) last.json = text;
  }
  return steps;
}

const separator = '--- the next command ---';

/** Runs all commands in one shell, as a reader does, and answers what each printed. */
function runInShell(steps: readonly Step[], env: Record<string, string>): string[] {
  const script = steps.map(({ sh }) => sh).join(`\necho '${separator}'\n`);
  const output = execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return output.split(`${separator}\n`);
}

interface Started {
  child: ChildProcess;
  MU: string;
  KEY: string;
}

/** The service as `npm start` runs it, on a free port and an empty data folder. */
function start(dataDir: string): Promise<Started> {
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) => {
      reject(new Error(`the service ended with ${code}: ${output}`));
    });
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const MU = /ready at (http:\S+)\/graphql/.exec(output)?.[1];
      const KEY = /brand key +(\S+)/.exec(output)?.[1];
      if (MU !== undefined && KEY !== undefined) resolve({ child, MU, KEY });
    });
  });
}

describe('the README', () => {
  const steps = readSteps();
  const dataDir = mkdtempSync(join(tmpdir(), 'readme-'));
  let started: Started;
  let answers: string[];

  beforeAll(async () => {
    started = await start(dataDir);
    answers = runInShell(steps, { MU: started.MU, KEY: started.KEY });
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => started.child.once('exit', resolve));
    started.child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('leads through a rewarded moment in seven answered steps', () => {
    expect(steps.filter(({ json }) => json !== null)).toHaveLength(7);
    expect(answers).toHaveLength(steps.length);
  });

  it.each(steps.map((step, at) => ({ ...step, at })).filter((step) => step.json !== null))(
    'shows the answer of command $at as it is',
    ({ json, at }) => {
      expect(JSON.parse(answers[at]!)).toMatchObject(JSON.parse(json!) as object);
    },
  );
});
