import type { CommandTransaction } from '../platform/database/command';
import { recordConsents } from './consent-book';
import type { IdentityBook, Relationship } from './identity-book';

/**
 * Another transaction took a key this one counted on. Under the code of a serialization failure the
 * batcher runs the batch again, which then reads what the other has written.
 */
class OvertakenError extends Error {
  readonly code = '40001';

  constructor() {
    super('another transaction identified the same person first');
  }
}

const uniqueViolation = '23505';

const customersSql = `
  INSERT INTO customers (id, created_at)
  SELECT t.id, $2 FROM unnest($1::uuid[]) AS t(id)`;

const linesSql = `
  INSERT INTO identities (kind, value, customer_id, created_at)
  SELECT t.kind, t.value, t.customer_id, $4
  FROM unnest($1::text[], $2::text[], $3::uuid[]) AS t(kind, value, customer_id)
  ORDER BY t.kind, t.value
  ON CONFLICT DO NOTHING
  RETURNING 1`;

const relationshipValues = `
  unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::jsonb[])
    AS t(brand_id, customer_id, external_id, email, phone, traits)`;

const newRelationshipsSql = `
  INSERT INTO relationships
    (brand_id, customer_id, external_id, email, phone, traits, created_at, updated_at)
  SELECT t.brand_id, t.customer_id, t.external_id, t.email, t.phone, t.traits, $7, $7
  FROM ${relationshipValues}
  ORDER BY t.brand_id, t.external_id, t.customer_id
  ON CONFLICT DO NOTHING
  RETURNING 1`;

const changedRelationshipsSql = `
  UPDATE relationships r
  SET external_id = t.external_id, email = t.email, phone = t.phone, traits = t.traits, updated_at = $7
  FROM ${relationshipValues}
  WHERE r.brand_id = t.brand_id AND r.customer_id = t.customer_id`;

const identitiesSql = `
  INSERT INTO brand_identities AS i (brand_id, kind, value, customer_id, confirmed_at, created_at)
  SELECT t.brand_id, t.kind, t.value, t.customer_id, CASE WHEN t.confirmed THEN $6::timestamptz END, $6
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::boolean[])
    AS t(brand_id, kind, value, customer_id, confirmed)
  ORDER BY t.brand_id, t.kind, t.value
  ON CONFLICT (brand_id, kind, value)
    DO UPDATE SET confirmed_at = coalesce(i.confirmed_at, excluded.confirmed_at)
    WHERE i.customer_id = excluded.customer_id
  RETURNING 1`;

// A line of the directory is proven where it leads to the customer the brand has verified it with.
const provenSql = `
  UPDATE identities i SET confirmed_at = $4
  FROM unnest($1::text[], $2::text[], $3::uuid[]) AS t(kind, value, customer_id)
  WHERE i.kind = t.kind AND i.value = t.value AND i.customer_id = t.customer_id
    AND i.confirmed_at IS NULL`;

/**
 * Writes what a book has collected, table after table in one order and each in the order of its key,
 * so that batches wait for each other but do not deadlock. Throws, to be run again, when somebody else
 * was faster with one of the keys.
 */
export async function writeBook(tx: CommandTransaction, book: IdentityBook): Promise<void> {
  const { newCustomers, newLines, newRelationships } = book;
  if (newCustomers.length > 0) await tx.query(customersSql, [newCustomers, tx.now]);
  await insertAll(tx, linesSql, newLines.length, [
    newLines.map((line) => line.kind),
    newLines.map((line) => line.value),
    newLines.map((line) => line.customer),
  ]);
  await insertAll(tx, newRelationshipsSql, newRelationships.length, columnsOf(newRelationships));
  await updateRelationships(tx, book);
  await insertIdentities(tx, book);
  await insertConsents(tx, book);
}

/** Inserts rows that must all be new. */
async function insertAll(
  tx: CommandTransaction,
  sql: string,
  count: number,
  columns: unknown[],
): Promise<void> {
  if (count === 0) return;
  const inserted = await tx.query(sql, [...columns, tx.now]);
  if (inserted.length < count) throw new OvertakenError();
}

function columnsOf(relationships: readonly Relationship[]): unknown[] {
  return [
    relationships.map((relationship) => relationship.brandId),
    relationships.map((relationship) => relationship.customer),
    relationships.map((relationship) => relationship.externalId),
    relationships.map((relationship) => relationship.email),
    relationships.map((relationship) => relationship.phone),
    relationships.map((relationship) => JSON.stringify(relationship.traits)),
  ];
}

async function updateRelationships(tx: CommandTransaction, book: IdentityBook): Promise<void> {
  const fresh = new Set(book.newRelationships);
  const stored = [...book.changedRelationships].filter((changed) => !fresh.has(changed));
  if (stored.length === 0) return;
  try {
    await tx.query(changedRelationshipsSql, [...columnsOf(stored), tx.now]);
  } catch (error) {
    const taken = (error as { code?: string }).code === uniqueViolation;
    throw taken ? new OvertakenError() : error;
  }
}

async function insertIdentities(tx: CommandTransaction, book: IdentityBook): Promise<void> {
  const identities = [...book.changedIdentities];
  await insertAll(tx, identitiesSql, identities.length, [
    identities.map((identity) => identity.brandId),
    identities.map((identity) => identity.kind),
    identities.map((identity) => identity.value),
    identities.map((identity) => identity.customer),
    identities.map((identity) => identity.confirmed),
  ]);
  const proven = identities.filter((identity) => identity.confirmed);
  if (proven.length === 0) return;
  await tx.query(provenSql, [
    proven.map((identity) => identity.kind),
    proven.map((identity) => identity.value),
    proven.map((identity) => identity.customer),
    tx.now,
  ]);
}

/** The brand tells what its customers said; what it tells every night is no news. */
async function insertConsents(tx: CommandTransaction, book: IdentityBook): Promise<void> {
  await recordConsents(
    tx,
    [...book.consents.values()].map(({ brandId, customer, purpose, granted }) => ({
      ...{ brandId, customerId: customer, purpose, granted },
      ...{ toldBy: 'BRAND', source: null, givenAt: tx.now, always: false },
    })),
  );
}
