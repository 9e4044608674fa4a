import { brandMeant } from '../brands';
import { checkAmount } from '../ledger';
import type { Command, CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { nilUuid } from '../platform/ids';
import { checkText, type Checked } from '../platform/text';
import { shopItemId } from './shop.id';
import type { ShopItemRow } from './shop-item.entity';
import type { ShopItemKind } from './shop-item.type';

/** An item as a brand describes it, or as the platform does for a brand. */
export interface UpsertShopItem {
  externalId: string;
  name: string;
  description?: string | null;
  price: number;
  minimumBalance?: number | null;
  available?: boolean | null;
  kind?: ShopItemKind | null;
  stock?: number | null;
  perCustomer?: number | null;
  startsAt?: Date | string | null;
  endsAt?: Date | string | null;
  expiresInSeconds?: number | null;
  imageUrl?: string | null;
  terms?: string | null;
  brandId?: string | null;
}

/** What a wallet must hold before an item can be redeemed, unless the brand says otherwise. */
export const defaultMinimumBalance = 1000;
const nameBytes = 200;

type Texts = Record<'externalId' | 'name', string> &
  Record<'description' | 'terms' | 'imageUrl', string | null>;

/** The row an input describes, or why there cannot be one. */
export function readDraft(
  tx: CommandTransaction,
  command: Command<UpsertShopItem>,
): ShopItemRow | UserErrorShape {
  const { input, scope } = command;
  const brand = brandMeant(command);
  if (brand.refusal) return brand.refusal;
  const texts = checkTexts(tx, input);
  if (texts.refusal) return texts.refusal;
  const wrong = checkNumbers(tx, input) ?? checkWindow(input);
  if (wrong !== null) return wrong;
  const { externalId, imageUrl, ...words } = texts.value;
  return {
    ...words,
    id: shopItemId.create(),
    brand_id: brand.value,
    external_id: externalId,
    price: input.price,
    minimum_balance: input.minimumBalance ?? defaultMinimumBalance,
    available: input.available ?? true,
    kind: input.kind ?? 'DIGITAL',
    stock: input.stock ?? null,
    per_customer: input.perCustomer ?? null,
    starts_at: instantOf(input.startsAt),
    ends_at: instantOf(input.endsAt),
    hold_seconds: input.expiresInSeconds ?? null,
    image_url: imageUrl,
    everywhere: scope === nilUuid,
    created_at: tx.now,
    updated_at: tx.now,
  };
}

function instantOf(time: Date | string | null | undefined): Date | null {
  return time == null ? null : new Date(time);
}

function checkTexts(tx: CommandTransaction, input: UpsertShopItem): Checked<Texts> {
  const externalId = checkText(input.externalId, { maxBytes: nameBytes, field: ['externalId'] });
  if (externalId.refusal) return externalId;
  const name = checkText(input.name, { maxBytes: nameBytes, field: ['name'] });
  if (name.refusal) return name;
  const description = checkOptional(tx, input.description, 'description');
  if (description.refusal) return description;
  const terms = checkOptional(tx, input.terms, 'terms');
  if (terms.refusal) return terms;
  const imageUrl = checkOptional(tx, input.imageUrl, 'imageUrl');
  if (imageUrl.refusal) return imageUrl;
  if (imageUrl.value !== null && !isHttps(imageUrl.value)) {
    return { refusal: userError('INVALID_VALUE', ['imageUrl'], 'Must be an https address.') };
  }
  return {
    value: {
      externalId: externalId.value,
      name: name.value,
      description: description.value,
      terms: terms.value,
      imageUrl: imageUrl.value,
    },
  };
}

function checkOptional(
  tx: CommandTransaction,
  text: string | null | undefined,
  field: string,
): Checked<string | null> {
  if (text == null) return { value: null };
  return checkText(text, { maxBytes: tx.limits.textBytes, field: [field] });
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

function checkNumbers(tx: CommandTransaction, input: UpsertShopItem): UserErrorShape | null {
  const { amountMu, holdSeconds } = tx.limits;
  return (
    checkAmount(input.price, tx.limits, ['price']) ??
    checkRange('minimumBalance', input.minimumBalance, 0, amountMu) ??
    checkRange('stock', input.stock, 0, amountMu) ??
    checkRange('perCustomer', input.perCustomer, 1, amountMu) ??
    checkRange('expiresInSeconds', input.expiresInSeconds, 1, holdSeconds)
  );
}

function checkRange(
  field: string,
  value: number | null | undefined,
  least: number,
  most: number,
): UserErrorShape | null {
  if (value == null || (value >= least && value <= most)) return null;
  return userError('INVALID_VALUE', [field], `Must be from ${least} to ${most}.`);
}

function checkWindow({ startsAt, endsAt }: UpsertShopItem): UserErrorShape | null {
  const [start, end] = [instantOf(startsAt), instantOf(endsAt)];
  if (start === null || end === null || start < end) return null;
  return userError('INVALID_VALUE', ['endsAt'], 'Must be later than startsAt.');
}
