import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { madeSoFar, makeAfter } from './samples';
import type { Tenant } from './world';

/** The two brands of a world, in a database. */
interface Settled {
  database: TestDatabase;
  a: Tenant;
  b: Tenant;
}

/** What is known of a kept world beside its rows. */
interface Note {
  keptAt: number;
  made: number;
  tenants: unknown[];
}

/** Codes and credentials in a world are good for minutes, and tests are to find them so. */
const freshMs = 8 * 60_000;
const lock = 7_300_141;

/**
 * A database with two brands settled in it. To settle takes seconds, so the first file that asks
 * leaves its world to be copied by all others of the run, whichever process they run in.
 */
export async function copyOfWorld(
  settle: (database: TestDatabase) => Promise<[Tenant, Tenant]>,
): Promise<Settled> {
  const admin = new Client({ connectionString: process.env['TEST_SERVER_URL'] as string });
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [lock]);
    const kept = (await newest(admin)) ?? (await keep(settle));
    const database = await createTestDatabase({ template: kept.name });
    makeAfter(kept.note.made);
    const [a, b] = kept.note.tenants.map((tenant) => revived(tenant as Written));
    return { database, a: a as Tenant, b: b as Tenant };
  } finally {
    await admin.end();
  }
}

interface Kept {
  name: string;
  note: Note;
}

const prefix = (): string => `${process.env['TEST_TEMPLATE']}_world`;

async function newest(admin: Client): Promise<Kept | null> {
  const { rows } = await admin.query<{ name: string; description: string }>(
    `SELECT d.datname AS name, c.description FROM pg_database d
     JOIN pg_shdescription c ON c.objoid = d.oid AND c.classoid = 'pg_database'::regclass
     WHERE starts_with(d.datname, $1)`,
    [prefix()],
  );
  const worlds = rows.map(({ name, description }) => ({
    name,
    note: JSON.parse(description) as Note,
  }));
  return worlds.find(({ note }) => Date.now() - note.keptAt < freshMs) ?? null;
}

async function keep(settle: (database: TestDatabase) => Promise<[Tenant, Tenant]>): Promise<Kept> {
  const database = await createTestDatabase();
  const tenants = (await settle(database)).map(written);
  const note = { keptAt: Date.now(), made: madeSoFar(), tenants };
  const name = `${prefix()}_${process.pid}_${note.keptAt}`;
  await database.keepAs(name, JSON.stringify(note));
  return { name, note };
}

type Written = ReturnType<typeof written>;

/** Sets and maps as lists. */
function written(tenant: Tenant) {
  const names = [...tenant.names].map(([field, texts]) => [field, [...texts]] as const);
  return { ...tenant, seen: [...tenant.seen], names };
}

function revived(tenant: Written): Tenant {
  const names = tenant.names.map(([field, texts]) => [field, new Set(texts)] as const);
  return { ...tenant, seen: new Set(tenant.seen), names: new Map(names) };
}
