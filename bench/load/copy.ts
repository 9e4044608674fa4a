import { Client } from 'pg';
import type { Socket } from 'node:net';

const chunkLength = 64 * 1024;

/** What `pg` hands to a query that sends rows; its types do not know it. */
interface Wire {
  stream: Socket;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sync?(): void;
}

export type Cell = string | number | boolean | null;

/** Rows on their way into one table. */
export class Copy {
  rows = 0;
  private own: Client | null = null;
  private lines: string[] = [];
  private length = 0;

  private constructor(
    private readonly wire: Wire,
    private readonly done: Promise<void>,
  ) {}

  /** Begins on a connection of its own, with neither triggers nor foreign keys; the rows are there after `end`. */
  static async into(url: string, table: string, columns: readonly string[]): Promise<Copy> {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`SET session_replication_role = replica; SET synchronous_commit = off`);
    const copy = await Copy.on(client, table, columns);
    copy.own = client;
    return copy;
  }

  /** Begins `COPY … FROM STDIN` on a connection, which does nothing else until `end`. */
  static on(client: Client, table: string, columns: readonly string[]): Promise<Copy> {
    const text = `COPY ${table} (${columns.join(', ')}) FROM STDIN`;
    return new Promise((resolve, reject) => {
      let settle: { resolve: () => void; reject: (reason: Error) => void };
      const done = new Promise<void>((yes, no) => (settle = { resolve: yes, reject: no }));
      done.catch(reject);
      const ignore = () => undefined;
      client.query({
        submit: (wire: Wire) => wire.query(text),
        handleCopyInResponse: (wire: Wire) => resolve(new Copy(wire, done)),
        handleRowDescription: ignore,
        handleDataRow: ignore,
        handleCommandComplete: ignore,
        handleError: (error: Error) => settle.reject(new Error(`${table}: ${error.message}`)),
        handleReadyForQuery: () => settle.resolve(),
      } as never);
    });
  }

  add(...cells: Cell[]): void {
    let line = '';
    for (const cell of cells) {
      if (line !== '') line += '\t';
      line += cell === null ? '\\N' : String(cell);
    }
    this.lines.push(line);
    this.length += line.length;
    this.rows += 1;
    if (this.length >= chunkLength) this.send();
  }

  /** Waits until the database has taken what was sent. */
  async drained(): Promise<void> {
    const { stream } = this.wire;
    if (!stream.writableNeedDrain) return;
    await Promise.race([new Promise<void>((resolve) => stream.once('drain', resolve)), this.done]);
  }

  async end(): Promise<void> {
    this.send();
    this.wire.endCopyFrom();
    await this.done;
    await this.own?.end();
  }

  private send(): void {
    if (this.lines.length === 0) return;
    this.wire.sendCopyFromChunk(Buffer.from(`${this.lines.join('\n')}\n`));
    this.lines = [];
    this.length = 0;
  }
}
