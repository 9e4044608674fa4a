import { Client } from 'pg';
import { join } from 'node:path';
import { loadConfig } from '../../src/platform/config';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded';
import { createLog } from '../../src/platform/log';
import { createService } from '../../src/server/create-service';

/** A PostgreSQL for loads: that of DATABASE_URL, else an embedded one of its own. */
export interface Place {
  /** Its superuser's address of a database. */
  urlOf(database: string): string;
  /** Path of what it prints; null for one that is not ours. */
  log: string | null;
  stop(): Promise<void>;
}

/** How large a base is. */
export interface Size {
  customers: number;
  events: number;
}

/** What the database of a base is called; loads touch no other. */
export function databaseOf({ customers, events }: Size): string {
  return `load_${customers}_${events}`;
}

/** Finds or starts the PostgreSQL; it has more memory than on a laptop, as for so many customers. */
export async function openPlace(): Promise<Place> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') {
    const urlOf = (database: string) => withDatabase(given, database);
    return { urlOf, log: null, stop: () => Promise.resolve() };
  }
  const dataDir = process.env['BENCH_DATA_DIR'] ?? join('.data', 'bench');
  const embedded = await startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    settings: { shared_buffers: '512MB', max_wal_size: '4GB', max_connections: '100' },
  });
  return {
    urlOf: (database) => withDatabase(embedded.url, database),
    log: join(dataDir, 'postgres', 'server.log'),
    stop: () => embedded.stop(),
  };
}

function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

/** Runs something on one connection of the superuser. */
export async function onConnection<T>(
  url: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the database anew, empty. */
export async function recreate(place: Place, database: string): Promise<void> {
  await onConnection(place.urlOf('postgres'), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${database}`);
  });
}

// Jobs take whole bases here, not what is bearable beside requests.
const roomy = {
  LIMIT_ATTENTION_JUDGED: '5000',
  LIMIT_ATTENTION_PROVEN: '500',
  LIMIT_SEGMENT_SWEEP: '10000',
  LIMIT_PURCHASE_PROOF: '5000',
  LIMIT_WORTH_BATCH: '5000',
  LIMIT_STATEMENT_MS: '60000',
};

/** The service on a database, migrated, without HTTP and without jobs of its own. */
export function openService(url: string) {
  const config = loadConfig({ ...process.env, ...roomy, DATABASE_URL: url });
  return createService(config, { jobs: false, log: createLog('error') });
}

export type LoadService = Awaited<ReturnType<typeof openService>>;
