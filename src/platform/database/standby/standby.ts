import { Client, Pool, type PoolClient, type QueryResult } from 'pg';
import type { Log } from '../../log';
import { clientOptions, type ConnectionSettings } from '../connection';
import { codeOf } from '../errors';
import { abandonLent, watchLent } from '../lent-clients';
import { pipelinedOptions } from '../read-connections';
import { CatchUp } from './catch-up';
import { readLsn, type Position } from './position';

/** Why a read did not go to a standby. */
export type Refusal = 'away' | 'lagging' | 'behind' | 'busy';

/** What there is to tell of one standby. */
export interface StandbyHealth {
  /** Host and port. */
  standby: string;
  inUse: boolean;
  /** The age of what it shows, in milliseconds begun; null when it cannot be told. */
  lagMs: number | null;
  /** Bytes of the write-ahead log that it has not replayed. */
  behindBytes: number;
  /** Why it cannot be read from; null when it can. */
  fault: string | null;
}

/** A transaction opened at a standby, on a connection to be released by whoever reads. */
export interface Snapshot {
  client: PoolClient;
  /** It shows nothing from beyond this. */
  seen: Position;
  /** Has the standby left alone until it is well again. */
  leave(error: unknown): void;
}

interface Look {
  standby: boolean;
  replayed: string | null;
  cluster: string;
}

const lookSql = `SELECT pg_is_in_recovery() AS standby, pg_last_wal_replay_lsn()::text AS replayed,
  (SELECT system_identifier::text FROM pg_control_system()) AS cluster`;

// In a transaction of its own: what has been replayed before a snapshot is taken is in the snapshot.
const beforeSql = `BEGIN; SELECT pg_is_in_recovery() AS standby,
  pg_last_wal_replay_lsn()::text AS replayed; COMMIT`;
const seenSql = `SELECT pg_last_wal_replay_lsn()::text AS seen`;

class NotOurs extends Error {}

/**
 * One hot standby: its pool, how far it is, and whether it is fit to be asked. Whatever fails here is
 * a reason to ask the primary and never an error of a request.
 */
export class Standby {
  readonly name: string;
  private readonly pool: Pool;
  private readonly catchUp: CatchUp;
  private scout: Promise<Client> | null = null;
  private replayed: Position = 0;
  private fault: string | null = 'not looked at yet';
  private lag = Number.POSITIVE_INFINITY;
  private behind = 0;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly settings: ConnectionSettings,
    private readonly log: Log,
  ) {
    const { limits } = settings;
    const address = new URL(url);
    this.name = `${address.hostname}:${address.port || '5432'}`;
    this.pool = new Pool({
      ...pipelinedOptions(settings),
      connectionString: url,
      max: limits.readConnections,
      connectionTimeoutMillis: limits.poolWaitMs,
      // A machine that hangs answers nothing, not even that its statement took too long.
      query_timeout: limits.statementMs + limits.standbyAnswerMs,
    });
    watchLent(this.pool);
    this.pool.on('error', (error) => this.leave(error));
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.catchUp = new CatchUp(limits, () => this.look());
  }

  get usable(): boolean {
    return this.fault === null && this.lag <= this.settings.limits.standbyLagMs;
  }

  /** Whether it is known to have replayed that much. */
  has(position: Position): boolean {
    return this.replayed >= position;
  }

  health(): StandbyHealth {
    const { name: standby, usable: inUse, fault, behind: behindBytes } = this;
    const known = this.fault === null && Number.isFinite(this.lag);
    return { standby, inUse, lagMs: known ? Math.ceil(this.lag) : null, behindBytes, fault };
  }

  /** Looks how far it is; `lagOf` tells the age of a position. */
  async examine(
    cluster: string,
    lagOf: (replayed: Position) => { age: number; bytes: number },
  ): Promise<void> {
    const found = await this.look();
    if (found !== null && found !== cluster) this.leave(new NotOurs('another cluster'));
    const { age, bytes } = lagOf(this.replayed);
    [this.lag, this.behind] = [age, bytes];
  }

  /** Opens a snapshot that holds everything up to `least`, by the message that opens one at the primary. */
  async open(begin: string, least: Position): Promise<Snapshot | Refusal> {
    if (this.fault !== null) return 'away';
    if (!this.usable) return 'lagging';
    if (!this.has(least) && !(await this.catchUp.wait(least))) return this.refusal('behind');
    const client = await this.connection();
    if (client === null) return this.refusal('busy');
    try {
      const text = `${beforeSql}; ${begin}; ${seenSql}`;
      const asked = { text, query_timeout: this.settings.limits.standbyAnswerMs };
      const results = (await client.query(asked)) as unknown as QueryResult[];
      const before = results[1]?.rows[0] as Look;
      if (!before.standby || before.replayed === null) throw new NotOurs('not a standby');
      const { seen } = results[results.length - 1]?.rows[0] as { seen: string };
      if (readLsn(before.replayed) >= least) {
        return { client, seen: readLsn(seen), leave: (error) => this.leave(error) };
      }
      await client.query('ROLLBACK');
      client.release();
      return 'behind';
    } catch (error) {
      client.release(error as Error);
      this.leave(error);
      return 'away';
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.catchUp.giveUp();
    const scout = await this.scout?.catch(() => null);
    abandonLent(this.pool);
    await Promise.all([scout?.end().catch(() => undefined), this.pool.end()]);
  }

  /** Why nothing came of it; what was tried may have found the standby gone. */
  private refusal(cause: Refusal): Refusal {
    return this.fault === null ? cause : 'away';
  }

  /** A connection, or null when none is free in time; one that comes later is for the next read. */
  private async connection(): Promise<PoolClient | null> {
    const asked = this.pool.connect();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), this.settings.limits.standbyWaitMs);
    });
    try {
      const client = await Promise.race([asked, late]);
      if (client === null) void asked.then((unused) => unused.release()).catch(() => undefined);
      return client;
    } catch (error) {
      this.leave(error);
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks how far it is; answers which cluster it belongs to, null when it cannot be read from. */
  private async look(): Promise<string | null> {
    try {
      this.scout ??= this.connectScout();
      const { rows } = await (await this.scout).query<Look>(lookSql);
      const { standby, replayed, cluster } = rows[0] as Look;
      if (!standby || replayed === null) throw new NotOurs('not a standby');
      this.replayed = readLsn(replayed);
      if (this.fault !== null) this.log.info({ standby: this.name }, 'a standby is there');
      this.fault = null;
      this.catchUp.reached(this.replayed);
      return cluster;
    } catch (error) {
      this.leave(error);
      return null;
    }
  }

  private async connectScout(): Promise<Client> {
    const { standbyAnswerMs } = this.settings.limits;
    const client = new Client({
      ...clientOptions(this.settings),
      connectionString: this.url,
      connectionTimeoutMillis: standbyAnswerMs,
      query_timeout: standbyAnswerMs,
    });
    client.on('error', (error) => this.leave(error));
    await client.connect();
    return client;
  }

  /** Asks it nothing until a look finds it well again. */
  private leave(error: unknown): void {
    if (this.closed) return;
    const reason = error instanceof NotOurs ? error.message : codeOf(error) || 'no answer';
    if (this.fault === null) {
      this.log.warn({ standby: this.name, reason }, 'a standby is not used');
    }
    this.fault = reason;
    const { scout } = this;
    this.scout = null;
    void scout?.then((client) => client.end()).catch(() => undefined);
    this.catchUp.giveUp();
  }
}
