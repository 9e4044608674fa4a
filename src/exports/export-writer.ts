import { createHash, type Hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CommandTransaction } from '../platform/database/command';
import type { JobContext } from '../platform/feature';
import { leaseEnd, type Lease } from './export-lease';
import { exportedTables, type ExportedTable } from './exported-tables';
import { publicIds } from './public-ids';
import { tellFinished } from './tell-finished';

const compress = promisify(gzip);

/** Bytes of lines that are compressed together; they become about a seventh. */
const lineBytes = 4 * 1024 * 1024;

/** Bytes of a stored piece of a file, as the table allows. */
const chunkBytes = 1024 * 1024;

const msPerDay = 86_400_000;

const columnsSql = `
  SELECT string_agg(format('x.%I', a.attname), ', ' ORDER BY a.attnum) AS columns
  FROM pg_attribute a
  WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL ($2::text[])`;

const renewSql = `
  UPDATE exports e SET leased_until = $4, rows = e.rows + $5, bytes = e.bytes + $6
  WHERE e.id = $1 AND e.brand_id = $2 AND e.lease = $3 RETURNING e.id`;

const chunkSql = `
  INSERT INTO export_chunks (export_id, brand_id, name, position, bytes) VALUES ($1, $2, $3, $4, $5)`;

const fileSql = `
  INSERT INTO export_files (export_id, brand_id, name, part, rows, bytes, sha256)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

const doneSql = `
  UPDATE exports e SET status = 'DONE', finished_at = $4, expires_at = $5, lease = NULL, leased_until = NULL
  WHERE e.id = $1 AND e.brand_id = $2 AND e.lease = $3 RETURNING e.rows, e.bytes`;

/** Thrown when the export is not this process's any more: it was given away, or somebody in it was erased. */
export class LeaseLostError extends Error {}

/** The file that is being written. */
interface OpenFile {
  name: string;
  table: ExportedTable;
  publish: (row: Record<string, unknown>) => void;
  lines: Buffer[];
  waitingBytes: number;
  waitingRows: number;
  rows: number;
  bytes: number;
  hash: Hash;
}

/**
 * Writes one export, some rows at a time, from the snapshot of its lease. What is in memory is bounded by a
 * page of rows and `lineBytes`, however many rows there are. Each step may throw LeaseLostError.
 */
export class ExportWriter {
  private readonly names: string[];
  private file: OpenFile | null = null;

  constructor(
    private readonly context: JobContext,
    readonly lease: Lease,
  ) {
    this.names = Object.entries(exportedTables)
      .filter(([, { part }]) => lease.parts.includes(part))
      .map(([name]) => name);
  }

  /** Writes the next rows; false when there were none left, and the export is done. */
  async step(): Promise<boolean> {
    this.file ??= await this.open();
    if (this.file === null) {
      await this.finish();
      return false;
    }
    const { file } = this;
    const many = this.context.limits.exportRows;
    // A cursor's name and a count cannot be parameters; both are ours.
    const rows = await this.lease.reads.query<{ line: Record<string, unknown> }>(
      `FETCH FORWARD ${many} FROM export_rows_of`,
    );
    for (const { line } of rows) {
      file.publish(line);
      const text = Buffer.from(`${JSON.stringify(line)}\n`);
      file.lines.push(text);
      file.waitingBytes += text.length;
    }
    file.waitingRows += rows.length;
    if (file.waitingBytes >= lineBytes) await this.store(file, false);
    if (rows.length < many) {
      await this.lease.reads.query('CLOSE export_rows_of');
      await this.store(file, true);
      this.file = null;
    }
    return true;
  }

  private async open(): Promise<OpenFile | null> {
    const name = this.names.shift();
    if (name === undefined) return null;
    const { reads, brandId } = this.lease;
    const table = exportedTables[name] as ExportedTable;
    const [found] = await reads.query<{ columns: string }>(columnsSql, [name, table.without]);
    // A cursor takes no parameters behind every driver; the brand is a UUID from the database.
    const where = table.where.replaceAll('$1', `'${brandId}'::uuid`);
    await reads.query(`
      DECLARE export_rows_of NO SCROLL CURSOR FOR
      SELECT to_json(t) AS line FROM (SELECT ${found?.columns ?? ''} FROM ${name} x WHERE ${where}) t`);
    const counts = { waitingBytes: 0, waitingRows: 0, rows: 0, bytes: 0 };
    const publish = publicIds(name);
    return { name, table, publish, lines: [], hash: createHash('sha256'), ...counts };
  }

  /**
   * Compresses the lines that wait and stores them. Files are gzip members behind one another, so that
   * nothing has to be remembered from one to the next.
   */
  private async store(file: OpenFile, last: boolean): Promise<void> {
    const { database, clock } = this.context;
    const { id, brandId } = this.lease;
    const empty = last && file.bytes === 0;
    const bytes =
      file.lines.length > 0 || empty ? await compress(Buffer.concat(file.lines)) : Buffer.alloc(0);
    file.hash.update(bytes);
    const rows = file.rows + file.waitingRows;
    const size = file.bytes + bytes.length;
    await database.transact(clock, async (tx) => {
      await this.renew(tx, file.waitingRows, bytes.length);
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        const chunk = bytes.subarray(at, at + chunkBytes);
        await tx.query(chunkSql, [id, brandId, file.name, file.bytes + at, chunk]);
      }
      if (!last) return;
      const sha256 = file.hash.copy().digest();
      await tx.query(fileSql, [id, brandId, file.name, file.table.part, rows, size, sha256]);
    });
    Object.assign(file, { lines: [], waitingBytes: 0, waitingRows: 0, rows, bytes: size });
  }

  private async renew(tx: CommandTransaction, rows: number, bytes: number): Promise<void> {
    const { id, brandId, token } = this.lease;
    const renewed = await tx.query(renewSql, [id, brandId, token, leaseEnd(tx), rows, bytes]);
    if (renewed.length === 0) throw new LeaseLostError('the export is not ours any more');
  }

  private async finish(): Promise<void> {
    const { database, clock } = this.context;
    const { id, brandId, token } = this.lease;
    await database.transact(clock, async (tx) => {
      const expiresAt = new Date(tx.now.getTime() + tx.limits.exportDays * msPerDay);
      const [done] = await tx.query<{ rows: number; bytes: number }>(doneSql, [
        id,
        brandId,
        token,
        tx.now,
        expiresAt,
      ]);
      if (done === undefined) throw new LeaseLostError('the export is not ours any more');
      tellFinished(tx, { id, brandId, status: 'DONE', ...done });
    });
  }
}
