import { Client } from 'pg';
import { appRole } from '../../src/platform/database/connection';
import { findViolations, invariants } from '../support/invariants';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { must } from './operations';
import { ordered } from './order-mutations';
import { Scene } from './scene';

let t: TestService;
let owner: Client;

/** Books with something in every account, of which a page can be spoilt. */
beforeAll(async () => {
  t = await startTestService();
  const scene = await Scene.create(t, 'keeps-books');
  const { externalId } = await scene.customer(50);
  const [first, second] = [10, 11].map((amount) => scene.redemptionOf({ externalId }, amount));
  const inBrand = (
    write: 'captureRedemption' | 'reverseTransfer',
    input: Record<string, unknown>,
  ) => must(t, scene.brand.apiKey, write, { ...input, idempotencyKey: newKey() });
  await inBrand('captureRedemption', { id: await first });
  await inBrand('reverseTransfer', { id: await scene.grant(), reason: 'a mistake' });
  await second;
  const attend = { customer: { externalId }, messageId: await scene.message(), action: 'OPEN' };
  await must(t, scene.brand.apiKey, 'recordAttention', { ...attend, idempotencyKey: newKey() });
  const visits = { name: 'visits', action: 'VISIT', amount: 3, streak: {} };
  await must(t, scene.brand.apiKey, 'upsertEarnRule', { ...visits, idempotencyKey: newKey() });
  const visit = { customer: { externalId }, action: 'VISIT', idempotencyKey: newKey() };
  await must(t, scene.brand.apiKey, 'recordAttention', visit);
  await ordered(scene);
  owner = new Client({ connectionString: t.database.url });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await t.close();
});

/** The SQLSTATE a statement of the owner ends with, all of it undone; '00000' when it is done. */
async function stateOf(...statements: string[]): Promise<string> {
  await owner.query('BEGIN');
  try {
    for (const statement of statements) await owner.query(statement);
    return '00000';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await owner.query('ROLLBACK');
  }
}

/** What is found wrong once the owner, with all guards off, has done this; then it is undone. */
async function violationsAfter(...statements: string[]): Promise<string[]> {
  await owner.query('BEGIN');
  try {
    await owner.query(`SET LOCAL session_replication_role = replica`);
    for (const statement of statements) await owner.query(statement);
    const query = async <Row>(text: string) => (await owner.query(text)).rows as Row[];
    return (await findViolations({ query })).map(({ sentence }) => sentence);
  } finally {
    await owner.query('ROLLBACK');
  }
}

const asApp = `SET LOCAL ROLE ${appRole}`;
const transferColumns = `id, kind, debit_account, credit_account, amount, reason, brand_id, posted_at`;
const entryColumns = `id, transfer_id, account_id, account_kind, number, amount, balance_after, brand_id, posted_at`;

/** A transfer of 5 Mu from mint to budget with entries of these amounts. */
const post = (...amounts: number[]) => `
  WITH a AS (SELECT m.id AS mint, b.id AS budget, b.brand_id FROM accounts m, accounts b
    WHERE m.kind = 'MINT' AND b.kind = 'BUDGET' LIMIT 1),
  t AS (INSERT INTO transfers (${transferColumns})
    SELECT gen_random_uuid(), 'ISSUE', mint, budget, 5, 'by hand', brand_id, now() FROM a RETURNING *)
  INSERT INTO entries (${entryColumns})
  SELECT gen_random_uuid(), t.id, CASE n WHEN 1 THEN debit_account ELSE credit_account END, 'MINT',
    1000000 + n, e.mu, 0, brand_id, now()
  FROM t, unnest(ARRAY[${amounts.join(', ')}]) WITH ORDINALITY AS e(mu, n)`;

describe('the database itself (P1)', () => {
  it('takes a transfer with its two entries', async () => {
    expect(await stateOf(post(-5, 5))).toBe('00000');
  });

  it.each([
    ['that do not sum to zero', post(-5, 6)],
    ['of another amount', post(-6, 6)],
    ['of which one is missing', post(-5)],
    ['of which there are too many', post(-5, 5, -5, 5)],
  ])('refuses a transfer with entries %s', async (_, statement) => {
    expect(await stateOf(statement)).toBe('23514');
  });

  it('refuses a transfer without entries, and entries added later', async () => {
    expect(
      await stateOf(`INSERT INTO transfers (${transferColumns})
        SELECT gen_random_uuid(), kind, debit_account, credit_account, 5, reason, brand_id, now()
        FROM transfers LIMIT 1`),
    ).toBe('23514');
    expect(
      await stateOf(`INSERT INTO entries (${entryColumns})
        SELECT gen_random_uuid(), transfer_id, account_id, account_kind, 1000000 + number, amount,
          balance_after, brand_id, now() FROM entries LIMIT 1`),
    ).toBe('23514');
  });

  it('refuses entries whose transfer is not there', async () => {
    expect(
      await stateOf(`INSERT INTO entries (${entryColumns})
        SELECT gen_random_uuid(), '00000000-0000-7000-8000-000000000000', account_id, account_kind,
          1000000 + n, n, balance_after, brand_id, now()
        FROM (SELECT * FROM entries LIMIT 1) one, unnest(ARRAY[-1, 1]) n`),
    ).toBe('23503');
  });

  it('refuses a balance below zero, but to the mint (P2)', async () => {
    const below = (kind: string) =>
      stateOf(`UPDATE accounts SET balance = -1 WHERE kind = '${kind}'`);
    for (const kind of ['BUDGET', 'RESERVE', 'WALLET', 'HOLD', 'BURN']) {
      expect({ kind, state: await below(kind) }).toEqual({ kind, state: '23514' });
    }
    expect(await below('MINT')).toBe('00000');
  });

  it('refuses a second reversal of a transfer (P12)', async () => {
    expect(
      await stateOf(
        `SET LOCAL session_replication_role = replica`,
        `INSERT INTO transfers (${transferColumns}, reverses)
          SELECT gen_random_uuid(), kind, debit_account, credit_account, amount, reason, brand_id,
            now(), reverses FROM transfers WHERE reverses IS NOT NULL`,
      ),
    ).toBe('23505');
  });
});

