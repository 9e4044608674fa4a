import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import type { MagnetRow } from './magnet.entity';
import { settle } from './settle-magnets';

const atOnce = 20;

// The lock comes first, as for everybody who ends a magnet; one that somebody settles is skipped.
const dueSql = `
  SELECT m.* FROM magnets m
  WHERE m.resolved_at IS NOT NULL AND m.settled_at IS NULL
  ORDER BY m.resolved_at LIMIT $1
  FOR NO KEY UPDATE OF m SKIP LOCKED`;

/**
 * Settles what resolving a prediction has left over, some hundred responses at a time. What is due
 * stays due until it is done, so a restart or a crash only delays it; a response is settled once.
 */
export const settleMagnets: Job = {
  name: 'settle-magnets',
  run: ({ database, clock }) => database.transact(clock, settleDue),
};

async function settleDue(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<MagnetRow>(dueSql, [atOnce]);
  await settle(tx, due);
  return due.length;
}
