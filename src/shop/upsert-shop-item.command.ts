import { checkAmount } from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText, type Checked } from '../platform/text';
import { shopItemId } from './shop.id';
import type { ShopItemRow } from './shop-item.entity';

/** An item as a brand describes it. */
export interface UpsertShopItem {
  externalId: string;
  name: string;
  description?: string | null;
  price: number;
  minimumBalance?: number | null;
  available?: boolean | null;
}

export interface UpsertShopItemAnswer extends Answer {
  item?: ShopItemRow;
}

/** What a wallet must hold before an item can be redeemed, unless the brand says otherwise. */
export const defaultMinimumBalance = 1000;
const nameBytes = 200;

/** Puts items in their brands' shops, or changes them; of several for one id the last stays. */
export const upsertShopItem: CommandHandler<UpsertShopItem, UpsertShopItemAnswer> = {
  kind: 'upsertShopItem',
  async execute(tx, commands) {
    const drafts = commands.map((command) => readDraft(tx, command));
    const good = drafts.filter((draft): draft is ShopItemRow => 'id' in draft);
    const stored = await storeItems(tx, good);
    return drafts.map((draft) => {
      if (!('id' in draft)) return refused(draft);
      const { id, created_at } = stored.get(nameOf(draft)) as ShopItemRow;
      return { item: { ...draft, id, created_at }, userErrors: [] };
    });
  },
};

function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<UpsertShopItem>,
): ShopItemRow | UserErrorShape {
  const externalId = checkText(input.externalId, { maxBytes: nameBytes, field: ['externalId'] });
  if (externalId.refusal) return externalId.refusal;
  const name = checkText(input.name, { maxBytes: nameBytes, field: ['name'] });
  if (name.refusal) return name.refusal;
  const description = checkDescription(tx, input.description ?? null);
  if (description.refusal) return description.refusal;
  const minimumBalance = input.minimumBalance ?? defaultMinimumBalance;
  const wrong = checkAmount(input.price, tx.limits, ['price']) ?? checkMinimum(tx, minimumBalance);
  if (wrong !== null) return wrong;
  return {
    id: shopItemId.create(),
    brand_id: tenant as string,
    external_id: externalId.value,
    name: name.value,
    description: description.value,
    price: input.price,
    minimum_balance: minimumBalance,
    available: input.available ?? true,
    created_at: tx.now,
    updated_at: tx.now,
  };
}

function checkDescription(tx: CommandTransaction, text: string | null): Checked<string | null> {
  if (text === null) return { value: null };
  return checkText(text, { maxBytes: tx.limits.textBytes, field: ['description'] });
}

function checkMinimum({ limits }: CommandTransaction, minimum: number): UserErrorShape | null {
  if (minimum >= 0 && minimum <= limits.amountMu) return null;
  const message = `Must be from 0 to ${limits.amountMu}.`;
  return userError('INVALID_VALUE', ['minimumBalance'], message);
}

function nameOf({ brand_id, external_id }: ShopItemRow): string {
  return `${brand_id} ${external_id}`;
}

const storeSql = `
  INSERT INTO shop_items (id, brand_id, external_id, name, description, price, minimum_balance,
    available, created_at, updated_at)
  SELECT t.*, $9, $9 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[],
    $6::bigint[], $7::bigint[], $8::boolean[])
    AS t(id, brand_id, external_id, name, description, price, minimum_balance, available)
  ORDER BY t.brand_id, t.external_id
  ON CONFLICT (brand_id, external_id) DO UPDATE SET name = excluded.name,
    description = excluded.description, price = excluded.price,
    minimum_balance = excluded.minimum_balance, available = excluded.available,
    updated_at = excluded.updated_at
  RETURNING *`;

/** Stores the last draft of each name and answers what is stored, by name. */
async function storeItems(
  tx: CommandTransaction,
  drafts: readonly ShopItemRow[],
): Promise<Map<string, ShopItemRow>> {
  if (drafts.length === 0) return new Map();
  const last = [...new Map(drafts.map((draft) => [nameOf(draft), draft])).values()];
  const column = (name: keyof ShopItemRow) => last.map((draft) => draft[name]);
  const rows = await tx.query<ShopItemRow>(storeSql, [
    column('id'),
    column('brand_id'),
    column('external_id'),
    column('name'),
    column('description'),
    column('price'),
    column('minimum_balance'),
    column('available'),
    tx.now,
  ]);
  return new Map(rows.map((row) => [nameOf(row), row]));
}
