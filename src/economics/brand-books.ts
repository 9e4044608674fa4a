import type { CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { isCurrency, toMinor } from '../platform/money';
import type { Checked } from '../platform/text';

/** What the money of a brand is reckoned by. */
export interface BrandBooks {
  id: string;
  timezone: string;
  currency: string;
  /** How long whoever is new is watched before it is said whether they stayed. */
  survivalDays: number;
}

/** Days after which an acquisition is judged where the brand has set nothing else. */
export const usualSurvivalDays = 90;

const booksSql = `
  SELECT b.id, b.timezone, b.currency,
    coalesce(u.survival_days, ${usualSurvivalDays}) AS "survivalDays"
  FROM brands b LEFT JOIN unit_costs u ON u.brand_id = b.id
  WHERE b.id = ANY ($1::uuid[])`;

/** Time zone, currency and settings of brands, by UUID, in one statement. */
export async function brandBooks(
  tx: Pick<CommandTransaction, 'query'>,
  brandIds: readonly (string | null)[],
): Promise<Map<string, BrandBooks>> {
  const rows = await tx.query<BrandBooks>(booksSql, [[...new Set(brandIds)]]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** An amount as a client writes it: a decimal, and a currency unless it is the brand's. */
export interface MoneyInput {
  amount: string;
  currency?: string | null;
}

export interface StoredMoney {
  minor: number;
  currency: string;
}

/** Reads an amount of money in its smallest coin. Refuses with INVALID_VALUE or AMOUNT_TOO_LARGE. */
export function checkMoney(
  { amount, currency: named }: MoneyInput,
  books: BrandBooks,
  limits: Limits,
  field: string[] = [],
): Checked<StoredMoney> {
  const currency = named ?? books.currency;
  if (!isCurrency(currency)) {
    return refuse('INVALID_VALUE', [...field, 'currency'], 'Not a currency code of ISO 4217.');
  }
  const minor = toMinor(amount, currency);
  if (minor === null) {
    const message = 'Not a decimal of this currency, such as "29.33".';
    return refuse('INVALID_VALUE', [...field, 'amount'], message);
  }
  if (minor > limits.spendMinor) return refuse('AMOUNT_TOO_LARGE', [...field, 'amount']);
  return { value: { minor, currency } };
}

function refuse(
  code: UserErrorShape['code'],
  field: string[],
  message?: string,
): { refusal: UserErrorShape } {
  return { refusal: userError(code, field, message) };
}
