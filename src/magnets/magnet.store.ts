import type { CommandTransaction } from '../platform/database/command';
import type { MagnetRow } from './magnet.entity';
import type { MagnetResponseRow } from './magnet-response.entity';

/*
 * Lock order of magnets: magnets by id (shared by whoever answers, alone for whoever ends one), then
 * the ledger's accounts by id (inside Posting.open), then responses of the magnet and its counts by
 * name. A customer's wallet is locked whenever they answer, so one customer's answers come one after
 * the other; a magnet that is being ended waits for those who are answering, and then takes none.
 */

/** A magnet as one brand names it. */
export interface MagnetRef {
  brandId: string;
  id: string;
}

function nameOf({ brandId, id }: MagnetRef): string {
  return `${brandId} ${id}`;
}

const readSql = (lock: string) => `
  SELECT m.* FROM magnets m
  WHERE (m.brand_id, m.id) IN (SELECT t.brand_id, t.id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, id))
  ORDER BY m.id ${lock}`;

async function read(
  tx: Pick<CommandTransaction, 'query'>,
  refs: readonly (MagnetRef | null)[],
  lock: string,
): Promise<(MagnetRow | null)[]> {
  const named = refs.filter((ref) => ref !== null);
  if (named.length === 0) return refs.map(() => null);
  const rows = await tx.query<MagnetRow>(readSql(lock), [
    named.map(({ brandId }) => brandId),
    named.map(({ id }) => id),
  ]);
  const found = new Map(rows.map((row) => [nameOf({ brandId: row.brand_id, id: row.id }), row]));
  return refs.map((ref) => (ref === null ? null : (found.get(nameOf(ref)) ?? null)));
}

/** Magnets of these brands, in order and in one statement; null for unknown ones. */
export function readMagnets(
  tx: Pick<CommandTransaction, 'query'>,
  refs: readonly (MagnetRef | null)[],
): Promise<(MagnetRow | null)[]> {
  return read(tx, refs, '');
}

/** As `readMagnets`; nobody ends them before this transaction has. */
export function shareMagnets(
  tx: Pick<CommandTransaction, 'query'>,
  refs: readonly (MagnetRef | null)[],
): Promise<(MagnetRow | null)[]> {
  return read(tx, refs, 'FOR SHARE OF m');
}

/** As `readMagnets`; nobody answers or ends them before this transaction has. */
export function lockMagnets(
  tx: Pick<CommandTransaction, 'query'>,
  refs: readonly (MagnetRef | null)[],
): Promise<(MagnetRow | null)[]> {
  return read(tx, refs, 'FOR NO KEY UPDATE OF m');
}

/** A customer and a magnet of a brand. */
export interface ResponseKey {
  brandId: string;
  magnetId: string;
  customerId: string;
}

/** What is known of a customer's last response to a magnet. */
export interface LastResponse {
  round: number;
  answeredAt: Date;
}

export function responseName({ brandId, magnetId, customerId }: ResponseKey): string {
  return `${brandId} ${magnetId} ${customerId}`;
}

const lastSql = `
  SELECT r.brand_id AS "brandId", r.magnet_id AS "magnetId", r.customer_id AS "customerId",
    max(r.round) AS round, max(r.answered_at) AS "answeredAt"
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS t(brand_id, magnet_id, customer_id)
  JOIN magnet_responses r ON r.brand_id = t.brand_id AND r.magnet_id = t.magnet_id
    AND r.customer_id = t.customer_id
  GROUP BY r.brand_id, r.magnet_id, r.customer_id`;

/** The last responses, by `responseName`; true to the moment under the customers' locks. */
export async function lastResponses(
  tx: CommandTransaction,
  keys: readonly ResponseKey[],
): Promise<Map<string, LastResponse>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query<ResponseKey & LastResponse>(lastSql, [
    keys.map(({ brandId }) => brandId),
    keys.map(({ magnetId }) => magnetId),
    keys.map(({ customerId }) => customerId),
  ]);
  return new Map(rows.map((row) => [responseName(row), row]));
}

const insertSql = `
  INSERT INTO magnet_responses (id, brand_id, magnet_id, customer_id, round, answers, choice,
    right_answers, questions, mu, stake, promised, outcome, payout, consent_purpose, consent_version,
    event_id, answered_at)
  SELECT t.id, t.brand_id, t.magnet_id, t.customer_id, t.round, t.answers, t.choice, t.right_answers,
    t.questions, t.mu, t.stake, t.promised, t.outcome, 0, t.consent_purpose, t.consent_version,
    t.event_id, $17
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::jsonb[],
    $7::smallint[], $8::integer[], $9::integer[], $10::bigint[], $11::bigint[], $12::bigint[],
    $13::text[], $14::text[], $15::text[], $16::uuid[])
    AS t(id, brand_id, magnet_id, customer_id, round, answers, choice, right_answers, questions, mu,
      stake, promised, outcome, consent_purpose, consent_version, event_id)`;

const countSql = `
  INSERT INTO magnet_counts AS c (brand_id, magnet_id, choice, responses, stake)
  SELECT t.brand_id, t.magnet_id, t.choice, count(*), sum(t.stake)::bigint
  FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[]) AS t(brand_id, magnet_id, choice, stake)
  GROUP BY t.brand_id, t.magnet_id, t.choice
  ORDER BY t.brand_id, t.magnet_id, t.choice
  ON CONFLICT (brand_id, magnet_id, choice) DO UPDATE SET
    responses = c.responses + excluded.responses, stake = c.stake + excluded.stake`;

/** Stores new responses and counts them. */
export async function storeResponses(
  tx: CommandTransaction,
  rows: readonly MagnetResponseRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const column = (name: keyof MagnetResponseRow) => rows.map((row) => row[name]);
  await tx.query(insertSql, [
    column('id'),
    column('brand_id'),
    column('magnet_id'),
    column('customer_id'),
    column('round'),
    rows.map(({ answers }) => JSON.stringify(answers)),
    column('choice'),
    column('right_answers'),
    column('questions'),
    column('mu'),
    column('stake'),
    column('promised'),
    column('outcome'),
    column('consent_purpose'),
    column('consent_version'),
    column('event_id'),
    tx.now,
  ]);
  const counted = rows.filter(({ choice }) => choice !== null);
  if (counted.length === 0) return;
  await tx.query(countSql, [
    counted.map((row) => row.brand_id),
    counted.map((row) => row.magnet_id),
    counted.map((row) => row.choice),
    counted.map((row) => row.stake),
  ]);
}
