import { LRUCache } from 'lru-cache';
import type { BrandScope, Caller } from '../platform/auth/caller';
import type { Database } from '../platform/database/database';
import type { RowScope } from '../platform/database/row-scope';

/** A working key as it is checked on each request. */
export interface KeyRecord {
  secretHash: Buffer;
  caller: Extract<Caller, { kind: 'brand' }>;
  /** The brand's own cost bucket, where it has one. */
  bucket: BucketSetting;
}

/** Null stands for the default of the limits. */
export interface BucketSetting {
  size: number | null;
  perSecond: number | null;
}

interface Entry {
  database: Database | null;
  record: Promise<KeyRecord | null>;
}

interface KeyRow {
  id: string;
  brand_id: string;
  secret_hash: Buffer;
  scopes: BrandScope[];
  bucket_size: number | null;
  bucket_per_second: number | null;
}

const mostKeys = 10_000;
const secondsKept = 5;

/** Of the process and not of one service, so that a revocation reaches all; ids of keys are unique. */
const entries = new LRUCache<string, Entry>({
  max: mostKeys,
  ttl: secondsKept * 1000,
  ttlResolution: 0,
});

const everything: RowScope = { tenants: [], subject: null, everything: true, directory: true };

const lookupSql = `
  SELECT k.id, k.brand_id, k.secret_hash, k.scopes, b.bucket_size, b.bucket_per_second
  FROM api_keys k JOIN brands b ON b.id = k.brand_id
  WHERE k.id = $1 AND k.revoked_at IS NULL`;

/**
 * The working key of a UUID, or null; asked of the database at most once in five seconds, callers at
 * the same moment sharing the question. Rejects, and remembers nothing, when the database is away.
 */
export async function findKey(database: Database, uuid: string): Promise<KeyRecord | null> {
  const known = entries.get(uuid);
  if (known !== undefined && (known.database === null || known.database === database)) {
    return known.record;
  }
  const entry: Entry = { database, record: lookUp(database, uuid) };
  entries.set(uuid, entry);
  const record = await entry.record.catch((error: unknown) => {
    drop(uuid, entry);
    throw error;
  });
  // Ids somebody made up must not push working keys out.
  if (record === null) drop(uuid, entry);
  return record;
}

/** Refuses a key from now on. A look-up that is still on its way does not bring it back. */
export function forgetKey(uuid: string): void {
  entries.set(uuid, { database: null, record: Promise.resolve(null) });
}

function drop(uuid: string, entry: Entry): void {
  if (entries.peek(uuid) === entry) entries.delete(uuid);
}

async function lookUp(database: Database, uuid: string): Promise<KeyRecord | null> {
  const reads = database.reads(everything);
  try {
    const [row] = await reads.query<KeyRow>(lookupSql, [uuid]);
    return row === undefined ? null : recordOf(row);
  } finally {
    await reads.close();
  }
}

function recordOf(row: KeyRow): KeyRecord {
  return {
    secretHash: row.secret_hash,
    caller: { kind: 'brand', brandId: row.brand_id, keyId: row.id, scopes: row.scopes },
    bucket: { size: row.bucket_size, perSecond: row.bucket_per_second },
  };
}
