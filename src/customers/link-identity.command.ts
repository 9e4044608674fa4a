import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { canonicalEmail, canonicalPhone } from './canonical';
import type { CustomerBy } from './customer-by';
import { confirmationId } from './customer.id';
import type { IdentityKind } from './identity.type';
import { lockRelationships } from './lock-relationships';
import type { OneTimeCodes } from './one-time-code';
import { isPlaceholder } from './placeholder';
import { resolveCustomers } from './resolve-customers';

/** What somebody wants to prove theirs, without the idempotency key. */
export interface LinkIdentity {
  customer: CustomerBy;
  email?: string | null;
  phone?: string | null;
}

/** A command with what makes codes, which travels beside the input and is stored nowhere. */
export interface LinkIdentityCommand extends Command<LinkIdentity> {
  codes: OneTimeCodes;
}

/** Holds the confirmation's UUID; neither the address nor the code. */
export interface LinkIdentityAnswer extends Answer {
  confirmation?: string;
}

interface Draft {
  uuid: string;
  brandId: string;
  customer: string;
  kind: IdentityKind;
  value: string;
  proof: Buffer;
}

const countSql = `
  SELECT c.brand_id, c.customer_id, count(*) AS begun
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  JOIN identity_confirmations c ON c.brand_id = t.brand_id AND c.customer_id = t.customer_id
  WHERE c.created_at > $3 GROUP BY c.brand_id, c.customer_id`;

const insertSql = `
  INSERT INTO identity_confirmations
    (id, brand_id, customer_id, kind, value, code_hash, expires_at, created_at)
  SELECT t.*, $7, $8 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bytea[])
    AS t(id, brand_id, customer_id, kind, value, code_hash)`;

const dayMs = 86_400_000;
const nameOf = (brandId: string, customer: string): string => `${brandId} ${customer}`;

const identitiesSql = `
  SELECT t.uuid FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
    AS t(uuid, brand_id, customer_id, kind, value)
  WHERE $6 <= (SELECT count(*) FROM (SELECT FROM brand_identities i WHERE i.customer_id = t.customer_id
      AND i.brand_id = t.brand_id AND i.kind = t.kind LIMIT $6) x)
    AND NOT EXISTS (SELECT FROM brand_identities i
      WHERE i.brand_id = t.brand_id AND i.kind = t.kind AND i.value = t.value)`;

/** Begins confirmations. What a customer may begin in a day is counted under the lock of the relationship. */
export const linkIdentityHandler: CommandHandler<LinkIdentity, LinkIdentityAnswer> = {
  kind: 'linkIdentity',
  async execute(tx, commands: readonly LinkIdentityCommand[]) {
    const customers = await resolveCustomers(
      tx,
      commands.map(({ tenant, input }) => ({ brandId: tenant as string, by: input.customer })),
    );
    const read = commands.map((command, at) => readDraft(command, customers[at] ?? null));
    const drafts = read.filter((one): one is Draft => 'uuid' in one);
    if (drafts.length === 0) return read.map((one) => refused(one as UserErrorShape));
    await lockRelationships(tx, drafts);
    const begun = await countBegun(tx, drafts);
    const full = await withoutRoom(tx, drafts);
    const decided = read.map((one) => ('uuid' in one ? admit(tx, one, begun, full) : one));
    await insertDrafts(
      tx,
      decided.filter((one): one is Draft => 'uuid' in one),
    );
    return decided.map((one) =>
      'uuid' in one ? { userErrors: [], confirmation: one.uuid } : refused(one),
    );
  },
};

function readDraft(
  { input, tenant, codes }: LinkIdentityCommand,
  customer: string | null,
): Draft | UserErrorShape {
  const email = input.email ?? null;
  const phone = input.phone ?? null;
  if ((email === null) === (phone === null)) {
    return userError('INVALID_VALUE', null, 'Name either an email or a phone.');
  }
  const kind = email === null ? 'PHONE' : 'EMAIL';
  const value = email === null ? canonicalPhone(phone as string) : canonicalEmail(email);
  if (value === null) return userError(`INVALID_${kind}`, [kind.toLowerCase()]);
  if (isPlaceholder(kind, value)) return userError('PLACEHOLDER_IDENTITY', [kind.toLowerCase()]);
  if (customer === null) return userError('NOT_FOUND', ['customer']);
  const uuid = confirmationId.create();
  const proof = codes.proofOf(uuid, codes.codeOf(uuid));
  return { uuid, brandId: tenant as string, customer, kind, value, proof };
}

async function countBegun(
  tx: CommandTransaction,
  drafts: readonly Draft[],
): Promise<Map<string, number>> {
  const pairs = [
    ...new Map(drafts.map((one) => [nameOf(one.brandId, one.customer), one])).values(),
  ];
  const rows = await tx.query<{ brand_id: string; customer_id: string; begun: number }>(countSql, [
    pairs.map(({ brandId }) => brandId),
    pairs.map(({ customer }) => customer),
    new Date(tx.now.getTime() - dayMs),
  ]);
  return new Map(rows.map((row) => [nameOf(row.brand_id, row.customer_id), row.begun]));
}

/** Drafts whose customers have as many identities of the kind as anybody may, by UUID. */
async function withoutRoom(tx: CommandTransaction, drafts: readonly Draft[]): Promise<Set<string>> {
  const rows = await tx.query<{ uuid: string }>(identitiesSql, [
    drafts.map(({ uuid }) => uuid),
    drafts.map(({ brandId }) => brandId),
    drafts.map(({ customer }) => customer),
    drafts.map(({ kind }) => kind),
    drafts.map(({ value }) => value),
    tx.limits.identitiesPerKind,
  ]);
  return new Set(rows.map(({ uuid }) => uuid));
}

/** Takes one of the customer's places, so that the next draft of the batch finds one less. */
function admit(
  { limits }: CommandTransaction,
  draft: Draft,
  begun: Map<string, number>,
  full: ReadonlySet<string>,
): Draft | UserErrorShape {
  const name = nameOf(draft.brandId, draft.customer);
  const count = begun.get(name) ?? 0;
  if (count >= limits.confirmationsPerDay) {
    const message = `A customer begins at most ${limits.confirmationsPerDay} confirmations a day.`;
    return userError('LIMIT_EXCEEDED', ['customer'], message);
  }
  if (full.has(draft.uuid)) {
    const message = `A customer has at most ${limits.identitiesPerKind} identities of a kind.`;
    return userError('LIMIT_EXCEEDED', [draft.kind.toLowerCase()], message);
  }
  begun.set(name, count + 1);
  return draft;
}

async function insertDrafts(tx: CommandTransaction, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  await tx.query(insertSql, [
    drafts.map(({ uuid }) => uuid),
    drafts.map(({ brandId }) => brandId),
    drafts.map(({ customer }) => customer),
    drafts.map(({ kind }) => kind),
    drafts.map(({ value }) => value),
    drafts.map(({ proof }) => proof),
    new Date(tx.now.getTime() + tx.limits.confirmationSeconds * 1000),
    tx.now,
  ]);
}
