import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import type { EmbeddedPostgres } from '../../src/platform/database/embedded';

interface TestServer {
  server: EmbeddedPostgres | null;
  url: string;
  template: string;
  folder: string;
}

export default async function globalTeardown(): Promise<void> {
  const { server, url, template, folder } = (globalThis as Record<string, unknown>)[
    'testServer'
  ] as TestServer;
  await server?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  if (server !== null) return;
  const admin = new Client({ connectionString: url });
  await admin.connect();
  // The template, and what was kept to be copied besides.
  const kept = 'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)';
  const { rows } = await admin.query<{ name: string }>(kept, [template]);
  for (const { name } of rows) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.end();
}
