import type { Duplex } from 'node:stream';
import type { PoolClient } from 'pg';
import { scopeOf, type Caller } from '../auth/caller';
import { asUnavailable, codeOf } from './errors';
import { fitStatement } from './fitted-statement';
import { giveBack } from './lent-clients';
import type { ReadConnections } from './read-connections';
import { Course } from './standby/course';
import type { Standbys } from './standby/standbys';

const abortedCode = '25P02';

/**
 * The reads of one request: a read-only database transaction opened at the first statement, so that
 * every field of an answer is of the same moment and row-level security is set for the caller.
 * Statements do not wait for each other: those asked for together travel together, and the database
 * answers them in that order. `refresh` ends the transaction, for a mutation that must see what it has
 * just written; `close` always runs.
 */
export class ReadSession {
  statements = 0;
  private lent: Promise<PoolClient> | null = null;
  private opened: Promise<unknown> = Promise.resolve();
  private last: Promise<unknown> = Promise.resolve();
  private failure: unknown = null;
  private closed = false;
  private hurried = false;
  private course: Course | null = null;

  /** `opening` is the message that begins the transaction and sets the scope of its rows. */
  constructor(
    private readonly connections: ReadConnections,
    private readonly opening: string,
    private readonly standbys: Standbys | null = null,
  ) {}

  /**
   * Has the session refuse at once where others have waited long for a connection: for requests that have
   * done nothing yet, so that nothing is lost when they are sent again.
   */
  hurry(): void {
    this.hurried = true;
  }

  /**
   * Where there are standbys, has the session see at least what its caller has seen, and where `mayLag`
   * at a standby; before its first statement. Answers null where there are none: all is at the primary.
   */
  steer(caller: Caller, mayLag: boolean, token?: string | string[]): Course | null {
    if (this.standbys === null) return null;
    this.course = new Course(this.standbys, scopeOf(caller), token, mayLag);
    return this.course;
  }

  /** What tells how far the caller of this session has seen; null where there are no standbys. */
  get position(): string | null {
    return this.course?.token ?? null;
  }

  /** Whether others have waited so long for a connection that whoever comes now should come later. */
  get crowded(): boolean {
    return this.connections.crowded;
  }

  /** Runs one statement. Where the first got no connection, no other waits for one. */
  query<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    if (this.closed) return Promise.reject(new Error('the read session is closed'));
    this.statements += 1;
    const result = this.run<Row>(text, values);
    this.last = result;
    return result;
  }

  /** Ends the snapshot; the next statement opens a new one. */
  async refresh(): Promise<void> {
    await this.last.catch(() => undefined);
    const { lent } = this;
    this.lent = null;
    this.failure = null;
    const client = await lent?.catch(() => null);
    if (!client) return;
    // Who borrows the connection next is answered after this, and need not wait for it.
    client.query('COMMIT').catch(() => undefined);
    giveBack(client);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.refresh();
  }

  private async run<Row>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      const client = await (this.lent ??= this.open());
      gather(client);
      // Outside its transaction a statement would be answered, but by no rows.
      const [answer] = await Promise.all([
        client.query(fitStatement(text, values), values),
        this.opened,
      ]);
      return answer.rows as Row[];
    } catch (error) {
      this.course?.judge(error);
      // After a statement that failed the transaction answers no other: the first says why.
      if (this.failure === null || codeOf(error) !== abortedCode)
        this.failure = asUnavailable(error);
      throw this.failure;
    }
  }

  private async open(): Promise<PoolClient> {
    const { course, opening } = this;
    if (course !== null) {
      this.opened = Promise.resolve();
      const standby = await course.openStandby(opening);
      if (standby !== null) return standby;
    }
    const client = await this.connections.lend(this.hurried);
    gather(client);
    this.opened = course === null ? client.query(opening) : course.openPrimary(opening, client);
    this.opened.catch(() => undefined);
    return client;
  }
}

/** Holds back what is written in this turn of the event loop, so that it travels in one piece. */
function gather(client: PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
