import { resolveCustomers, type CustomerBy } from '../customers';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { isCurrency, toMinor } from '../platform/money';
import { countPurchases } from './count-purchases';
import { lockBuyers } from './lock-buyers';
import { purchaseId } from './purchase.id';

/** A purchase as a client describes it. */
export interface PurchaseDescription {
  customer: CustomerBy;
  externalId: string;
  /** RFC 3339. */
  purchasedAt: string;
  items: number;
  /** A decimal such as `29.33`. */
  amount: string;
  currency: string;
}

export type RecordPurchaseCommand = Command<PurchaseDescription>;

export interface RecordPurchaseAnswer extends Answer {
  purchaseUuid?: string;
}

interface PurchaseDraft {
  uuid: string;
  brandId: string;
  customerId: string;
  externalId: string;
  purchasedAt: Date;
  items: number;
  totalMinor: number;
  currency: string;
}

/** Records purchases for a list of commands; an external id the brand has used is refused. */
export const recordPurchase: CommandHandler<PurchaseDescription, RecordPurchaseAnswer> = {
  kind: 'recordPurchase',
  async execute(tx, commands) {
    const refs = commands.map((command) => ({
      brandId: brandIdOf(command),
      by: command.input.customer,
    }));
    const customers = await resolveCustomers(tx, refs);
    const judged = commands.map((command, at) => judge(tx, command, customers[at] ?? null));
    const drafts = judged.filter((purchase) => 'uuid' in purchase);
    if (drafts.length > 0) await lockBuyers(tx, drafts);
    const inserted = await insertPurchases(tx, drafts);
    await countPurchases(tx, [...inserted]);
    return judged.map((purchase) => {
      if (!('uuid' in purchase)) return refused(purchase);
      if (inserted.has(purchase.uuid)) return { purchaseUuid: purchase.uuid, userErrors: [] };
      return refused(userError('ALREADY_EXISTS', ['externalId']));
    });
  },
};

/** Purchases are a brand's affair; the mutation lets nobody else in. */
function brandIdOf(command: RecordPurchaseCommand): string {
  if (command.tenant === null) throw new Error('a purchase needs a brand');
  return command.tenant;
}

function judge(
  tx: CommandTransaction,
  command: RecordPurchaseCommand,
  customerId: string | null,
): PurchaseDraft | UserErrorShape {
  const { input } = command;
  const externalId = checkText(input.externalId, {
    maxBytes: tx.limits.textBytes,
    field: ['externalId'],
  });
  if (externalId.refusal) return externalId.refusal;
  if (input.items < 1)
    return userError('INVALID_VALUE', ['items'], 'A purchase has at least 1 item.');
  if (!isCurrency(input.currency)) {
    return userError('INVALID_VALUE', ['currency'], 'Not a currency code of ISO 4217.');
  }
  const totalMinor = toMinor(input.amount, input.currency);
  if (totalMinor === null) {
    return userError(
      'INVALID_VALUE',
      ['amount'],
      'Not a decimal of this currency, such as "29.33".',
    );
  }
  if (totalMinor === Infinity) return userError('AMOUNT_TOO_LARGE', ['amount']);
  const purchasedAt = new Date(input.purchasedAt);
  const latest = tx.now.getTime() + tx.limits.futureSeconds * 1000;
  if (purchasedAt.getTime() > latest) return userError('OCCURRED_AT_IN_FUTURE', ['purchasedAt']);
  if (customerId === null) return userError('NOT_FOUND', ['customer']);
  return {
    uuid: purchaseId.create(),
    brandId: brandIdOf(command),
    customerId,
    externalId: externalId.value,
    purchasedAt,
    items: input.items,
    totalMinor,
    currency: input.currency,
  };
}

const insert = `
  INSERT INTO purchases (id, brand_id, customer_id, external_id, purchased_at, items, total_minor,
    currency, recorded_at, local_day)
  SELECT t.id, t.brand_id, t.customer_id, t.external_id, t.purchased_at, t.items, t.total_minor,
    t.currency, $9, (t.purchased_at AT TIME ZONE b.timezone)::date
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::integer[],
    $7::bigint[], $8::text[]) WITH ORDINALITY
    AS t(id, brand_id, customer_id, external_id, purchased_at, items, total_minor, currency, place)
  JOIN brands b ON b.id = t.brand_id
  ORDER BY t.brand_id, t.external_id, t.place
  ON CONFLICT (brand_id, external_id) DO NOTHING
  RETURNING id`;

/** Answers which of the purchases were new; of several with one external id the first is. */
async function insertPurchases(
  tx: CommandTransaction,
  drafts: PurchaseDraft[],
): Promise<Set<string>> {
  if (drafts.length === 0) return new Set();
  const column = <Name extends keyof PurchaseDraft>(name: Name) =>
    drafts.map((draft) => draft[name]);
  const rows = await tx.query<{ id: string }>(insert, [
    column('uuid'),
    column('brandId'),
    column('customerId'),
    column('externalId'),
    column('purchasedAt'),
    column('items'),
    column('totalMinor'),
    column('currency'),
    tx.now,
  ]);
  return new Set(rows.map((row) => row.id));
}
