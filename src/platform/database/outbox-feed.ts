import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { PassThrough } from 'node:stream';
import { Client } from 'pg';
import { UnavailableError } from '../errors';
import type { Log } from '../log';
import { clientOptions } from './connection';
import type { Database } from './database';
import { codeOf } from './errors';
import { outboxChannel, type Announcement } from './outbox';

/** An announcement as it was stored. */
export interface Announced extends Announcement {
  id: number;
  at: Date;
}

/**
 * What a follower hears: these topics, of one brand or of one customer, or of a customer with a brand;
 * without either, of everybody, which is for the platform.
 */
export interface Following {
  topics: readonly string[];
  brandId: string | null;
  customerId: string | null;
  /** Narrows it further. */
  wanted?: (announced: Announced) => boolean;
}

interface Follower {
  following: Following;
  stream: PassThrough;
}

const columns = `o.id, o.topic, o.brand_id AS "brandId", o.customer_id AS "customerId", o.payload,
  o.created_at AS at`;
const ofBatchesSql = `SELECT ${columns} FROM outbox o WHERE o.batch = ANY ($1::uuid[]) ORDER BY o.id`;
const sinceSql = `SELECT ${columns} FROM outbox o WHERE o.id > $1 ORDER BY o.id LIMIT 10000`;
const lastSql = `SELECT coalesce(max(o.id), 0) AS id FROM outbox o`;

/** Ids are given out before they commit, so after a gap in listening we look this far back. */
const lookBack = 5000;

const everything = { tenants: [], subject: null, everything: true, directory: true };

/**
 * Hands what any process announces to this process's followers. One connection listens, from the first
 * follower on; what a notification names is read in one statement, however many follow it. After a lost
 * connection the feed catches up. Where a pooler cannot carry notifications, it looks every second.
 */
