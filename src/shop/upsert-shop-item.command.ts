import { brandsThatExist } from '../brands';
import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import type { ShopItemRow } from './shop-item.entity';
import { readDraft, type UpsertShopItem } from './shop-item.draft';

export interface UpsertShopItemAnswer extends Answer {
  item?: ShopItemRow;
}

/** Puts items in brands' shops, or changes them; of several for one id the last stays. */
export const upsertShopItem: CommandHandler<UpsertShopItem, UpsertShopItemAnswer> = {
  kind: 'upsertShopItem',
  async execute(tx, commands) {
    const drafts = commands.map((command) => readDraft(tx, command));
    const read = drafts.filter((draft): draft is ShopItemRow => 'id' in draft);
    const brands = await brandsThatExist(tx, [...new Set(read.map((draft) => draft.brand_id))]);
    const good = read.filter((draft) => brands.has(draft.brand_id));
    const stored = await storeItems(tx, good);
    return drafts.map((draft) => {
      if (!('id' in draft)) return refused(draft);
      if (!brands.has(draft.brand_id)) return refused(userError('NOT_FOUND', ['brandId']));
      const row = stored.get(nameOf(draft));
      if (row?.everywhere !== draft.everywhere) {
        const message = 'The platform, or the brand itself, has an item of this id in the shop.';
        return refused(userError('ALREADY_EXISTS', ['externalId'], message));
      }
      return { item: { ...draft, id: row.id, created_at: row.created_at }, userErrors: [] };
    });
  },
};

function nameOf({ brand_id, external_id }: ShopItemRow): string {
  return `${brand_id} ${external_id}`;
}

const columns = [
  ['id', 'uuid'],
  ['brand_id', 'uuid'],
  ['external_id', 'text'],
  ['name', 'text'],
  ['description', 'text'],
  ['price', 'bigint'],
  ['minimum_balance', 'bigint'],
  ['available', 'boolean'],
  ['kind', 'text'],
  ['stock', 'bigint'],
  ['per_customer', 'bigint'],
  ['starts_at', 'timestamptz'],
  ['ends_at', 'timestamptz'],
  ['hold_seconds', 'bigint'],
  ['image_url', 'text'],
  ['terms', 'text'],
  ['everywhere', 'boolean'],
  ['created_at', 'timestamptz'],
  ['updated_at', 'timestamptz'],
] as const satisfies readonly (readonly [keyof ShopItemRow, string])[];

const names = columns.map(([name]) => name).join(', ');
const arrays = columns.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ');
const changes = columns
  .map(([name]) => name)
  .filter((name) => !['id', 'brand_id', 'external_id', 'everywhere', 'created_at'].includes(name))
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

// Whose item it is does not change: the platform's is not the brand's to edit, nor the other way round.
const storeSql = `
  INSERT INTO shop_items (${names})
  SELECT ${names} FROM unnest(${arrays}) AS t(${names})
  ORDER BY t.brand_id, t.external_id
  ON CONFLICT (brand_id, external_id) DO UPDATE SET ${changes}
  WHERE shop_items.everywhere = excluded.everywhere
  RETURNING *`;

/** Stores the last draft of each name and answers what is stored, by name. */
async function storeItems(
  tx: CommandTransaction,
  drafts: readonly ShopItemRow[],
): Promise<Map<string, ShopItemRow>> {
  if (drafts.length === 0) return new Map();
  const last = [...new Map(drafts.map((draft) => [nameOf(draft), draft])).values()];
  const rows = await tx.query<ShopItemRow>(
    storeSql,
    columns.map(([name]) => last.map((draft) => draft[name])),
  );
  return new Map(rows.map((row) => [nameOf(row), row]));
}
