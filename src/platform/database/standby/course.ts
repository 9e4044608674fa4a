import type { PoolClient, QueryResult } from 'pg';
import { codeOf, isConflict, isLost } from '../errors';
import { readLsn, type Position } from './position';
import type { Snapshot } from './standby';
import type { Standbys } from './standbys';

const positionSql = 'SELECT pg_current_wal_insert_lsn()::text AS position';

/**
 * How the reads of one request go: at least as far as its caller has seen, by the token it brings and
 * by what this process did for it; at a standby only where `mayLag`.
 */
export class Course {
  private readonly least: Position;
  private snapshot: Snapshot | null = null;
  /** Whether the standby took a snapshot back or went away: its reads are to be done again, at the primary. */
  forsaken = false;

  constructor(
    private readonly standbys: Standbys,
    private readonly caller: string,
    token: string | string[] | undefined,
    private mayLag: boolean,
  ) {
    this.least = standbys.tokens.read(token);
  }

  /** Opens a snapshot at a standby by the message that opens one at the primary; null where it may not. */
  async openStandby(begin: string): Promise<PoolClient | null> {
    const { standbys, caller } = this;
    if (!this.mayLag) {
      standbys.count('required');
      return null;
    }
    const least = Math.max(this.least, standbys.seen.of(caller));
    this.snapshot = await standbys.open(begin, least);
    if (this.snapshot === null) return null;
    standbys.seen.note(caller, this.snapshot.seen);
    return this.snapshot.client;
  }

  /** Opens a snapshot at the primary, and learns how far it sees. */
  async openPrimary(begin: string, client: PoolClient): Promise<void> {
    const results = await client.query(`${begin}; ${positionSql}`);
    const [row] = (results as unknown as QueryResult<{ position: string }>[]).at(-1)?.rows ?? [];
    this.standbys.seen.note(this.caller, readLsn(row?.position ?? '0/0'));
  }

  /** Looks at what a statement failed of. */
  judge(error: unknown): void {
    if (this.snapshot === null) return;
    const lost = isLost(error) || isTimeout(error);
    if (lost) this.snapshot.leave(error);
    // Replaying what removes a row cancels who may still look at it: that standby is well.
    this.forsaken ||= lost || isConflict(error);
  }

  /** No standby from now on. */
  stayAtPrimary(): void {
    this.snapshot = null;
    this.mayLag = false;
    this.forsaken = false;
  }

  /** What the caller brings along to see at least as much the next time. */
  get token(): string {
    return this.standbys.tokens.write(this.standbys.seen.of(this.caller));
  }
}

/** The driver gave up on an answer. */
function isTimeout(error: unknown): boolean {
  return codeOf(error) === '' && /read timeout/i.test((error as Error).message);
}
