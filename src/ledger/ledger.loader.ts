import { viewer } from '../platform/auth/caller';
import { toEntities, toEntity } from '../platform/database/rows';
import type { Context } from '../platform/graphql/context';
import {
  mapConnection,
  readPage,
  toConnection,
  type Connection,
  type Page,
  type PageArgs,
} from '../platform/graphql/connection';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { EntryEntity } from './entry.entity';
import { TransferEntity } from './transfer.entity';
import type { TransferKind } from './transfer';
import {
  entryColumns,
  entryColumnsWhere,
  entryVisible,
  transferVisible,
  wholeWallet,
} from './view.sql';

type Row = Record<string, unknown>;

function byId<T extends { uuid: string }>(ids: readonly string[], found: T[]): (T | null)[] {
  const map = new Map(found.map((item) => [item.uuid, item]));
  return ids.map((id) => map.get(id) ?? null);
}

function group<T>(keys: readonly string[], items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>(keys.map((key) => [key, []]));
  for (const item of items) groups.get(keyOf(item))?.push(item);
  return keys.map((key) => groups.get(key) as T[]);
}

const entriesById = `
  SELECT ${entryColumns} FROM entries e JOIN transfers t ON t.id = e.transfer_id
  WHERE e.id = ANY ($3::uuid[]) AND ${entryVisible}`;

/** Entries by UUID; null for those the caller may not see. */
export const entryLoader = defineLoader<string, EntryEntity | null>(async (context, ids) => {
  const rows = await context.reads.query<Row>(entriesById, [...viewer(context.caller), ids]);
  return byId(ids, toEntities(EntryEntity, rows));
});

const entriesOfTransfers = `
  SELECT ${entryColumns} FROM entries e JOIN transfers t ON t.id = e.transfer_id
  WHERE e.transfer_id = ANY ($3::uuid[]) AND ${entryVisible}
  ORDER BY e.amount`;

/** The entries of transfers, the debit first. */
export const entriesOfTransferLoader = defineLoader<string, EntryEntity[]>(async (context, ids) => {
  const rows = await context.reads.query<Row>(entriesOfTransfers, [...viewer(context.caller), ids]);
  return group(ids, toEntities(EntryEntity, rows), (entry) => entry.transferUuid);
});

const transferColumns = `t.id, t.kind, t.amount, t.reason, t.brand_id, t.customer_id, t.event_id,
  t.message_id, t.rule_id, t.hold_id, t.funded_by, t.reverses, t.posted_at`;

const transfersById = `
  SELECT ${transferColumns} FROM transfers t WHERE t.id = ANY ($3::uuid[]) AND ${transferVisible}`;

/** Transfers by UUID; null for those the caller may not see. */
export const transferLoader = defineLoader<string, TransferEntity | null>(async (context, ids) => {
  const rows = await context.reads.query<Row>(transfersById, [...viewer(context.caller), ids]);
  return byId(ids, toEntities(TransferEntity, rows));
});

const reversalsOf = `
  SELECT ${transferColumns} FROM transfers t WHERE t.reverses = ANY ($3::uuid[]) AND ${transferVisible}`;

/** The reversal of each transfer, or null. */
export const reversalLoader = defineLoader<string, TransferEntity | null>(async (context, ids) => {
  const rows = await context.reads.query<Row>(reversalsOf, [...viewer(context.caller), ids]);
  const found = new Map(rows.map((row) => [row['reverses'], toEntity(TransferEntity, row)]));
  return ids.map((id) => found.get(id) ?? null);
});

const transfersOfEvents = `
  SELECT ${transferColumns} FROM transfers t
  WHERE t.event_id = ANY ($3::uuid[]) AND ${transferVisible} ORDER BY t.id`;

/** What attention events were paid, oldest first. */
export const transfersOfEventLoader = defineLoader<string, TransferEntity[]>(
  async (context, ids) => {
    const rows = await context.reads.query<Row>(transfersOfEvents, [
      ...viewer(context.caller),
      ids,
    ]);
    return group(ids, toEntities(TransferEntity, rows), (transfer) => transfer.eventUuid as string);
  },
);

/** What a statement can be narrowed to; UUIDs. */
export interface StatementFilter {
  brandId: string | null;
  kind: TransferKind | null;
}

// A page walks the caller's own line numbers: the wallet's for its owner, the share's for a brand. All lines
// are of one wallet, so whether it may be seen is asked once; OFFSET keeps it from being asked for each line.
const statementSql = (numbered: 'number' | 'brand_number', wallets: string, ofWallet: string) => `
  SELECT w.customer_id AS wallet, x.* FROM ${wallets}
  CROSS JOIN LATERAL (SELECT ${wholeWallet('w.customer_id')} AS whole OFFSET 0) seen
  CROSS JOIN LATERAL (
    SELECT ${entryColumnsWhere('seen.whole')}, e.${numbered} AS position
    FROM entries e JOIN transfers t ON t.id = e.transfer_id
    WHERE ${ofWallet} AND ${entryVisible}
      AND ($4::bigint IS NULL OR e.${numbered} < $4)
      AND ($5::uuid IS NULL OR e.brand_id = $5) AND ($6::text IS NULL OR t.kind = $6)
    ORDER BY e.${numbered} DESC LIMIT $7
  ) x ORDER BY x.position DESC`;

const statements = {
  owner: statementSql(
    'number',
    `unnest($3::uuid[]) AS w(customer_id)
     JOIN accounts a ON a.kind = 'WALLET' AND a.owner = w.customer_id`,
    'e.account_id = a.id',
  ),
  brand: statementSql(
    'brand_number',
    'unnest($3::uuid[]) AS w(customer_id)',
    'e.customer_id = w.customer_id AND e.brand_id = $1 AND e.brand_number IS NOT NULL',
  ),
};

interface StatementArgs {
  first: number;
  after: number | null;
  filter: StatementFilter;
}

const statementLoader = defineListLoader<StatementArgs, Row[]>(async (context, customers, args) => {
  const [brand, customer] = viewer(context.caller);
  const rows = await context.reads.query<Row>(
    brand === null ? statements.owner : statements.brand,
    [brand, customer, customers, args.after, args.filter.brandId, args.filter.kind, args.first + 1],
  );
  return group(customers, rows, (row) => row['wallet'] as string);
});

/** A page of a customer's statement, newest line first. */
export async function readStatement(
  context: Context,
  customerId: string,
  args: PageArgs,
  filter: StatementFilter,
): Promise<Connection<EntryEntity>> {
  const { page, rows } = askForLines(context, customerId, args, filter);
  const connection = toConnection(await rows, page, (row) => [row['position'] as number]);
  return mapConnection(connection, (row) => toEntity(EntryEntity, row));
}

/** Asks for what `readStatement` will read, so that it travels with what is asked now. */
export function prepareStatement(
  context: Context,
  customerId: string,
  args: PageArgs,
  filter: StatementFilter,
): void {
  askForLines(context, customerId, args, filter).rows.catch(() => undefined);
}

function askForLines(
  context: Context,
  customerId: string,
  args: PageArgs,
  filter: StatementFilter,
): { page: Page; rows: Promise<Row[]> } {
  const page = readPage(args, context.config.limits, ['integer']);
  const after = page.after?.[0] ?? null;
  const loader = statementLoader(context, { first: page.first, after, filter });
  return { page, rows: loader.load(customerId) };
}
