import 'reflect-metadata';
import { Client } from 'pg';
import { Copy, type Cell } from '../load/copy';
import type { LoadService } from '../load/place';
import { accounts, Posting, type Posted } from '../../src/ledger';
import { entryColumns, transferColumns } from '../../src/ledger/ledger.columns';
import { loadConfig } from '../../src/platform/config';
import { createLog } from '../../src/platform/log';
import { createService } from '../../src/server/create-service';
import type { LedgerJob, LedgerResult } from './ledger';
import { environmentOf } from './servers';
import { answerJobs } from './started-process';

const perTransaction = 1000;

/** What is kept from one job to the next. */
interface Ground {
  service: LoadService;
  client: Client;
  brandId: string;
  customerIds: string[];
}

let ground: Ground | undefined;
let lastPosted: Posted[] = [];

/** The tables of the ledger again, with their columns, checks, keys and indexes, and without triggers. */
const copiedTables = `
  CREATE TABLE IF NOT EXISTS copied_transfers (LIKE transfers INCLUDING ALL);
  CREATE TABLE IF NOT EXISTS copied_entries (LIKE entries INCLUDING ALL);
  TRUNCATE copied_transfers, copied_entries`;

async function openGround(url: string): Promise<Ground> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ brand_id: string; customer_id: string }>(
    'SELECT brand_id, customer_id FROM relationships',
  );
  const config = loadConfig(environmentOf(url));
  const service = await createService(config, { jobs: false, log: createLog('error') });
  const brandId = (rows[0] as { brand_id: string }).brand_id;
  return { service, client, brandId, customerIds: rows.map((row) => row.customer_id) };
}

/** Grants of one Mu out of the one budget, to customers drawn by chance. */
async function post({ service, brandId, customerIds }: Ground): Promise<Posted[]> {
  const drawn = Array.from(
    { length: perTransaction },
    () => customerIds[Math.floor(Math.random() * customerIds.length)] as string,
  );
  const budget = accounts.budget(brandId);
  return service.database.transact(service.clock, async (tx) => {
    const posting = await Posting.open(
      tx,
      [budget, ...drawn.map(accounts.wallet)],
      drawn.map((customerId) => ({ brandId, customerId })),
    );
    const posted = drawn.map((customerId) =>
      posting.transfer({
        kind: 'GRANT',
        debit: budget,
        credit: accounts.wallet(customerId),
        amount: 1,
        reason: 'visit',
        brandId,
        customerId,
      }),
    );
    await posting.flush();
    if (posted.some((one) => typeof one === 'string')) throw new Error('a transfer was refused');
    return posted as Posted[];
  });
}

async function postFor(on: Ground, seconds: number): Promise<LedgerResult> {
  lastPosted = [];
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) lastPosted.push(...(await post(on)));
  return { transfers: lastPosted.length, seconds: (performance.now() - began) / 1000 };
}

/** The rows of the last posting; making text of them is not counted. */
async function copyAgain({ client }: Ground): Promise<LedgerResult> {
  await client.query(copiedTables);
  let milliseconds = 0;
  for (let from = 0; from < lastPosted.length; from += perTransaction) {
    const part = lastPosted.slice(from, from + perTransaction);
    const transfers = part.map(({ transfer }) => cellsOf(transfer, transferColumns));
    const entries = part.flatMap(({ debit, credit }) => [
      cellsOf(debit, entryColumns),
      cellsOf(credit, entryColumns),
    ]);
    const began = performance.now();
    await client.query('BEGIN');
    await copyInto(client, 'copied_transfers', { columns: transferColumns, rows: transfers });
    await copyInto(client, 'copied_entries', { columns: entryColumns, rows: entries });
    await client.query('COMMIT');
    milliseconds += performance.now() - began;
  }
  return { transfers: lastPosted.length, seconds: milliseconds / 1000 };
}

function cellsOf<Name extends string>(
  row: Record<Name, Cell | Date>,
  columns: readonly Name[],
): Cell[] {
  return columns.map((name) => {
    const value: Cell | Date = row[name];
    return value instanceof Date ? value.toISOString() : value;
  });
}

async function copyInto(
  client: Client,
  table: string,
  { columns, rows }: { columns: readonly string[]; rows: readonly Cell[][] },
): Promise<void> {
  const copy = await Copy.on(client, table, columns);
  for (const cells of rows) copy.add(...cells);
  await copy.end();
}

answerJobs(async ({ what, url, seconds }: LedgerJob) => {
  ground ??= await openGround(url);
  return what === 'post' ? postFor(ground, seconds) : copyAgain(ground);
});
