import { LRUCache } from 'lru-cache';
import type { ClientBase, QueryResult } from 'pg';
import type { Command } from '../command';
import { readLsn, type Position } from './position';

/**
 * How far each caller has seen, by what this process wrote and read for them. A caller is forgotten
 * when `most` others came after; the position forgotten then counts for everybody, so that forgetting
 * costs reads at the primary and never shows anything stale.
 */
export class SeenPositions {
  private floor: Position = 0;
  private readonly byCaller: LRUCache<string, Position>;

  constructor(most: number) {
    this.byCaller = new LRUCache({
      max: Math.max(1, most),
      dispose: (position, _caller, reason) => {
        if (reason === 'evict') this.floor = Math.max(this.floor, position);
      },
    });
  }

  /** What a read of this caller must have seen at least. */
  of(caller: string): Position {
    return Math.max(this.floor, this.byCaller.get(caller) ?? 0);
  }

  /** The caller has seen, or written, everything up to here. */
  note(caller: string, position: Position): void {
    if (position > this.of(caller)) this.byCaller.set(caller, position);
  }
}

/** After the COMMIT in the same message, so that the position lies behind its record in the log. */
const commitSql = 'COMMIT; SELECT pg_current_wal_insert_lsn()::text AS position';

/** Commits, and notes for whoever sent the commands that they have seen this far. */
export async function commitSeen(
  client: ClientBase,
  seen: SeenPositions,
  commands: readonly Command[],
): Promise<void> {
  const results = (await client.query(commitSql)) as unknown as QueryResult<{ position: string }>[];
  const position = readLsn(results[1]?.rows[0]?.position ?? '0/0');
  for (const scope of new Set(commands.map((command) => command.scope))) seen.note(scope, position);
}
