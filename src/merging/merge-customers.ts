import { retellAttention } from '../attention';
import { customerId } from '../customers';
import { accounts, Posting, type ShareRef } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';
import { userError, type UserErrorCode, type UserErrorShape } from '../platform/errors';
import { mergeId } from './merge.id';
import { noteTransfers } from './merge-transfers';
import { moveHold, moveWallet, type Gone, type Pending } from './move-mu';

/** Two customers who are one person, by UUID. */
export interface MergeRequest {
  /** Who asks; null for the platform. */
  brandId: string | null;
  from: string;
  into: string;
  reason: string;
}

/** A merge that was made. */
export interface Merged extends Gone {
  id: string;
  brandId: string | null;
  reason: string;
  mu: number;
  /** What moved the Mu. */
  transfers: string[];
}

const survivorsSql = `
  SELECT c.id, coalesce(c.merged_into, c.id) AS survivor FROM customers c
  WHERE c.id = ANY ($1::uuid[])`;

const lockSql = `
  SELECT c.id, c.merged_into FROM customers c WHERE c.id = ANY ($1::uuid[])
  ORDER BY c.id FOR NO KEY UPDATE`;

// What a brand has erased of a person is not to come back to it by way of another customer.
const barredSql = `
  SELECT o.customer_id, 'CUSTOMER_OPTED_OUT' AS code FROM opt_outs o
  WHERE o.customer_id = ANY ($1::uuid[]) AND o.opted_in_at IS NULL
  UNION ALL
  SELECT e.customer_id, 'CUSTOMER_ERASED' FROM erasures e WHERE e.customer_id = ANY ($1::uuid[])`;

/** Whoever was merged into somebody who is gone now belongs to the survivor too: no chains. */
const markSql = `
  UPDATE customers c SET merged_into = t.survivor
  FROM unnest($1::uuid[], $2::uuid[]) AS t(gone, survivor)
  WHERE c.id = t.gone OR c.merged_into = t.gone`;

const pendingSql = `SELECT p.* FROM pending_redemptions($1::uuid[]) p`;

const followSql = `
  SELECT t.gone, merge_rows(t.merge, t.gone, t.survivor, $4) AS followed
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS t(merge, gone, survivor)`;

const logSql = `
  INSERT INTO customer_merges (id, brand_id, from_id, into_id, reason, mu, followed, created_at, logged)
  SELECT t.*, $8, true FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[],
    $7::jsonb[]) AS t(id, brand_id, from_id, into_id, reason, mu, followed)`;

/**
 * Merges customers, one pair after another, each seeing the pairs before it. The customers are locked
 * first and in the order of their ids, so that two merges in opposite directions are one merge; then
 * redemptions, then accounts, as everywhere.
 */
export async function mergeAll(
  tx: CommandTransaction,
  requests: readonly MergeRequest[],
): Promise<(Merged | UserErrorShape)[]> {
  const survivors = await lockSurvivors(tx, requests);
  const barred = await readBarred(tx, [...new Set(survivors.values())]);
  const decided = requests.map((request) => decide(request, survivors, barred));
  const merges = decided.filter((one): one is Merged => 'gone' in one);
  if (merges.length === 0) return decided;
  // A merge of the same batch may have taken the survivor of an earlier one: follow to the last.
  for (const merge of merges) merge.survivor = lastOf(merge.survivor, survivors);
  const followed = await moveRows(tx, merges);
  await tx.query(logSql, [
    merges.map(({ id }) => id),
    merges.map(({ brandId }) => brandId),
    merges.map(({ gone }) => gone),
    merges.map(({ survivor }) => survivor),
    merges.map(({ reason }) => reason),
    merges.map(({ mu }) => mu),
    merges.map(({ gone }) => JSON.stringify(followed.get(gone) ?? {})),
    tx.now,
  ]);
  await noteTransfers(tx, merges);
  return decided;
}

async function lockSurvivors(
  tx: CommandTransaction,
  requests: readonly MergeRequest[],
): Promise<Map<string, string>> {
  const named = [...new Set(requests.flatMap(({ from, into }) => [from, into]))];
  const rows = await tx.query<{ id: string; survivor: string }>(survivorsSql, [named]);
  const survivors = new Map(rows.map((row) => [row.id, row.survivor]));
  const last = [...new Set(survivors.values())];
  const locked = await tx.query<{ merged_into: string | null }>(lockSql, [last]);
  if (locked.some((row) => row.merged_into !== null)) {
    throw new ConflictError('a customer is just being merged');
  }
  for (const row of await tx.query<{ id: string; survivor: string }>(survivorsSql, [named])) {
    if (survivors.get(row.id) !== row.survivor) {
      throw new ConflictError('a merge has just been made or undone');
    }
  }
  for (const id of last) survivors.set(id, id);
  return survivors;
}

