import { resolveCustomers } from '../customers';
import type { CommandTransaction } from '../platform/database/command';
import type { UserErrorShape } from '../platform/errors';
import { derivedUuid } from '../platform/ids';
import { checkJsonObject } from '../platform/text';
import { noEnds, storeRefusals, type Ends, type OpenImport, type RefusalRow } from './import.store';
import { ignored, keysOf, translate, type SourceEvent, type Translated } from './translate';

/** An event on its way into an import. */
export interface Arrival {
  to: OpenImport;
  index: number;
  event: SourceEvent;
}

interface Waiting {
  arrival: Arrival;
  meant: Translated;
  digest: string;
}

/** What is done for an event, and in which order: who it was, then what they did. */
export const stages = { identifyCustomer: 0, recordAttention: 1, recordOrder: 2 } as const;

/**
 * Stores arrived events in the queue and counts what came of those that do not wait. The number of
 * statements does not grow with the events.
 */
export async function queueEvents(
  tx: CommandTransaction,
  imports: readonly OpenImport[],
  arrivals: readonly Arrival[],
): Promise<void> {
  const ends = new Map(imports.map(({ id }) => [id, noEnds()]));
  const endsOf = ({ to }: Arrival): Ends => ends.get(to.id) as Ends;
  const refusals: RefusalRow[] = [];
  const read: Waiting[] = [];
  for (const arrival of arrivals) {
    const meant = readArrival(tx, arrival);
    if (meant === ignored) endsOf(arrival).ignored += 1;
    else if ('code' in meant) {
      endsOf(arrival).refused += 1;
      refusals.push(refusalOf(tx, arrival, meant));
    } else {
      read.push({ arrival, meant, digest: derivedUuid('import', meant.messageId) });
    }
  }
  const fresh = await claim(tx, read);
  const waiting = read.filter((one) => {
    const isFresh = fresh.delete(nameOf(one));
    if (!isFresh) endsOf(one.arrival).duplicates += 1;
    return isFresh;
  });
  const queued = new Set(waiting.map(({ arrival }) => arrival.to.id));
  await storeImports(tx, imports, ends, queued);
  await storeRows(tx, waiting);
  await storeRefusals(tx, refusals);
}

function readArrival(
  { limits }: CommandTransaction,
  { to, event }: Arrival,
): ReturnType<typeof translate> {
  return storable(limits, event) ?? translate(to.mapping, event);
}

function storable(
  limits: CommandTransaction['limits'],
  event: SourceEvent,
): UserErrorShape | undefined {
  const { importEventKeys, importEventDepth, importEventBytes } = limits;
  const most = {
    traitKeys: importEventKeys,
    traitDepth: importEventDepth,
    traitBytes: importEventBytes,
  };
  const { refusal } = checkJsonObject(event, most, []);
  return refusal === undefined ? undefined : { ...refusal, field: null };
}

function refusalOf(
  { limits }: CommandTransaction,
  { to, index, event }: Arrival,
  { code, field, message }: UserErrorShape,
): RefusalRow {
  const kept = storable(limits, event) === undefined;
  const keys = kept ? keysOf(to.mapping, event) : null;
  const named = { job_id: to.id, brand_id: to.brand_id, index };
  return { ...named, code, field, message, keys, event: kept ? event : null };
}

const nameOf = ({ arrival, digest }: Waiting): string => `${arrival.to.brand_id} ${digest}`;

const claimSql = `
  INSERT INTO import_messages (brand_id, digest)
  SELECT DISTINCT t.brand_id, t.digest FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, digest)
  ORDER BY t.brand_id, t.digest
  ON CONFLICT DO NOTHING RETURNING brand_id, digest`;

/** Claims the ids of events; answers those nobody has claimed before, each as "brand digest". */
async function claim(tx: CommandTransaction, read: readonly Waiting[]): Promise<Set<string>> {
  if (read.length === 0) return new Set();
  const rows = await tx.query<{ brand_id: string; digest: string }>(claimSql, [
    read.map(({ arrival }) => arrival.to.brand_id),
    read.map(({ digest }) => digest),
  ]);
  return new Set(rows.map((row) => `${row.brand_id} ${row.digest}`));
}

const importsSql = `
  INSERT INTO import_jobs AS j (id, brand_id, mapping, backfill, received, recorded, duplicates, refused,
    ignored, created_at, received_at, finished_at)
  SELECT t.id, t.brand_id, t.mapping, t.backfill, t.received, 0, t.duplicates, t.refused, t.ignored, $10,
    $10, CASE WHEN NOT t.queued THEN $10::timestamptz END
  FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::boolean[], $5::integer[], $6::integer[],
    $7::integer[], $8::integer[], $9::boolean[])
    AS t(id, brand_id, mapping, backfill, received, duplicates, refused, ignored, queued)
  ON CONFLICT (id) DO UPDATE SET received = excluded.received, received_at = excluded.received_at,
    duplicates = j.duplicates + excluded.duplicates, refused = j.refused + excluded.refused,
    ignored = j.ignored + excluded.ignored,
    -- One that was done is done anew when nothing of the call waits.
    finished_at = CASE WHEN j.finished_at IS NOT NULL THEN excluded.finished_at END`;

async function storeImports(
  tx: CommandTransaction,
  imports: readonly OpenImport[],
  ends: ReadonlyMap<string, Ends>,
  queued: ReadonlySet<string>,
): Promise<void> {
  const of = (row: OpenImport): Ends => ends.get(row.id) as Ends;
  await tx.query(importsSql, [
    imports.map(({ id }) => id),
    imports.map((row) => row.brand_id),
    imports.map(({ mapping }) => JSON.stringify(mapping)),
    imports.map(({ backfill }) => backfill),
    imports.map(({ received }) => received),
    imports.map((row) => of(row).duplicates),
    imports.map((row) => of(row).refused),
    imports.map((row) => of(row).ignored),
    imports.map(({ id }) => queued.has(id)),
    tx.now,
  ]);
}

const rowsSql = `
  INSERT INTO import_rows (job_id, brand_id, index, stage, digest, keys, event)
  SELECT t.job_id, t.brand_id, t.index, t.stage, t.digest, t.keys, t.event
  FROM jsonb_populate_recordset(NULL::import_rows, $1::jsonb) t`;

async function storeRows(tx: CommandTransaction, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  const known = await knownCustomers(tx, waiting);
  const rows = waiting.map((one) => {
    const { arrival, meant, digest } = one;
    const { to, index, event } = arrival;
    const asked = to.mapping.createCustomers === true && !known.has(one);
    const stage = asked ? stages.identifyCustomer : stages[meant.wish.kind];
    const keys = keysOf(to.mapping, event);
    return { job_id: to.id, brand_id: to.brand_id, index, stage, digest, keys, event };
  });
  await tx.query(rowsSql, [JSON.stringify(rows)]);
}

/** Those whose customer is known already and need not be identified, where strangers are. */
async function knownCustomers(
  tx: CommandTransaction,
  waiting: readonly Waiting[],
): Promise<Set<Waiting>> {
  const asked = waiting.flatMap((one) => {
    const { wish } = one.meant;
    const strangers = one.arrival.to.mapping.createCustomers === true;
    return strangers && wish.kind !== 'identifyCustomer' ? [{ one, by: wish.input.customer }] : [];
  });
  const found = await resolveCustomers(
    tx,
    asked.map(({ one, by }) => ({ brandId: one.arrival.to.brand_id, by })),
  );
  return new Set(asked.flatMap(({ one }, at) => (found[at] === null ? [] : [one])));
}