describe.each(['transfers', 'entries'])('history in %s (P11)', (table) => {
  const changes = [
    `UPDATE ${table} SET amount = amount + 1`,
    `UPDATE ${table} SET posted_at = now()`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table} CASCADE`,
  ];

  it.each(changes)('the service may not %s', async (change) => {
    expect(await stateOf(asApp, change)).toBe('42501');
  });

  it.each(changes)('nor may the owner %s', async (change) => {
    expect(await stateOf(change)).toBe('23001');
  });
});

describe('what is checked at the end of every suite (P3, d2)', () => {
  const a = (kind: string) => `(SELECT id FROM accounts WHERE kind = '${kind}' LIMIT 1)`;
  const one = (table: string, where = 'true') =>
    `ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`;

  /** For each sentence something that makes it untrue. */
  const lies: Record<string, string[]> = {
    'a transfer has two entries, equal and opposite': [
      `UPDATE entries SET amount = amount + 1 WHERE ${one('entries')}`,
    ],
    'an entry belongs to a transfer and an account': [
      `DELETE FROM transfers WHERE ${one('transfers')}`,
    ],
    'all accounts sum to zero': [
      `UPDATE accounts SET balance = balance + 1 WHERE id = ${a('BURN')}`,
    ],
    'no account but the mint is below zero, and a wallet by what it owes': [
      'ALTER TABLE accounts DROP CONSTRAINT accounts_check',
      `UPDATE accounts SET balance = -1 WHERE id = ${a('BURN')}`,
    ],
    'a balance is the sum of its entries': [
      `UPDATE accounts SET balance = balance + 1 WHERE id = ${a('BUDGET')}`,
    ],
    'entries of an account are numbered without a gap and tell the running balance': [
      `UPDATE entries SET number = number + 1000 WHERE ${one('entries', 'number > 1')}`,
    ],
    "a brand's lines of a wallet are numbered without a gap and tell its running share": [
      `UPDATE entries SET brand_balance_after = 7777 WHERE ${one('entries', 'brand_number > 1')}`,
    ],
    'a share is the sum of its own lines': [
      `UPDATE wallet_shares SET balance = balance + 1 WHERE ${one('wallet_shares')}`,
    ],
    "a share's totals are those of its transfers": [
      `UPDATE wallet_shares SET earned = earned + 1 WHERE ${one('wallet_shares')}`,
    ],
    'a wallet is the sum of its shares': [
      `UPDATE accounts SET redeemed = redeemed + 1 WHERE id = ${a('WALLET')}`,
    ],
    'what is held is what pending redemptions hold': [
      `UPDATE redemptions SET amount = amount + 1 WHERE ${one('redemptions', "state = 'PENDING'")}`,
    ],
    'a reversal undoes the whole of one transfer, once': [
      `UPDATE transfers SET amount = amount + 1 WHERE reverses IS NOT NULL`,
    ],
    'a redemption ends once, as its state says': [
      `UPDATE redemptions SET state = 'EXPIRED' WHERE state = 'CAPTURED'`,
    ],
    'an award of a message is one grant, or the sum of its grants when a streak added to it': [
      `DELETE FROM message_awards`,
    ],
    'only a streak lets a rule pay an event more than once, and then in all what it is worth': [
      `UPDATE streak_awards SET amount = amount + 1`,
    ],
    'what is kept of the orders of a customer is what they sum to': [
      'UPDATE purchase_totals SET orders = orders + 1',
    ],
    'what is kept of the orders of a brand is what they sum to': [
      'UPDATE brand_purchase_totals SET gross_minor = gross_minor + 1',
    ],
    'what is kept of the orders of a day is what they sum to': [
      'UPDATE brand_purchase_days SET orders = orders + 1',
    ],
    'what was paid back of an order is the sum of its refunds': [
      'UPDATE purchases SET refunded_minor = refunded_minor + 1',
    ],
    'the first order of a customer with a brand is the earliest, and no other': [
      'UPDATE purchases SET first_of_customer = NOT first_of_customer',
    ],
    'a closed account holds nothing': [
      `UPDATE accounts SET closed_at = now() WHERE kind = 'RESERVE'`,
    ],
    'a key that is kept has an answer': [
      `UPDATE idempotency_keys SET answer = NULL WHERE ${one('idempotency_keys')}`,
    ],
  };

  it('tells when a rule paid an event twice without a streak', async () => {
    const again = `INSERT INTO transfers (${transferColumns}, customer_id, event_id, rule_id)
      SELECT gen_random_uuid(), kind, debit_account, credit_account, amount, reason, brand_id,
        posted_at, customer_id, event_id, rule_id
      FROM transfers t WHERE kind = 'GRANT' AND rule_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM streak_awards a WHERE a.event_id = t.event_id) LIMIT 1`;
    expect(await violationsAfter(again)).toContain(
      'only a streak lets a rule pay an event more than once, and then in all what it is worth',
    );
  });

  it('finds nothing wrong with books that were kept', async () => {
    expect(await violationsAfter()).toEqual([]);
  });

  it('has a lie for every sentence', () => {
    expect(Object.keys(lies).sort()).toEqual(Object.keys(invariants).sort());
  });

  it.each(Object.keys(invariants))('tells when it is not so that %s', async (sentence) => {
    expect(await violationsAfter(...(lies[sentence] ?? []))).toContain(sentence);
  });
});