/** Why customers are left as they are, for those who are. */
async function readBarred(
  tx: CommandTransaction,
  ids: readonly string[],
): Promise<Map<string, UserErrorCode>> {
  const rows = await tx.query<{ customer_id: string; code: UserErrorCode }>(barredSql, [ids]);
  return new Map(rows.map((row) => [row.customer_id, row.code]));
}

function lastOf(id: string, survivors: ReadonlyMap<string, string>): string {
  let last = id;
  for (let next = survivors.get(last); next !== undefined && next !== last;) {
    last = next;
    next = survivors.get(last);
  }
  return last;
}

function decide(
  { brandId, from, into, reason }: MergeRequest,
  survivors: Map<string, string>,
  barred: ReadonlyMap<string, UserErrorCode>,
): Merged | UserErrorShape {
  const [gone, survivor] = [lastOf(from, survivors), lastOf(into, survivors)];
  if (gone === survivor) return userError('ALREADY_MERGED', ['from']);
  const [leaving, staying] = [barred.get(gone), barred.get(survivor)];
  if (leaving !== undefined) return userError(leaving, ['from']);
  if (staying !== undefined) return userError(staying, ['into']);
  survivors.set(gone, survivor);
  return { id: mergeId.create(), brandId, gone, survivor, reason, mu: 0, transfers: [] };
}

/** Lets rows and Mu follow; answers what followed whom. */
async function moveRows(
  tx: CommandTransaction,
  merges: readonly Merged[],
): Promise<Map<string, object>> {
  const gone = merges.map((merge) => merge.gone);
  const survivors = merges.map((merge) => merge.survivor);
  await tx.query(markSql, [gone, survivors]);
  const pending = await tx.query<Pending>(pendingSql, [gone]);
  const rows = await tx.query<{ gone: string; followed: object }>(followSql, [
    merges.map(({ id }) => id),
    gone,
    survivors,
    tx.now,
  ]);
  await moveMu(tx, merges, pending);
  await retellAttention(tx, [...gone, ...survivors]);
  return new Map(rows.map((row) => [row.gone, row.followed]));
}

async function moveMu(
  tx: CommandTransaction,
  merges: readonly Merged[],
  pending: readonly Pending[],
): Promise<void> {
  const people = [...new Set(merges.flatMap(({ gone, survivor }) => [gone, survivor]))];
  const refs = people.flatMap((id) => [accounts.wallet(id), accounts.hold(id)]);
  const posting = await Posting.open(tx, refs, []);
  const shares = await posting.learnSharesOf(people);
  const brands = new Set([...shares.values()].flat().map((share) => share.brand_id));
  const pairs = [...brands].flatMap((brandId) =>
    people.map((customer): ShareRef => ({ brandId, customerId: customer })),
  );
  await posting.readSharesWith(pairs);
  for (const merge of merges) {
    const own = pending.filter(({ customer_id }) => customer_id === merge.gone);
    const held = own.reduce((sum, { amount }) => sum + amount, 0);
    // One made since the redemptions were locked: everything is tried again, and finds it.
    if (held !== posting.balanceOf(accounts.hold(merge.gone))) {
      throw new ConflictError('a redemption has just been made');
    }
    merge.transfers = own.map((one) => moveHold(posting, merge.survivor, one));
    const parts = shares.get(merge.gone) ?? [];
    announce(
      tx,
      merge,
      parts.map((share) => share.brand_id),
    );
    const before = posting.balanceOf(accounts.wallet(merge.survivor));
    merge.transfers.push(...moveWallet(posting, merge, parts));
    merge.mu = Math.max(0, posting.balanceOf(accounts.wallet(merge.survivor)) - before);
  }
  await posting.flush();
}

/** Tells whoever asked, and every brand that had given Mu to the customer who is gone. */
function announce(tx: CommandTransaction, merge: Merged, sharing: readonly string[]): void {
  const { id, brandId: asking, gone, survivor } = merge;
  const payload = {
    mergeId: mergeId.encode(id),
    fromId: customerId.encode(gone),
    intoId: customerId.encode(survivor),
  };
  const brands = new Set([...sharing, ...(asking === null ? [] : [asking])]);
  for (const brandId of brands) {
    tx.announce({ topic: 'customer.merged', brandId, customerId: survivor, payload });
  }
}
