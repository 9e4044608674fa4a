import { uuidv7 } from 'uuidv7';
import type { CommandTransaction } from '../platform/database/command';
import type { ConsentPurpose, Teller } from './consent.type';

/** What a customer said to a brand about one purpose. UUIDs; `givenAt` is when they said it. */
export interface ConsentWord {
  brandId: string;
  customerId: string;
  purpose: ConsentPurpose;
  granted: boolean;
  toldBy: Teller;
  source: string | null;
  givenAt: Date;
  /** Keep it also when it says what counts already: a renewed consent is evidence, a nightly sync is not. */
  always: boolean;
}

/** What counts of a customer's words about one purpose. */
export interface StandingConsent {
  granted: boolean;
  given_at: Date;
  recorded_at: Date;
}

interface StandingRow extends StandingConsent {
  brand_id: string;
  customer_id: string;
  purpose: ConsentPurpose;
}

/** Told in the transaction of the word, once for each word that changes what counts. */
export const consentTopics = {
  'consent.changed':
    'What a customer allows the brand changed: purpose, granted, toldBy. A withdrawal holds from now on.',
};

const standingSql = `
  SELECT c.brand_id, c.customer_id, c.purpose, c.granted, c.given_at, c.recorded_at FROM consents c
  WHERE (c.brand_id, c.customer_id, c.purpose) IN (SELECT t.brand_id, t.customer_id, t.purpose
    FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t(brand_id, customer_id, purpose))
  ORDER BY c.brand_id, c.customer_id, c.purpose FOR NO KEY UPDATE`;

const storeSql = `
  WITH kept AS (
    INSERT INTO consent_receipts
      (id, brand_id, customer_id, purpose, granted, told_by, source, given_at, recorded_at)
    SELECT t.*, $6 FROM unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::text[], $11::boolean[],
      $12::text[], $13::text[], $14::timestamptz[]) AS t)
  INSERT INTO consents AS c (brand_id, customer_id, purpose, granted, given_at, recorded_at)
  SELECT t.*, $6
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[], $5::timestamptz[])
    AS t(brand_id, customer_id, purpose, granted, given_at)
  ORDER BY t.brand_id, t.customer_id, t.purpose
  ON CONFLICT (brand_id, customer_id, purpose) DO UPDATE
    SET granted = excluded.granted, given_at = excluded.given_at, recorded_at = excluded.recorded_at
    WHERE c.given_at <= excluded.given_at`;

function nameOf(word: { brand: string; customer: string; purpose: string }): string {
  return `${word.brand} ${word.customer} ${word.purpose}`;
}

/**
 * Writes down what customers said, word after word, and tells of what it changes. The newest word counts
 * by when it was given; an older one that arrives late is kept as history. Answers what counts after
 * each word, in order. Two statements.
 */
export async function recordConsents(
  tx: CommandTransaction,
  words: readonly ConsentWord[],
): Promise<StandingConsent[]> {
  if (words.length === 0) return [];
  const rows = await tx.query<StandingRow>(standingSql, keysOf(words));
  const standing = new Map<string, StandingConsent>(
    rows.map((row) => [
      nameOf({ brand: row.brand_id, customer: row.customer_id, purpose: row.purpose }),
      row,
    ]),
  );
  const told = new Map<string, ConsentWord>();
  const kept: ConsentWord[] = [];
  const after = words.map((word): StandingConsent => {
    const name = nameOf({ brand: word.brandId, customer: word.customerId, purpose: word.purpose });
    const before = standing.get(name);
    const late = before !== undefined && before.given_at > word.givenAt;
    const news = before?.granted !== word.granted;
    if (news || word.always) kept.push(word);
    if (late) return before;
    const now = { granted: word.granted, given_at: word.givenAt, recorded_at: tx.now };
    standing.set(name, now);
    told.set(name, word);
    if (news) announce(tx, word);
    return now;
  });
  if (told.size + kept.length > 0) await store(tx, [...told.values()], kept);
  return after;
}

function keysOf(words: readonly ConsentWord[]): unknown[] {
  return [
    words.map(({ brandId }) => brandId),
    words.map(({ customerId }) => customerId),
    words.map(({ purpose }) => purpose),
  ];
}

async function store(
  tx: CommandTransaction,
  told: readonly ConsentWord[],
  kept: readonly ConsentWord[],
): Promise<void> {
  await tx.query(storeSql, [
    ...keysOf(told),
    told.map(({ granted }) => granted),
    told.map(({ givenAt }) => givenAt),
    tx.now,
    kept.map(() => uuidv7()),
    ...keysOf(kept),
    kept.map(({ granted }) => granted),
    kept.map(({ toldBy }) => toldBy),
    kept.map(({ source }) => source),
    kept.map(({ givenAt }) => givenAt),
  ]);
}

function announce(
  tx: CommandTransaction,
  { brandId, customerId, purpose, granted, toldBy }: ConsentWord,
): void {
  const payload = { purpose, granted, toldBy };
  tx.announce({ topic: 'consent.changed', brandId, customerId, payload });
}
