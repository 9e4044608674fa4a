import { createHash } from 'node:crypto';
import { Client, escapeLiteral } from 'pg';

/** A database of its own. */
export interface TestDatabase {
  /** The owner's URL; the service switches to the app role by itself. */
  url: string;
  /** Runs a statement as the owner, for looking at what no caller may see. */
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
  /** Leaves it to be copied, under this name and with a note; nothing else can be done with it then. */
  keepAs(name: string, note: string): Promise<void>;
}

let made = 0;

/** Long statements are planned once, since some are asked again after every step of a test. */
function nameOf(text: string): string | undefined {
  return text.length < 2000 ? undefined : createHash('sha1').update(text).digest('hex');
}

/**
 * Copies the migrated template, in some tens of milliseconds, or another `template`, unless it shall
 * be `empty`.
 */
export async function createTestDatabase({
  empty = false,
  template = empty ? 'template0' : process.env['TEST_TEMPLATE'],
}: { empty?: boolean; template?: string } = {}): Promise<TestDatabase> {
  const serverUrl = process.env['TEST_SERVER_URL'] as string;
  const name = `ar_test_${process.pid}_${(made += 1)}`;
  const how = process.env['TEST_COPY'] ?? '';
  await asAdmin(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template} ${how}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  return {
    url: url.href,
    query: async <Row>(text: string, values: unknown[] = []) =>
      (await client.query({ text, values, name: nameOf(text) })).rows as Row[],
    async drop() {
      await client.end();
      await asAdmin(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
    async keepAs(kept, note) {
      await client.end();
      await asAdmin(serverUrl, `ALTER DATABASE ${name} RENAME TO ${kept}`);
      await asAdmin(serverUrl, `COMMENT ON DATABASE ${kept} IS ${escapeLiteral(note)}`);
    },
  };
}

/** Copies of one template must not be made at the same moment, so busy templates are tried again. */
async function asAdmin(url: string, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statement);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === 50) throw error;
    } finally {
      await client.end();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
