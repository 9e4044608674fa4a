import { randomUUID } from 'node:crypto';
import { attentionId } from '../../src/attention';
import { brandId } from '../../src/brands';
import { customerId } from '../../src/customers';
import { entryId } from '../../src/ledger';
import { deliveryId } from '../../src/messages';
import { idKind } from '../../src/platform/ids';
import type { TestBrand, TestService } from '../support/test-service';

/** What a timeline can show, with the kind of its ids. */
export const kinds = {
  MessageDelivery: deliveryId,
  AttentionEvent: attentionId,
  LedgerEntry: entryId,
  Redemption: idKind('red'),
  Purchase: idKind('pur'),
} as const;

export type Kind = keyof typeof kinds;

/** One thing that happened, as the tables hold it; plain UUIDs. */
export interface Happening {
  kind: Kind;
  brand: string;
  customer: string;
  at: Date;
  uuid: string;
}

const inserts: Record<Kind, string> = {
  MessageDelivery: `
    WITH message AS (
      INSERT INTO messages (id, brand_id, external_id, channel, kind, created_at)
      VALUES ($1::uuid, $2::uuid, $1::uuid::text, 'EMAIL', 'MICRON', $4::timestamptz)
      RETURNING id)
    INSERT INTO deliveries (id, brand_id, message_id, customer_id, delivered_at, recorded_at, local_day)
    SELECT $1::uuid, $2::uuid, id, $3::uuid, $4::timestamptz, $4::timestamptz, $4::timestamptz::date
    FROM message`,
  AttentionEvent: `
    INSERT INTO attention_events (id, brand_id, customer_id, action, confidence, machine, duplicate,
      properties, occurred_at, recorded_at, local_day)
    VALUES ($1, $2, $3, 'OPEN', 50, false, false, '{"via": "test"}', $4, $4, $4::timestamptz::date)`,
  // The budget's side of the grant is there too: no line of a wallet, so never on a timeline.
  LedgerEntry: `
    WITH transfer AS (
      INSERT INTO transfers (id, kind, debit_account, credit_account, amount, reason, brand_id,
        customer_id, posted_at)
      VALUES ($1::uuid, 'GRANT', -1, -2, 1, 'Opened', $2::uuid, $3::uuid, $4::timestamptz) RETURNING id),
    next AS (SELECT count(*) + 1 AS number FROM entries)
    INSERT INTO entries (id, transfer_id, account_id, account_kind, number, amount, balance_after,
      brand_id, customer_id, brand_number, brand_balance_after, posted_at)
    SELECT $1::uuid, id, -2, 'WALLET', number, 1, number, $2::uuid, $3::uuid, number, number, $4::timestamptz
    FROM transfer, next
    UNION ALL SELECT gen_random_uuid(), id, -1, 'BUDGET', number, -1, 0, $2::uuid, NULL, NULL, NULL, $4::timestamptz
    FROM transfer, next`,
  Redemption: `
    INSERT INTO redemptions (id, brand_id, customer_id, amount, description, state, expires_at, created_at)
    VALUES ($1, $2, $3, 1, 'Coffee', 'PENDING', $4, $4)`,
  Purchase: `
    INSERT INTO purchases (id, brand_id, customer_id, external_id, purchased_at, items, total_minor,
      currency, recorded_at, local_day)
    VALUES ($1::uuid, $2, $3, $1::uuid::text, $4, 1, 100, 'INR', $4, $4::timestamptz::date)`,
};

/** Writes a thing that happened straight into its table, at any moment one likes. */
export async function happen(
  t: TestService,
  kind: Kind,
  brand: TestBrand,
  customer: string,
  at: Date,
): Promise<Happening> {
  const happening = {
    kind,
    brand: brandId.decode(brand.id) as string,
    customer: customerId.decode(customer) as string,
    at,
    uuid: randomUUID(),
  };
  const { uuid, brand: owner, customer: whose } = happening;
  await t.database.query(inserts[kind], [uuid, owner, whose, at]);
  return happening;
}

/** What a timeline must be: what the caller may see, newest first, ties by id. */
export function timelineOf(
  history: readonly Happening[],
  customer: string,
  brand: TestBrand | null,
): string[] {
  const whose = customerId.decode(customer);
  const owner = brand === null ? null : brandId.decode(brand.id);
  return history
    .filter((one) => one.customer === whose && (owner === null || one.brand === owner))
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.uuid < b.uuid ? 1 : -1))
    .map(({ kind, uuid }) => kinds[kind].encode(uuid));
}
