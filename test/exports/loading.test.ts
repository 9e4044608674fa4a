import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportedTables } from '../../src/exports/exported-tables';
import { readPage, tableRows } from '../docs/markdown';
import { Scene } from '../promises/scene';
import { startTestService, type TestService } from '../support/test-service';
import { exported, keptBytes, keptLines } from './desk';

let t: TestService;
let folder: string;

beforeAll(async () => {
  t = await startTestService();
  folder = mkdtempSync(join(tmpdir(), 'export-'));
  // The server reads the file, and may be another user.
  chmodSync(folder, 0o755);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await t.close();
});

it('is loaded by PostgreSQL as the page says, whatever characters are in it', async () => {
  const scene = await Scene.create(t, 'loads');
  const name = 'tab\t, comma, "quotes", back\\slash, line\nbreak, 漢字 and emoji 🎁';
  await scene.do('identifyCustomer', { externalId: 'odd', traits: { name } });
  await exported(t, scene.brand.apiKey, { parts: ['CUSTOMERS'] });
  const file = join(folder, 'relationships.ndjson.gz');
  writeFileSync(file, (await keptBytes(t)).get('relationships')!);
  const shown = /FROM STDIN (WITH \([^)]*\))/.exec(readPage('docs/export.md').text)?.[1];
  await t.database.query('CREATE TEMP TABLE taken_home (line jsonb)');
  await t.database.query(`COPY taken_home FROM PROGRAM 'gunzip -c ${file}' ${shown}`);
  const rows = await t.database.query<{ line: object }>('SELECT line FROM taken_home');
  expect(rows.map(({ line }) => line)).toEqual((await keptLines(t))['relationships']);
  const [odd] = await t.database.query<{ name: string }>(
    `SELECT line->'traits'->>'name' AS name FROM taken_home WHERE line->>'external_id' = 'odd'`,
  );
  expect(odd!.name).toBe(name);
});

it('has the files the page lists, part by part', () => {
  const page = tableRows(readPage('docs/export.md'), 'part').flatMap(([part = '', files = '']) =>
    [...files.matchAll(/`(\w+)`/g)].map(([, name]) => [name, part.replaceAll('`', '')]),
  );
  const code = Object.entries(exportedTables).map(([name, { part }]) => [name, part]);
  expect(page).toEqual(code);
});
