import { lockRelationships } from '../customers';
import { deliveryId } from '../messages';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorCode } from '../platform/errors';
import { inBoxSql, isMicronSql, joinMarksSql, leavesSql, openSql } from './in-box.sql';

/** Which micron a person means, without the idempotency key. */
export interface MarkMicron {
  micronId: string;
}

/** The delivery behind the micron, by UUID. */
export interface MarkAnswer extends Answer {
  deliveryUuid?: string;
}

interface Found {
  place: number;
  brand_id: string;
  customer_id: string;
  message_id: string;
  delivered_at: Date;
  saved: boolean;
}

const leaves = leavesSql('$5', '$6');

const findSql = `
  SELECT t.place::integer, d.brand_id, d.customer_id, d.message_id, d.delivered_at,
    k.saved_at IS NOT NULL AS saved
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY
    AS t(id, brand_id, customer_id, place)
  JOIN deliveries d ON d.id = t.id AND d.brand_id = t.brand_id AND d.customer_id = t.customer_id
  JOIN relationships r ON r.brand_id = d.brand_id AND r.customer_id = d.customer_id
  ${joinMarksSql}
  WHERE ${isMicronSql} AND ${inBoxSql(openSql('r', 'p'), leaves, '$4::timestamptz')}
  ORDER BY t.place`;

const savedSql = `
  SELECT k.brand_id, k.customer_id, count(*)::integer AS saved
  FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)) t
  JOIN micronbox_marks k ON k.customer_id = t.customer_id AND k.brand_id = t.brand_id
    AND k.saved_at IS NOT NULL
  GROUP BY 1, 2`;

/** What a mark is when there was none, and what becomes of one (`k`), both with $5 for now. */
interface Mark {
  column: 'read_at' | 'saved_at' | 'let_go_at';
  set: string;
}

const storeSql = ({ column, set }: Mark): string => `
  INSERT INTO micronbox_marks AS k (brand_id, customer_id, message_id, delivered_at, ${column})
  SELECT DISTINCT t.*, $5::timestamptz
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
    AS t(brand_id, customer_id, message_id, delivered_at)
  ORDER BY 2, 1, 3
  ON CONFLICT (customer_id, brand_id, message_id) DO UPDATE SET ${set}`;

/** Notes that people have read microns in their boxes; it is no attention, and pays nothing. */
export const markMicronRead = markOf('markMicronRead', {
  column: 'read_at',
  set: 'read_at = coalesce(k.read_at, $5)',
});

/** Keeps microns from leaving. */
export const saveMicron = markOf('saveMicron', {
  column: 'saved_at',
  set: 'saved_at = coalesce(k.saved_at, $5)',
});

/** Lets saved microns leave as if they had been read now. */
export const unsaveMicron = markOf('unsaveMicron', {
  column: 'let_go_at',
  set: 'saved_at = NULL, let_go_at = $5',
});

function markOf(kind: string, mark: Mark): CommandHandler<MarkMicron, MarkAnswer> {
  const store = storeSql(mark);
  return {
    kind,
    async execute(tx, commands) {
      const ids = commands.map(({ input }) => deliveryId.decode(input.micronId));
      if (mark.column === 'saved_at') await lockRelationships(tx, pairsOf(commands));
      const found = await find(tx, commands, ids);
      const left = mark.column === 'saved_at' ? await shelves(tx, [...found.values()]) : null;
      const marked: Found[] = [];
      const answers = commands.map((_, at): MarkAnswer => {
        const one = found.get(at);
        if (one === undefined) return refusedAs('NOT_FOUND');
        // What was never saved is let go already.
        if (mark.column === 'let_go_at' && !one.saved) return answerOf(ids[at]);
        if (left !== null && !one.saved && !left.take(one)) return refusedAs('LIMIT_EXCEEDED');
        marked.push(one);
        return answerOf(ids[at]);
      });
      if (marked.length > 0) {
        await tx.query(store, [
          marked.map((one) => one.brand_id),
          marked.map((one) => one.customer_id),
          marked.map((one) => one.message_id),
          marked.map((one) => one.delivered_at),
          tx.now,
        ]);
      }
      return answers;
    },
  };
}

function refusedAs(code: UserErrorCode): Answer {
  return refused(userError(code, ['micronId']));
}

function answerOf(uuid: string | null | undefined): MarkAnswer {
  return { deliveryUuid: uuid as string, userErrors: [] };
}

function pairsOf(commands: readonly Command[]): { brandId: string; customer: string }[] {
  return commands.flatMap(({ tenant, subject }) =>
    tenant !== null && subject != null ? [{ brandId: tenant, customer: subject }] : [],
  );
}

async function find(
  tx: CommandTransaction,
  commands: readonly Command[],
  ids: readonly (string | null)[],
): Promise<Map<number, Found>> {
  const rows = await tx.query<Found>(findSql, [
    ids,
    commands.map(({ tenant }) => tenant),
    commands.map(({ subject }) => subject ?? null),
    tx.now,
    tx.limits.micronboxReadDays,
    tx.limits.micronboxUnreadDays,
  ]);
  return new Map(rows.map((row) => [row.place - 1, row]));
}

/** How much more people may save of brands, under the locks of their relationships. */
async function shelves(tx: CommandTransaction, found: readonly Found[]) {
  const rows = await tx.query<{ brand_id: string; customer_id: string; saved: number }>(savedSql, [
    found.map((one) => one.brand_id),
    found.map((one) => one.customer_id),
  ]);
  const nameOf = (of: { brand_id: string; customer_id: string }) =>
    `${of.brand_id} ${of.customer_id}`;
  const counts = new Map(rows.map((row) => [nameOf(row), row.saved]));
  const taken = new Set<string>();
  return {
    /** Takes a place for a micron; false when there is none. */
    take(one: Found): boolean {
      const micron = `${nameOf(one)} ${one.message_id}`;
      if (taken.has(micron)) return true;
      const saved = counts.get(nameOf(one)) ?? 0;
      if (saved >= tx.limits.micronboxSaved) return false;
      taken.add(micron);
      counts.set(nameOf(one), saved + 1);
      return true;
    },
  };
}
