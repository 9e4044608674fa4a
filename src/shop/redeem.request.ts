import { resolveCustomers, type CustomerBy } from '../customers';
import { checkAmount } from '../ledger';
import { isFromBrand } from '../platform/database/caller-command';
import type { Command, CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { derivedUuid } from '../platform/ids';
import { checkText } from '../platform/text';
import { shopItemId } from './shop.id';
import type { ShopItemRow } from './shop-item.entity';
import { itemsToRedeem } from './stock';

/** A redemption as it is asked for. */
export interface Redeem {
  itemId?: string | null;
  amount?: number | null;
  description?: string | null;
  customer?: CustomerBy | null;
}

/** A redemption that is possible as far as one can say without looking at the wallet. */
export interface RedeemRequest {
  brandId: string;
  customerId: string;
  amount: number;
  /** What it is for; the item's name when there is one. */
  description: string;
  item: ShopItemRow | null;
  /** Whether the answer shows the wallet to its owner; else to the brand. */
  byOwner: boolean;
}

/** Checks and resolves what a list of commands asks for, in order; locks items that can run out. */
export async function readRequests(
  tx: CommandTransaction,
  commands: readonly Command<Redeem>[],
): Promise<(RedeemRequest | UserErrorShape)[]> {
  const shapes = commands.map((command) => checkShape(tx, command));
  const customers = await customersOf(tx, commands);
  const items = await itemsOf(tx, commands);
  return commands.map((command, at) => {
    const shape = shapes[at] as Shape | UserErrorShape;
    if ('code' in shape) return shape;
    return resolveOne(command, shape, customers[at] ?? null, items);
  });
}

/** What the input says by itself: a description for an amount, or null for an item. */
interface Shape {
  description: string | null;
}

function checkShape(tx: CommandTransaction, command: Command<Redeem>): Shape | UserErrorShape {
  const { itemId, amount, description, customer } = command.input;
  if ((itemId == null) === (amount == null)) {
    return userError('INVALID_VALUE', null, 'Name either an item or an amount.');
  }
  if (isFromBrand(command) && customer == null) {
    return userError('INVALID_VALUE', ['customer'], 'A brand must say whose Mu it is.');
  }
  if (amount == null) {
    if (description == null) return { description: null };
    return userError('INVALID_VALUE', ['description'], 'An item brings its own description.');
  }
  if (description == null) {
    return userError('INVALID_VALUE', ['description'], 'An amount needs a description.');
  }
  const text = checkText(description, { maxBytes: tx.limits.textBytes, field: ['description'] });
  if (text.refusal) return text.refusal;
  return checkAmount(amount, tx.limits) ?? { description: text.value };
}

/** UUIDs of the customers the inputs name; the sender where it is a customer who names nobody. */
async function customersOf(
  tx: CommandTransaction,
  commands: readonly Command<Redeem>[],
): Promise<(string | null)[]> {
  const named = commands.flatMap(({ input, tenant }, at) =>
    input.customer == null ? [] : [{ at, brandId: tenant as string, by: input.customer }],
  );
  const found = await resolveCustomers(tx, named);
  const customers = commands.map((command) => command.subject ?? null);
  named.forEach(({ at }, i) => (customers[at] = found[i] ?? null));
  return customers;
}

async function itemsOf(
  tx: CommandTransaction,
  commands: readonly Command<Redeem>[],
): Promise<Map<string, ShopItemRow>> {
  const named = commands.flatMap(({ input, tenant }) => {
    const id = input.itemId == null ? null : shopItemId.decode(input.itemId);
    return id === null ? [] : [{ id, brandId: tenant as string }];
  });
  return itemsToRedeem(tx, named);
}

function resolveOne(
  command: Command<Redeem>,
  { description }: Shape,
  customerId: string | null,
  items: ReadonlyMap<string, ShopItemRow>,
): RedeemRequest | UserErrorShape {
  const brandId = command.tenant as string;
  const byOwner = !isFromBrand(command);
  if (customerId === null || (byOwner && customerId !== command.subject)) {
    return userError('NOT_FOUND', ['customer']);
  }
  if (description !== null) {
    const amount = command.input.amount as number;
    return { brandId, customerId, byOwner, amount, description, item: null };
  }
  const item = items.get(shopItemId.decode(command.input.itemId as string) ?? '');
  if (item?.brand_id !== brandId || !(item.everywhere || isOfOwnShop(command))) {
    return userError('NOT_FOUND', ['itemId']);
  }
  return { brandId, customerId, byOwner, amount: item.price, description: item.name, item };
}

/** Whether the command is about the shop of whoever sent it: a brand, or the one that signed a person in. */
function isOfOwnShop({ scope, subject, tenant }: Command<Redeem>): boolean {
  return subject == null ? scope === tenant : scope === derivedUuid(subject, tenant as string);
}
