/** Accounts come into being when first named. */
export const createAccounts = `
  INSERT INTO accounts (kind, owner, brand_id, customer_id, created_at)
  SELECT t.kind, t.owner, t.brand_id, t.customer_id, $5
  FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[]) AS t(kind, owner, brand_id, customer_id)
  WHERE NOT EXISTS (SELECT FROM accounts a WHERE a.kind = t.kind AND a.owner = t.owner)
  ORDER BY t.kind, t.owner
  ON CONFLICT (kind, owner) DO NOTHING`;

/** The one place where ledger locks are taken: all accounts of a posting, in id order. */
export const lockAccounts = `
  SELECT a.id, a.kind, a.owner, a.balance, a.entries, a.earned, a.redeemed, a.grants, a.held, a.owed, a.funded_by, a.closed_at
  FROM unnest($1::text[], $2::uuid[]) AS t(kind, owner)
  JOIN accounts a ON a.kind = t.kind AND a.owner = t.owner
  ORDER BY a.id
  FOR NO KEY UPDATE OF a`;

/** Shares are only touched under the lock of their wallet, so they need none of their own. */
export const readShares = `
  SELECT s.brand_id, s.customer_id, s.balance, s.held, s.earned, s.redeemed, s.grants, s.entries
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  JOIN wallet_shares s ON s.brand_id = t.brand_id AND s.customer_id = t.customer_id`;

export const readSharesOfCustomers = `
  SELECT s.brand_id, s.customer_id, s.balance, s.held, s.earned, s.redeemed, s.grants, s.entries
  FROM wallet_shares s WHERE s.customer_id = ANY ($1::uuid[]) ORDER BY s.customer_id, s.brand_id`;

/**
 * Writes a whole posting in one statement, so that the table's checks see transfers and entries
 * together. Updates only accounts that are as they were when locked; the count tells.
 */
export const post = `
  WITH new_transfers AS (
    INSERT INTO transfers (id, kind, debit_account, credit_account, amount, reason, brand_id, customer_id,
      counterparty_id, event_id, message_id, rule_id, hold_id, funded_by, reverses, posted_at)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],
      $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[], $13::uuid[], $14::uuid[], $15::uuid[],
      $16::timestamptz[])
  ), new_entries AS (
    INSERT INTO entries (id, transfer_id, account_id, account_kind, number, amount, balance_after, brand_id,
      customer_id, brand_number, brand_balance_after, posted_at)
    SELECT * FROM unnest($17::uuid[], $18::uuid[], $19::bigint[], $20::text[], $21::bigint[], $22::bigint[],
      $23::bigint[], $24::uuid[], $25::uuid[], $26::bigint[], $27::bigint[], $28::timestamptz[])
  ), moved AS (
    UPDATE accounts a
    SET balance = u.balance, entries = u.entries, earned = u.earned, redeemed = u.redeemed,
      grants = u.grants, held = u.held, owed = u.owed, funded_by = u.funded_by, closed_at = u.closed_at
    FROM unnest($29::bigint[], $30::bigint[], $31::bigint[], $32::bigint[], $33::bigint[], $34::bigint[],
      $35::bigint[], $36::bigint[], $37::bigint[], $38::uuid[], $39::timestamptz[])
      AS u(id, entries_before, balance, entries, earned, redeemed, grants, held, owed, funded_by, closed_at)
    WHERE a.id = u.id AND a.entries = u.entries_before
    RETURNING a.id
  )
  SELECT count(*) AS moved FROM moved`;

export const storeShares = `
  INSERT INTO wallet_shares (brand_id, customer_id, balance, held, earned, redeemed, grants, entries)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
    $7::bigint[], $8::bigint[])
  ON CONFLICT (brand_id, customer_id) DO UPDATE SET balance = excluded.balance, held = excluded.held,
    earned = excluded.earned, redeemed = excluded.redeemed, grants = excluded.grants,
    entries = excluded.entries`;
