import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrations } from '../../migrations';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded';
import { migrate } from '../../src/platform/database/migrate';
import { createLog } from '../../src/platform/log';

const memory = '/dev/shm';

/**
 * One PostgreSQL for the whole run and one migrated database as the template of all others. With
 * TEST_DATABASE_URL (a superuser's) that server is used instead of the embedded one.
 */
export default async function globalSetup(): Promise<void> {
  const given = process.env['TEST_DATABASE_URL'];
  const folder = mkdtempSync(join(roomiest(), 'atomic-rewards-test-'));
  const server = given === undefined ? await startOwnServer(folder) : null;
  const url = server === null ? given : server.url;
  if (url === undefined) throw new Error('no server to test on');
  const template = `ar_template_${process.pid}`;
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${template}`);
  await admin.query(`CREATE DATABASE ${template}`);
  await admin.end();
  const templateUrl = new URL(url);
  templateUrl.pathname = `/${template}`;
  await migrate({ url: templateUrl.href, migrations, log: createLog('warn') });
  process.env['TEST_SERVER_URL'] = url;
  process.env['TEST_TEMPLATE'] = template;
  const inMemory = server !== null && folder.startsWith(memory);
  process.env['TEST_COPY'] = inMemory ? 'STRATEGY FILE_COPY' : '';
  (globalThis as Record<string, unknown>)['testServer'] = { server, url, template, folder };
}

/** Memory where the system offers enough of it as a folder, since every test file has a database written. */
function roomiest(): string {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > 4 * 2 ** 30 ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

function startOwnServer(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    // A test server may lose its data with the machine; crash tests start servers of their own.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
      max_wal_size: '512MB',
      // Tables of a test are small, and a process to read a part of them costs more than all of them.
      max_parallel_workers_per_gather: '0',
    },
  });
}
