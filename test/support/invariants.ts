import type { TestDatabase } from './test-database';

/** Entries of a wallet as one brand's share sees them. */
const shareLines = `SELECT e.*, row_number() OVER w AS nth, sum(e.amount) OVER w AS running
  FROM entries e WHERE e.account_kind = 'WALLET'
  WINDOW w AS (PARTITION BY e.brand_id, e.customer_id ORDER BY e.brand_number)`;

/**
 * What transfers say about lifetime totals; a reversal counts against what it undoes, and what was on
 * hold for a customer who was merged is held for the other one.
 */
const totals = `SELECT m.brand_id, m.customer_id, sum(m.earned) AS earned, sum(m.grants) AS grants,
    sum(m.redeemed) AS redeemed, sum(m.held) AS held
  FROM (SELECT t.brand_id, t.customer_id,
      CASE WHEN d.kind = 'GRANT' THEN d.sign * t.amount ELSE 0 END AS earned,
      CASE WHEN d.kind = 'GRANT' THEN d.sign ELSE 0 END AS grants,
      CASE WHEN d.kind = 'HOLD_CAPTURE' THEN d.sign * t.amount ELSE 0 END AS redeemed,
      CASE WHEN d.kind = 'HOLD' THEN d.sign * t.amount
        WHEN t.kind IN ('HOLD_CAPTURE', 'HOLD_RELEASE') THEN -t.amount
        WHEN d.kind = 'MERGE' AND t.hold_id IS NOT NULL THEN -t.amount ELSE 0 END AS held
    FROM transfers t
    LEFT JOIN transfers o ON o.id = t.reverses
    CROSS JOIN LATERAL (SELECT coalesce(o.kind, t.kind) AS kind,
      CASE WHEN o.id IS NULL THEN 1 ELSE -1 END AS sign) d
    WHERE t.customer_id IS NOT NULL
    UNION ALL SELECT g.brand_id, g.counterparty_id, 0, 0, 0,
      CASE WHEN coalesce(u.kind, g.kind) = 'MERGE' AND g.hold_id IS NOT NULL THEN g.amount ELSE 0 END
    FROM transfers g LEFT JOIN transfers u ON u.id = g.reverses WHERE g.counterparty_id IS NOT NULL) m
  GROUP BY m.brand_id, m.customer_id`;

/** Rows about customers, with the person behind each, whom a customer may have turned out to be. */
const ofPeople = (table: string) => `(SELECT r.*, coalesce(c.merged_into, c.id) AS person
  FROM ${table} r JOIN customers c ON c.id = r.customer_id)`;

/** What happened to each redemption, by its transfers. */
const redemptionTransfers = `SELECT r.id, r.state, r.amount,
    count(*) FILTER (WHERE t.kind = 'HOLD') AS holds,
    count(*) FILTER (WHERE t.kind = 'HOLD_CAPTURE') AS captures,
    count(*) FILTER (WHERE t.kind = 'HOLD_RELEASE') AS releases,
    count(*) FILTER (WHERE o.kind = 'HOLD') AS undone_holds,
    count(*) FILTER (WHERE o.kind = 'HOLD_CAPTURE') AS undone_captures,
    count(*) FILTER (WHERE t.amount <> r.amount) AS other_amounts
  FROM redemptions r
  LEFT JOIN transfers t ON t.hold_id = r.id LEFT JOIN transfers o ON o.id = t.reverses
  GROUP BY r.id`;

