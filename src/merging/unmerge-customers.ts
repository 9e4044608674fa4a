import { retellAttention } from '../attention';
import { customerId } from '../customers';
import { accounts, Posting, type ShareRef } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { mergeId } from './merge.id';
import { giveBack, readReturns, type Returned } from './return-mu';

/** That a merge was wrong: its UUID, and who says so. */
export interface UnmergeRequest {
  /** Who asks, and had asked for the merge; null for the platform. */
  brandId: string | null;
  merge: string;
  reason: string;
}

/** A merge that was undone: two customers again. */
export interface Unmerged {
  id: string;
  gone: string;
  survivor: string;
}

/** A merge as it stands, or stood. */
interface Merge extends Unmerged {
  number: number;
  brandId: string | null;
  logged: boolean;
  undone: boolean;
  mergedAt: Date;
}

const columns = `m.id, m.number::integer, m.brand_id AS "brandId", m.from_id AS gone,
  m.into_id AS survivor, m.logged, m.undone_at IS NOT NULL AS undone, m.created_at AS "mergedAt"`;

const namedSql = `
  SELECT ${columns} FROM customer_merges m
  JOIN unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id) ON t.id = m.id
    AND (t.brand_id IS NULL OR t.brand_id = m.brand_id)`;

const lockSql = `
  SELECT c.id FROM customers c WHERE c.id = ANY ($1::uuid[]) ORDER BY c.id FOR NO KEY UPDATE`;

// Under the locks of both: no other merge of these can begin or end any more.
const standingSql = `
  SELECT ${columns} FROM customer_merges m
  WHERE (m.from_id = ANY ($1::uuid[]) OR m.into_id = ANY ($1::uuid[]))
    AND (m.undone_at IS NULL OR m.id = ANY ($2::uuid[]))`;

const outSql = `
  SELECT o.customer_id AS id FROM opt_outs o
  WHERE o.customer_id = ANY ($1::uuid[]) AND o.opted_in_at IS NULL`;

const markSql = `
  UPDATE customer_merges m SET undone_at = $4, undone_by = t.brand_id, undone_reason = t.reason
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t(id, brand_id, reason) WHERE m.id = t.id`;

// Whoever had been merged into the one before is that one's again.
const partSql = `
  WITH RECURSIVE under AS (
    SELECT t.root, t.root AS id FROM unnest($1::uuid[]) AS t(root)
    UNION SELECT u.root, m.from_id FROM under u JOIN customer_merges m
      ON m.into_id = u.id AND m.undone_at IS NULL)
  UPDATE customers c SET merged_into = nullif(u.root, c.id) FROM under u WHERE c.id = u.id`;

const undoSql = `
  SELECT t.id, undo_merge(t.id) AS returned FROM unnest($1::uuid[]) AS t(id)`;

/**
 * Undoes merges; of several about the same people each sees those before it. Locks customers in the
 * order of their ids, then redemptions, then accounts, as a merge does.
 */
export async function unmergeAll(
  tx: CommandTransaction,
  requests: readonly UnmergeRequest[],
): Promise<(Unmerged | UserErrorShape)[]> {
  const named = await tx.query<Merge>(namedSql, [
    requests.map(({ merge }) => merge),
    requests.map(({ brandId }) => brandId),
  ]);
  const own = new Map(named.map((merge) => [merge.id, merge]));
  await tx.query(lockSql, [peopleOf(named)]);
  const answers: (Unmerged | UserErrorShape)[] = [];
  while (answers.length < requests.length) {
    const round = untilOverlap(requests.slice(answers.length), own);
    answers.push(...(await unmergeApart(tx, round, own)));
  }
  return answers;
}

function peopleOf(merges: readonly Unmerged[]): string[] {
  return [...new Set(merges.flatMap(({ gone, survivor }) => [gone, survivor]))];
}

/** The first requests of a list, as far as they are about different people. */
function untilOverlap(
  requests: readonly UnmergeRequest[],
  own: ReadonlyMap<string, Merge>,
): UnmergeRequest[] {
  const seen = new Set<string>();
  const end = requests.findIndex(({ merge }) => {
    const named = own.get(merge);
    const people = named === undefined ? [] : [named.gone, named.survivor];
    const overlaps = people.some((id) => seen.has(id));
    for (const id of people) seen.add(id);
    return overlaps;
  });
  return requests.slice(0, end === -1 ? requests.length : end);
}

