import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/platform/config';
import { createLog } from '../../src/platform/log';
import { root } from '../docs/markdown';

const passedOver = new Set(['node_modules', 'dist', 'coverage', '.data', '.git', '.env', 'data']);

/** Files of the project that are text. */
function filesOf(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (passedOver.has(entry.name)) return [];
    if (entry.isDirectory()) return filesOf(path);
    return entry.isFile() && statSync(path).size < 5_000_000 ? [path] : [];
  });
}

/** What secrets look like. */
const secrets: Record<string, RegExp> = {
  'a private key': /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/,
  'a key of a cloud': /\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}\b/,
  'a token of a forge or a registry':
    /\b(gh[pousr]_\w{36}|github_pat_\w{60,}|glpat-[\w-]{20}|npm_\w{36})\b/,
  'a key of a provider':
    /\b(SG\.[\w-]{22}\.[\w-]{43}|sk_live_\w{20,}|rk_live_\w{20,}|xox[abprs]-[\w-]{20,})\b/,
  'a signed token': /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/,
  'a password in an address':
    /\b(postgres(ql)?|https?|redis|amqp):\/\/[^\s:/@'"`$<{]+:(?!\w*word\b)[^\s@'"`$<{]{8,}@(?!.*(example|localhost|127\.0\.0\.1))/,
};

test.each(Object.entries(secrets))('no file of the repository holds %s (S8)', (_, pattern) => {
  const files = filesOf();
  expect(files.length).toBeGreaterThan(1000);
  expect(files.filter((path) => pattern.test(readFileSync(path, 'utf8')))).toEqual([]);
});

test('the example of the settings gives no secret a value, and the real one is not kept (S8)', () => {
  const example = readFileSync(join(root, '.env.example'), 'utf8');
  const given = [...example.matchAll(/^#? ?((?!LIMIT_)\w*(?:SECRET|KEY|PASSWORD)\w*)=(.+)$/gm)];
  expect(given.map(([line]) => line)).toEqual([]);
  expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toContain('.env');
});

test('a setting that is refused is named, and its value is not told (S8)', () => {
  const canary = 'canary-hunter2';
  const broken = {
    NODE_ENV: 'production',
    DATABASE_URL: `nonsense://me:${canary}@db`,
    PLATFORM_KEY: canary,
    ROUTER_SECRET: canary,
    TOKEN_SECRET: canary,
    PORT: canary,
    LIMIT_TOKENS: canary,
    CORS_ORIGINS: canary,
  };
  let said = '';
  try {
    loadConfig(broken);
  } catch (error) {
    said = String(error);
  }
  expect(said).toContain('PORT');
  expect(said).not.toContain(canary);
});

test('what is secret is left out of the log, whoever puts it in (S8)', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const canary = 'canary-hunter2';
  log.info({ req: { headers: { authorization: canary } } }, 'a request');
  log.info({ connection: { password: canary, secret: canary } }, 'a connection');
  log.info({ headers: { authorization: canary } }, 'headers');
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain(canary);
});
