import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/platform/config';
import { limitSettings } from '../../src/platform/limits';
import { readPage, root, tableRows } from './markdown';

const limits = Object.values(limitSettings);

/** The variables named in the schema of src/platform/config.ts; the limits are a list of their own. */
function variablesOfConfig(): string[] {
  const source = readFileSync(join(root, 'src/platform/config.ts'), 'utf8');
  const [, schema = ''] = /environmentSchema = z\.object\(\{(.*?)\n\}\);/s.exec(source) ?? [];
  return [...schema.matchAll(/^ {2}([A-Z][A-Z_]*):/gm)].map(([, name = '']) => name);
}

/** Lines `# NAME=value` of .env.example. */
function variablesOfExample(): Map<string, string> {
  const text = readFileSync(join(root, '.env.example'), 'utf8');
  return new Map(
    [...text.matchAll(/^# ([A-Z][A-Z_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

describe('the settings', () => {
  const variables = variablesOfConfig();

  it('are found in the source', () => {
    expect(variables).toContain('DATABASE_URL');
    expect(variables).toContain('TOKEN_SECRET');
  });

  it('are all in the table of the README, and nothing else is', () => {
    const rows = tableRows(readPage('README.md'), 'variable');
    const named = rows.map(([first = '']) => /`([A-Z_]+)`/.exec(first)?.[1]);
    expect(named).toEqual(variables);
  });

  it('are marked in the README when production insists on them', () => {
    const rows = tableRows(readPage('README.md'), 'variable');
    const marked = rows.flatMap(([first = '']) =>
      first.endsWith('†') ? [first.slice(1, -3)] : [],
    );
    const complaints = () => loadConfig({ NODE_ENV: 'production' });
    expect(complaints).toThrow(marked.map((name) => `${name}: required in production`).join('\n'));
  });

  it('are all in .env.example with the limits, and nothing else is', () => {
    const expected = [...variables, ...limits.map(({ variable }) => variable)];
    expect([...variablesOfExample().keys()].sort()).toEqual(expected.sort());
  });

  it('have their defaults in .env.example', () => {
    const example = variablesOfExample();
    const stale = limits.filter(({ variable, value }) => example.get(variable) !== String(value));
    expect(stale).toEqual([]);
    const { host, port, dataDir, logLevel, environment } = loadConfig({});
    expect(example.get('HOST')).toBe(host);
    expect(example.get('PORT')).toBe(String(port));
    expect(example.get('DATA_DIR')).toBe(dataDir);
    expect(example.get('LOG_LEVEL')).toBe(logLevel);
    expect(example.get('NODE_ENV')).toBe(environment);
  });
});