/** Undoes merges of different people; their customers are locked. */
async function unmergeApart(
  tx: CommandTransaction,
  requests: readonly UnmergeRequest[],
  own: ReadonlyMap<string, Merge>,
): Promise<(Unmerged | UserErrorShape)[]> {
  const ids = requests.map(({ merge }) => merge).filter((id) => own.has(id));
  const people = peopleOf(ids.map((id) => own.get(id) as Merge));
  const standing = await tx.query<Merge>(standingSql, [people, ids]);
  const out = new Set((await tx.query<{ id: string }>(outSql, [people])).map(({ id }) => id));
  const decided = requests.map((request) => decide(request, own, standing, out));
  const undone = decided.filter((one): one is Merge => 'gone' in one);
  if (undone.length > 0) await undo(tx, undone, requests);
  return decided;
}

function decide(
  { merge: id }: UnmergeRequest,
  own: ReadonlyMap<string, Merge>,
  standing: readonly Merge[],
  out: ReadonlySet<string>,
): Merge | UserErrorShape {
  const merge = own.has(id) ? standing.find((one) => one.id === id) : undefined;
  if (merge === undefined) return userError('NOT_FOUND', ['merge']);
  if (merge.undone) return userError('ALREADY_RESOLVED', ['merge'], 'The merge has been undone.');
  if (!merge.logged) {
    return userError('CANNOT_UNMERGE', ['merge'], 'What it moved is not known any more.');
  }
  const { gone, survivor, number } = merge;
  const people = [gone, survivor];
  const later = standing.some(
    (one) =>
      !one.undone &&
      one.number > number &&
      (people.includes(one.gone) || people.includes(one.survivor)),
  );
  if (later) {
    return userError('CANNOT_UNMERGE', ['merge'], 'A later merge stands on it; undo that first.');
  }
  if (out.has(survivor) || out.has(gone)) return userError('CUSTOMER_OPTED_OUT', ['merge']);
  merge.undone = true;
  return merge;
}

async function undo(
  tx: CommandTransaction,
  merges: readonly Merge[],
  requests: readonly UnmergeRequest[],
): Promise<void> {
  const askedFor = new Map(requests.map((request) => [request.merge, request]));
  await tx.query(markSql, [
    merges.map(({ id }) => id),
    merges.map(({ id }) => askedFor.get(id)?.brandId ?? null),
    merges.map(({ id }) => askedFor.get(id)?.reason ?? ''),
    tx.now,
  ]);
  await tx.query(partSql, [merges.map(({ gone }) => gone)]);
  const people = peopleOf(merges);
  const pending = await tx.query<{ id: string }>(
    'SELECT p.id FROM pending_redemptions($1::uuid[]) p',
    [people],
  );
  const rows = await tx.query<{ id: string; returned: Returned }>(undoSql, [
    merges.map(({ id }) => id),
  ]);
  const returned = new Map(rows.map((row) => [row.id, row.returned]));
  const posting = await openWallets(tx, people);
  const holds = pending.map(({ id }) => id);
  const returns = await readReturns(tx, merges, returned, holds);
  for (const merge of merges) {
    const brands = giveBack(posting, returns.get(merge.id) ?? []);
    announce(tx, merge, [...brands, ...(returned.get(merge.id)?.brands ?? [])]);
  }
  await posting.flush();
  await retellAttention(tx, people);
}

async function openWallets(tx: CommandTransaction, people: readonly string[]): Promise<Posting> {
  const refs = people.flatMap((id) => [accounts.wallet(id), accounts.hold(id)]);
  const posting = await Posting.open(tx, refs, []);
  const shares = await posting.learnSharesOf(people);
  const brands = new Set([...shares.values()].flat().map((share) => share.brand_id));
  await posting.readSharesWith(
    [...brands].flatMap((brandId) => people.map((id): ShareRef => ({ brandId, customerId: id }))),
  );
  return posting;
}

/** Tells whoever asked for the merge, and every brand whose customer is another again. */
function announce(tx: CommandTransaction, merge: Merge, concerned: readonly string[]): void {
  const payload = {
    mergeId: mergeId.encode(merge.id),
    fromId: customerId.encode(merge.gone),
    intoId: customerId.encode(merge.survivor),
  };
  const brands = new Set([...concerned, ...(merge.brandId === null ? [] : [merge.brandId])]);
  for (const brandId of brands) {
    tx.announce({ topic: 'customer.unmerged', brandId, customerId: merge.survivor, payload });
  }
}