/** Sentences that are true of every database of ours, each with a query for the rows that deny it. */
export const invariants: Record<string, string> = {
  'a transfer has two entries, equal and opposite': `
    SELECT t.id FROM transfers t LEFT JOIN entries e ON e.transfer_id = t.id GROUP BY t.id
    HAVING count(e.id) <> 2 OR sum(e.amount) <> 0
      OR count(*) FILTER (WHERE e.account_id = t.debit_account AND e.amount = -t.amount) <> 1
      OR count(*) FILTER (WHERE e.account_id = t.credit_account AND e.amount = t.amount) <> 1`,
  'an entry belongs to a transfer and an account': `
    SELECT e.id FROM entries e LEFT JOIN transfers t ON t.id = e.transfer_id
    LEFT JOIN accounts a ON a.id = e.account_id AND a.kind = e.account_kind
    WHERE t.id IS NULL OR a.id IS NULL`,
  'all accounts sum to zero': `SELECT sum(balance) FROM accounts HAVING sum(balance) <> 0`,
  'no account but the mint is below zero, and a wallet by what it owes': `
    SELECT id, kind, balance FROM accounts WHERE kind <> 'MINT' AND owed <> greatest(0, -balance)
      OR (balance < 0 AND kind NOT IN ('MINT', 'WALLET'))`,
  'a balance is the sum of its entries': `
    SELECT a.id, a.kind, a.balance, e.balance AS sum FROM accounts a
    LEFT JOIN (SELECT account_id, sum(amount) AS balance, count(*) AS entries FROM entries
      GROUP BY account_id) e ON e.account_id = a.id
    WHERE a.balance <> coalesce(e.balance, 0) OR a.entries <> coalesce(e.entries, 0)`,
  'entries of an account are numbered without a gap and tell the running balance': `
    SELECT e.id FROM (SELECT *, row_number() OVER w AS nth, sum(amount) OVER w AS running FROM entries
      WINDOW w AS (PARTITION BY account_id ORDER BY number)) e
    WHERE e.number <> e.nth OR e.balance_after <> e.running`,
  "a brand's lines of a wallet are numbered without a gap and tell its running share": `
    SELECT e.id FROM (${shareLines}) e
    WHERE e.brand_number IS DISTINCT FROM e.nth OR e.brand_balance_after IS DISTINCT FROM e.running`,
  'a share is the sum of its own lines': `
    SELECT s.brand_id, s.customer_id FROM wallet_shares s
    FULL JOIN (SELECT brand_id, customer_id, sum(amount) AS balance, count(*) AS entries FROM entries
      WHERE account_kind = 'WALLET' GROUP BY brand_id, customer_id) e USING (brand_id, customer_id)
    WHERE s.balance IS DISTINCT FROM e.balance OR s.entries IS DISTINCT FROM e.entries`,
  "a share's totals are those of its transfers": `
    SELECT brand_id, customer_id FROM wallet_shares s
    FULL JOIN (${totals}) t USING (brand_id, customer_id)
    WHERE (s.earned, s.grants, s.redeemed, s.held)
      IS DISTINCT FROM (t.earned::bigint, t.grants::bigint, t.redeemed::bigint, t.held::bigint)`,
  'a wallet is the sum of its shares': `
    SELECT a.owner FROM accounts a
    LEFT JOIN (SELECT customer_id, sum(balance) AS balance, sum(earned) AS earned, sum(held) AS held,
      sum(grants) AS grants, sum(redeemed) AS redeemed FROM wallet_shares GROUP BY customer_id) s
      ON s.customer_id = a.owner
    WHERE a.kind = 'WALLET' AND (a.balance, a.earned, a.redeemed, a.grants, a.held) IS DISTINCT FROM
      (coalesce(s.balance, 0)::bigint, coalesce(s.earned, 0)::bigint, coalesce(s.redeemed, 0)::bigint,
       coalesce(s.grants, 0)::bigint, coalesce(s.held, 0)::bigint)`,
  'what is held is what pending redemptions hold': `
    SELECT w.owner FROM accounts w
    LEFT JOIN accounts h ON h.kind = 'HOLD' AND h.owner = w.owner
    LEFT JOIN (SELECT customer_id, sum(amount) AS pending FROM redemptions WHERE state = 'PENDING'
      GROUP BY customer_id) r ON r.customer_id = w.owner
    WHERE w.kind = 'WALLET'
      AND (w.held <> coalesce(h.balance, 0) OR w.held <> coalesce(r.pending, 0))`,
  'a reversal undoes the whole of one transfer, once': `
    SELECT o.id FROM transfers r JOIN transfers o ON o.id = r.reverses GROUP BY o.id, o.amount, o.kind
    HAVING count(*) > 1 OR sum(r.amount) <> o.amount OR o.kind IN ('REVERSAL', 'UNMERGE')
    UNION ALL SELECT id FROM transfers WHERE (kind = 'REVERSAL') <> (reverses IS NOT NULL)`,
  'a redemption ends once, as its state says': `
    SELECT r.id, r.state FROM (${redemptionTransfers}) r
    WHERE r.other_amounts > 0 OR (r.holds, r.captures, r.releases + r.undone_holds, r.undone_captures)
      IS DISTINCT FROM CASE r.state
        WHEN 'PENDING' THEN (1::bigint, 0::bigint, 0::bigint, 0::bigint)
        WHEN 'CAPTURED' THEN (1::bigint, 1::bigint, 0::bigint, 0::bigint)
        WHEN 'REVERSED' THEN (1::bigint, 1::bigint, 0::bigint, 1::bigint)
        ELSE (1::bigint, 0::bigint, 1::bigint, 0::bigint) END`,
  'an award of a message is one grant, or the sum of its grants when a streak added to it': `
    SELECT event_id, a.amount, t.amount AS paid FROM (SELECT m.brand_id, m.person, m.message_id, m.event_id,
        count(*) AS awards, count(s.once) AS streaks, sum(coalesce(s.amount, m.amount)) AS amount
      FROM ${ofPeople('message_awards')} m LEFT JOIN ${ofPeople('streak_awards')} s ON s.brand_id = m.brand_id
        AND s.person = m.person AND s.event_id = m.event_id AND s.once = m.action
      GROUP BY m.brand_id, m.person, m.message_id, m.event_id) a
    FULL JOIN (SELECT brand_id, person, message_id, event_id, count(*) AS grants,
        sum(amount) AS amount FROM ${ofPeople('transfers')} g
      WHERE kind = 'GRANT' AND message_id IS NOT NULL
      GROUP BY brand_id, person, message_id, event_id) t
      USING (brand_id, person, message_id, event_id)
    WHERE a.awards IS NULL OR t.grants IS NULL OR a.amount <> t.amount OR t.grants < a.awards
      OR (a.streaks = 0 AND t.grants <> a.awards)`,
  'only a streak lets a rule pay an event more than once, and then in all what it is worth': `
    SELECT event_id FROM (SELECT brand_id, person, event_id, rule_id, count(*) AS grants,
        sum(amount) AS amount FROM ${ofPeople('transfers')} g
      WHERE kind = 'GRANT' AND event_id IS NOT NULL AND rule_id IS NOT NULL
      GROUP BY brand_id, person, event_id, rule_id) t
    FULL JOIN ${ofPeople('streak_awards')} a USING (brand_id, person, event_id, rule_id)
    WHERE t.grants IS NULL OR (a.amount IS NULL AND t.grants > 1) OR t.amount <> a.amount`,
  'what is kept of the orders of a customer is what they sum to': `
    SELECT t.brand_id, t.customer_id FROM purchase_totals t
    FULL JOIN counted_purchases((SELECT array_agg(DISTINCT customer_id) FROM purchases)) c
      USING (brand_id, customer_id) WHERE to_jsonb(t) IS DISTINCT FROM to_jsonb(c)`,
  'what is kept of the orders of a brand is what they sum to': `
    SELECT b.brand_id FROM brand_purchase_totals b
    FULL JOIN (SELECT brand_id, count(*) AS customers, sum(orders) AS orders, sum(gross_minor) AS gross,
        sum(refunded_minor) AS refunded, sum(other_currency_orders) AS other,
        sum(orders + other_currency_orders - 1) AS gaps,
        sum(floor(extract(epoch FROM last_at - first_at))) AS seconds
      FROM purchase_totals GROUP BY brand_id) t USING (brand_id)
    WHERE (b.customers::bigint, b.orders::numeric, b.gross_minor::numeric, b.refunded_minor::numeric,
        b.other_currency_orders::numeric, b.gaps::numeric, b.gap_seconds::numeric)
      IS DISTINCT FROM (t.customers, t.orders::numeric, t.gross, t.refunded, t.other::numeric,
        t.gaps::numeric, t.seconds)`,
  'what is kept of the orders of a day is what they sum to': `
    SELECT d.brand_id, d.local_day, d.bucket FROM brand_purchase_days d
    FULL JOIN (SELECT p.brand_id, p.local_day, p.bucket,
        count(*) FILTER (WHERE p.currency = b.currency) AS orders,
        coalesce(sum(p.total_minor) FILTER (WHERE p.currency = b.currency), 0) AS gross,
        coalesce(sum(p.refunded_minor) FILTER (WHERE p.currency = b.currency), 0) AS refunded,
        count(*) FILTER (WHERE p.currency <> b.currency) AS other
      FROM purchases p JOIN brands b ON b.id = p.brand_id GROUP BY 1, 2, 3) p
      USING (brand_id, local_day, bucket)
    WHERE (coalesce(d.orders, 0)::bigint, coalesce(d.gross_minor, 0)::numeric,
        coalesce(d.refunded_minor, 0)::numeric, coalesce(d.other_currency_orders, 0)::bigint)
      IS DISTINCT FROM (coalesce(p.orders, 0), coalesce(p.gross, 0), coalesce(p.refunded, 0),
        coalesce(p.other, 0))`,
  'what was paid back of an order is the sum of its refunds': `
    SELECT p.id FROM purchases p
    LEFT JOIN (SELECT purchase_id, sum(amount_minor) AS minor FROM purchase_refunds GROUP BY 1) r
      ON r.purchase_id = p.id WHERE p.refunded_minor <> coalesce(r.minor, 0)`,
  'the first order of a customer with a brand is the earliest, and no other': `
    SELECT p.id FROM purchases p
    JOIN purchase_totals t ON t.brand_id = p.brand_id AND t.customer_id = p.customer_id
    WHERE p.first_of_customer <> (p.id = t.first_id)`,
  'a closed account holds nothing': `
    SELECT id FROM accounts WHERE closed_at IS NOT NULL AND balance > 0`,
  'a key that is kept has an answer': `
    SELECT scope, key FROM idempotency_keys WHERE answer IS NULL`,
};

const everySql = Object.entries(invariants)
  .map(([name, sql]) => `SELECT ${quoted(name)} AS sentence, to_jsonb(x) AS row FROM (${sql}) x`)
  .join('\nUNION ALL\n');

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A sentence that is not true of a database, with rows that deny it. */
export interface Violation {
  sentence: string;
  row: unknown;
}

/** What is wrong with the books; nothing, one hopes. One statement, so it is of one moment. */
export function findViolations(database: Pick<TestDatabase, 'query'>): Promise<Violation[]> {
  return database.query<Violation>(everySql);
}

/**
 * Throws unless every invariant holds: Mu is neither created nor destroyed, balances are the sums of
 * their entries, nothing was paid or ended twice. Runs at the end of every suite, faults included.
 */
export async function assertBooks(database: Pick<TestDatabase, 'query'>): Promise<void> {
  const violations = await findViolations(database);
  if (violations.length === 0) return;
  const lines = violations.map(({ sentence, row }) => `not so: ${sentence} ${JSON.stringify(row)}`);
  const hint = 'a test that writes ledger rows by hand starts with { inventsBooks: true }';
  throw new Error(`the books do not balance (${hint})\n${lines.slice(0, 20).join('\n')}`);
}
