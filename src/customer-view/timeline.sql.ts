import { entryColumns, entryVisible } from '../ledger';

/*
 * One statement for the timelines of a page of customers. $1 and $2 are the caller's brand and customer
 * as the ledger's `viewer` gives them, $3 the customers, $4 and $5 the time and id of the last item
 * seen, $6 the number of rows. Each kind brings at most a page, newest first, by an index of its own;
 * the newest of all of them are the page. An item is the whole row, so that no field of its own takes
 * a second statement.
 */

interface Source {
  kind: string;
  from: string;
  /** When it happened. */
  at: string;
  id: string;
  item: string;
  /** Whose it is, and that the caller may see it. */
  where: string;
}

/** A brand sees its own, a customer what is theirs with any brand, the platform all. */
function ownedBy(table: string): string {
  return `${table}.customer_id = c.id AND ($1::uuid IS NULL OR ${table}.brand_id = $1)
    AND ($2::uuid IS NULL OR ${table}.customer_id = $2)`;
}

function rowsOf(table: string, kind: string, time: string): Source {
  return {
    kind,
    from: `${table} x`,
    at: `x.${time}`,
    id: 'x.id',
    item: 'to_jsonb(x)',
    where: ownedBy('x'),
  };
}

const deliveries: Source = {
  ...rowsOf('deliveries', 'MessageDelivery', 'delivered_at'),
  from: 'deliveries x JOIN messages m ON m.id = x.message_id',
  item: `to_jsonb(x) || jsonb_build_object('message', to_jsonb(m))`,
};

/** Only lines of the wallet, told as the ledger tells them to this caller. */
const entries: Source = {
  kind: 'LedgerEntry',
  from: 'entries e JOIN transfers t ON t.id = e.transfer_id',
  at: 'e.posted_at',
  id: 'e.id',
  item: `(SELECT to_jsonb(line) FROM (SELECT ${entryColumns}) line)`,
  where: `e.customer_id = c.id AND e.account_kind = 'WALLET' AND ${entryVisible}`,
};

const sources = [
  deliveries,
  rowsOf('attention_events', 'AttentionEvent', 'occurred_at'),
  entries,
  rowsOf('redemptions', 'Redemption', 'created_at'),
  rowsOf('purchases', 'Purchase', 'purchased_at'),
];

function branch({ kind, from, at, id, item, where }: Source): string {
  return `(SELECT '${kind}' AS kind, ${at} AS at, ${id} AS id, ${item} AS item
    FROM ${from}
    WHERE ${where} AND (${at}, ${id}) < ($4::timestamptz, $5::uuid)
    ORDER BY ${at} DESC, ${id} DESC LIMIT $6)`;
}

export const timelineSql = `
  SELECT c.id AS of_customer, i.kind, i.at, i.id, i.item
  FROM unnest($3::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    ${sources.map(branch).join('\n    UNION ALL\n    ')}
    ORDER BY at DESC, id DESC LIMIT $6
  ) i
  ORDER BY i.at DESC, i.id DESC`;
