import type { DataSource, QueryRunner } from 'typeorm';
import { UnavailableError } from '../errors';
import { begin, type ConnectionSettings } from './connection';
import { asUnavailable } from './errors';
import type { RowScope } from './row-scope';
import type { WaitingLine } from './waiting-line';

/**
 * The reads of one request: a read-only database transaction opened at the first statement, so that
 * every field of an answer is of the same moment and row-level security is set for the caller.
 * `refresh` ends it, for a mutation that must see what it has just written; `close` always runs.
 */
export class ReadSession {
  statements = 0;
  private runner: Promise<QueryRunner> | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;
  private hurried = false;
  private refused: Error | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: ConnectionSettings,
    private readonly scope: RowScope,
    private readonly line: WaitingLine,
  ) {}

  /**
   * Has the session refuse at once where others have waited long for a connection: for requests that have
   * done nothing yet, so that nothing is lost when they are sent again.
   */
  hurry(): void {
    this.hurried = true;
  }

  /** Runs one statement; statements of a session queue on its one connection. */
  query<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    if (this.closed) return Promise.reject(new Error('the read session is closed'));
    this.statements += 1;
    const result = this.last.then(() => this.run<Row>(text, values));
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Ends the snapshot; the next statement opens a new one. */
  async refresh(): Promise<void> {
    await this.last;
    const runner = this.runner;
    this.runner = null;
    this.refused = undefined;
    if (runner !== null) await end(runner);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.refresh();
  }

  private async run<Row>(text: string, values: unknown[]): Promise<Row[]> {
    // Every field would wait as long as the first did, one after another.
    if (this.refused !== undefined) throw this.refused;
    try {
      this.runner ??= this.open();
      const runner = await this.runner;
      // TypeORM lets go of a runner that loses its connection between two statements.
      if (runner.isReleased) throw new UnavailableError('connection');
      return (await runner.query(text, values)) as Row[];
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  private async open(): Promise<QueryRunner> {
    if (this.hurried && this.line.age > this.settings.limits.readWaitMs) {
      throw this.refuse(new UnavailableError('load'));
    }
    const leave = this.line.enter();
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query(begin(this.settings, 'read', this.scope));
      leave(true);
      return runner;
    } catch (error) {
      leave(false);
      await runner.release().catch(() => undefined);
      throw this.refuse(asUnavailable(error));
    }
  }

  private refuse(reason: unknown): Error {
    this.runner = null;
    this.refused = reason as Error;
    return this.refused;
  }
}

async function end(opened: Promise<QueryRunner>): Promise<void> {
  const runner = await opened.catch(() => null);
  if (runner === null) return;
  await runner.query('COMMIT').catch(() => undefined);
  await runner.release().catch(() => undefined);
}
