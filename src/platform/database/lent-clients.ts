import type { Pool, PoolClient } from 'pg';

const lentBy = new WeakMap<Pool, Set<PoolClient>>();
const abandoned = new WeakSet<PoolClient>();

/** Remembers which connections of a pool somebody holds, so that `abandonLent` can take them back. */
export function watchLent(pool: Pool): void {
  const lent = new Set<PoolClient>();
  lentBy.set(pool, lent);
  pool.on('acquire', (client) => lent.add(client));
  pool.on('release', (_, client) => lent.delete(client));
}

/** Closes the connections that are still held: a pool that ends waits for every one of them, for ever. */
export function abandonLent(pool: Pool): void {
  for (const client of lentBy.get(pool) ?? []) {
    abandoned.add(client);
    client.release(true);
  }
}

/** Whether a connection was taken back by `abandonLent`. */
export function isAbandoned(client: PoolClient): boolean {
  return abandoned.has(client);
}

/** Gives a connection back, unless its pool has ended meanwhile. */
export function giveBack(client: PoolClient): void {
  if (!isAbandoned(client)) client.release();
}
