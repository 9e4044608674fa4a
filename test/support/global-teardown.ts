import { Client } from 'pg';
import type { EmbeddedPostgres } from '../../src/platform/database/embedded';

interface TestServer {
  server: EmbeddedPostgres | null;
  url: string;
  template: string;
}

export default async function globalTeardown(): Promise<void> {
  const { server, url, template } = (globalThis as Record<string, unknown>)[
    'testServer'
  ] as TestServer;
  if (server !== null) return server.stop();
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  await admin.end();
}