export class OutboxFeed {
  private readonly followers = new Map<string, Set<Follower>>();
  private readonly heard = new LRUCache<number, true>({ max: 4 * lookBack });
  private listening: Promise<void> | null = null;
  private client: Client | null = null;
  private poll: NodeJS.Timeout | null = null;
  private waiting = new Set<string>();
  private last = 0;
  private floor = 0;
  private fetching = false;
  private closed = false;
  private readonly again = retry(handleAll, {
    maxAttempts: Number.MAX_SAFE_INTEGER,
    backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 2000 }),
  });

  constructor(
    private readonly database: Pick<Database, 'reads' | 'settings'>,
    private readonly log: Log,
  ) {}

  /** How many follow, for metrics. */
  get following(): number {
    let count = 0;
    for (const set of this.followers.values()) count += set.size;
    return count;
  }

  /**
   * Everything announced from now on, in the order of the outbox; to be ended by the reader. Ends with
   * UnavailableError when its reader is so slow that more than `limits.liveBuffer` wait for it.
   */
  async follow(following: Following): Promise<AsyncIterableIterator<Announced>> {
    await this.listen();
    // What was announced while nobody followed is nobody's news, not even after a lost connection.
    if (this.followers.size === 0) this.floor = await this.newest();
    const size = this.database.settings.limits.liveBuffer;
    const stream = new PassThrough({ objectMode: true, highWaterMark: size });
    const follower = { following, stream };
    const keys = keysOf(following);
    for (const key of keys)
      this.followers.set(key, (this.followers.get(key) ?? new Set()).add(follower));
    const leave = (): void => {
      for (const key of keys) {
        this.followers.get(key)?.delete(follower);
        if (this.followers.get(key)?.size === 0) this.followers.delete(key);
      }
    };
    stream.once('close', leave);
    return readerOf(stream, leave);
  }

  /** Ends every follower's stream and the connection. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.poll !== null) clearInterval(this.poll);
    for (const set of this.followers.values()) for (const { stream } of set) stream.end();
    await this.listening?.catch(() => undefined);
    await this.client?.end().catch(() => undefined);
  }

  private listen(): Promise<void> {
    if (this.closed) return Promise.reject(new UnavailableError('draining'));
    this.listening ??= this.connect().catch((error: unknown) => {
      this.listening = null;
      throw error;
    });
    return this.listening;
  }

  private async connect(): Promise<void> {
    const { settings } = this.database;
    if (this.last === 0) this.last = await this.newest();
    if (!settings.prepared) {
      this.poll ??= setInterval(
        () => void this.catchUp(0).catch(this.warn),
        settings.limits.jobIntervalMs,
      );
      return;
    }
    const options = clientOptions(settings);
    const client = new Client({ ...options, connectionString: settings.url });
    client.on('error', this.warn);
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.hear(payload));
    this.client = client;
    await client.connect();
    await client.query(`LISTEN ${outboxChannel}`);
  }

  private readonly warn = (error: unknown): void => {
    this.log.warn({ code: codeOf(error) }, 'the outbox feed was interrupted');
  };

  private lost(client: Client): void {
    if (this.closed || this.client !== client) return;
    this.client = null;
    this.listening = this.again.execute(async () => {
      if (this.closed) return;
      await this.connect();
      await this.catchUp(lookBack);
    });
    this.listening.catch(this.warn);
  }

  /** Batches that are named in one turn of the event loop are read together. */
  private hear(batch: string | undefined): void {
    if (batch === undefined || this.followers.size === 0) return;
    this.waiting.add(batch);
    if (this.fetching) return;
    this.fetching = true;
    setImmediate(() => void this.fetch());
  }

  /** One read at a time, or what happens next overtakes what is read slowly. */
  private async fetch(): Promise<void> {
    while (this.waiting.size > 0) {
      const batches = [...this.waiting];
      this.waiting = new Set();
      const read = this.read<Announced>(ofBatchesSql, [batches]);
      await read.then((rows) => this.deliver(rows)).catch(this.warn);
    }
    this.fetching = false;
  }

  private async catchUp(back: number): Promise<void> {
    this.deliver(await this.read<Announced>(sinceSql, [Math.max(this.floor, this.last - back)]));
  }

  private deliver(rows: readonly Announced[]): void {
    for (const row of rows) {
      if (this.heard.has(row.id)) continue;
      this.heard.set(row.id, true);
      this.last = Math.max(this.last, row.id);
      this.send(`${row.topic} everybody`, row);
      this.send(`${row.topic} brand ${row.brandId}`, row);
      if (row.customerId !== null) this.send(`${row.topic} customer ${row.customerId}`, row);
    }
  }

  private send(key: string, row: Announced): void {
    for (const { following, stream } of this.followers.get(key) ?? []) {
      const { customerId, wanted } = following;
      if (customerId !== null && customerId !== row.customerId) continue;
      if (wanted !== undefined && !wanted(row)) continue;
      if (!stream.writable) continue;
      if (!stream.write(row)) stream.destroy(new UnavailableError('slow reader'));
    }
  }

  private async newest(): Promise<number> {
    const [row] = await this.read<{ id: number }>(lastSql, []);
    return row?.id ?? 0;
  }

  private async read<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    const reads = this.database.reads(everything);
    try {
      return await reads.query<Row>(sql, values);
    } finally {
      await reads.close();
    }
  }
}

/** An iterator whose `return` ends it at once, also while somebody waits for its next value. */
function readerOf(stream: PassThrough, leave: () => void): AsyncIterableIterator<Announced> {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Announced>;
  return {
    next: () => iterator.next(),
    return: () => {
      leave();
      stream.end();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function keysOf({ topics, brandId, customerId }: Following): string[] {
  const ofCustomer = customerId === null ? 'everybody' : `customer ${customerId}`;
  const whose = brandId === null ? ofCustomer : `brand ${brandId}`;
  return topics.map((topic) => `${topic} ${whose}`);
}
