import type { PoolClient } from 'pg';
import { scopeOf, type Caller } from '../auth/caller';
import type { Opening } from './connection';
import { asUnavailable, codeOf } from './errors';
import { fitStatement } from './fitted-statement';
import { giveBack } from './lent-clients';
import type { ReadConnections } from './read-connections';
import { Course } from './standby/course';
import type { Standbys } from './standby/standbys';
import { sendTogether, type AskedStatement } from './statement-batch';

const abortedCode = '25P02';

/** A connection with an open transaction, and how it goes back; `sound` when nothing failed in it. */
interface Borrowed {
  client: PoolClient;
  giveBack(sound: boolean): void;
}

/**
 * The reads of one request: a read-only database transaction opened at the first statement, so that
 * every field of an answer is of the same moment and row-level security is set for the caller.
 * Statements do not wait for each other: those asked for in one turn of the event loop travel together,
 * and the database answers them in that order. `refresh` ends the transaction, for a mutation that must see what it has
 * just written; `close` always runs.
 */
export class ReadSession {
  statements = 0;
  /** How often statements were sent; those that wait for an answer make one more. */
  trips = 0;
  private lent: Promise<Borrowed> | null = null;
  private opened: Promise<unknown> = Promise.resolve();
  private asked: AskedStatement[] = [];
  private prelude: AskedStatement[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private failure: unknown = null;
  private closed = false;
  private hurried = false;
  private course: Course | null = null;

  /** `opening` begins the transaction and sets the scope of its rows. */
  constructor(
    private readonly connections: ReadConnections,
    private readonly opening: Opening,
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
    const { lent, failure } = this;
    this.lent = null;
    this.failure = null;
    const borrowed = await lent?.catch(() => null);
    borrowed?.giveBack(failure === null);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.refresh();
  }

  private async run<Row>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      const rows = await this.ask(fitStatement(text, values), values);
      // Outside its transaction a statement would be answered, but by no rows.
      await this.opened;
      return rows as Row[];
    } catch (error) {
      this.course?.judge(error);
      // After a statement that failed the transaction answers no other: the first says why.
      if (this.failure === null || codeOf(error) !== abortedCode)
        this.failure = asUnavailable(error);
      throw this.failure;
    }
  }

  private ask(text: string, values: unknown[]): Promise<object[]> {
    return new Promise((resolve, reject) => {
      this.asked.push({ text, values, resolve, reject });
      if (this.asked.length === 1) process.nextTick(() => void this.send());
    });
  }

  /** Sends what was asked since the last time. */
  private async send(): Promise<void> {
    const { asked } = this;
    this.asked = [];
    try {
      const { client } = await (this.lent ??= this.open());
      const { prelude } = this;
      this.prelude = [];
      this.trips += 1;
      sendTogether(client, [...prelude, ...asked]);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  private async open(): Promise<Borrowed> {
    const { course, opening, connections } = this;
    this.opened = Promise.resolve();
    if (course !== null) {
      const standby = await course.openStandby(opening.message);
      if (standby !== null) return { client: standby, giveBack: () => end(standby) };
    }
    const { client, unended } = await connections.lend(this.hurried);
    if (course === null) {
      this.prelude = [...(unended ? [commit] : []), ...opening.statements].map(unheard);
    } else {
      if (unended) client.query('COMMIT').catch(() => undefined);
      this.opened = course.openPrimary(opening.message, client);
    }
    this.opened.catch(() => undefined);
    return { client, giveBack: (sound) => connections.giveBack(client, sound) };
  }
}

function end(client: PoolClient): void {
  client.query('COMMIT').catch(() => undefined);
  giveBack(client);
}

const commit = { text: 'COMMIT', values: [] };

/** What opens a transaction has nothing to say: where it fails, what stands behind it fails of the same. */
function unheard(statement: Opening['statements'][number]): AskedStatement {
  return { ...statement, resolve: () => undefined, reject: () => undefined };
}
