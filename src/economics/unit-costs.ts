import type { CommandTransaction } from '../platform/database/command';
import { fractionDigits } from '../platform/money';
import { usualSurvivalDays } from './brand-books';

/** How many parts of a currency's unit a price is told in: a message costs less than the smallest coin. */
export const priceParts = 1_000_000;

/** What single things cost a brand, prices in millionths of its currency's unit. */
export interface UnitCosts {
  brandId: string;
  currency: string;
  /** Null while the brand has no price of a Mu. */
  muPrice: number | null;
  /** By channel; a channel that is not named costs nothing. */
  messageCosts: Readonly<Record<string, number>>;
  /** What serving one order costs, in coins. */
  serviceCostMinor: number;
  survivalDays: number;
}

/** Known prices, where the brand has set none: of India, where Mu come from. */
const usual = {
  INR: { muPrice: 100_000, messageCosts: { EMAIL: 10_000, SMS: 130_000, WHATSAPP: 300_000 } },
} as const;

const costsSql = `
  SELECT u.brand_id, u.mu_price, u.message_costs, u.service_cost_minor, u.survival_days
  FROM unit_costs u WHERE u.brand_id = ANY ($1::uuid[])`;

interface CostsRow {
  brand_id: string;
  mu_price: number | null;
  message_costs: Record<string, number>;
  service_cost_minor: number;
  survival_days: number;
}

/** What brands have set, or the known prices of their currency; by UUID, in one statement. */
export async function readUnitCosts(
  tx: Pick<CommandTransaction, 'query'>,
  brands: readonly { id: string; currency: string }[],
): Promise<Map<string, UnitCosts>> {
  const rows = await tx.query<CostsRow>(costsSql, [brands.map(({ id }) => id)]);
  const set = new Map(rows.map((row) => [row.brand_id, row]));
  return new Map(
    brands.map(({ id, currency }) => {
      const known = currency === 'INR' ? usual.INR : null;
      const row = set.get(id);
      const costs: UnitCosts = {
        brandId: id,
        currency,
        muPrice: row === undefined ? (known?.muPrice ?? null) : row.mu_price,
        messageCosts: row?.message_costs ?? known?.messageCosts ?? {},
        serviceCostMinor: row?.service_cost_minor ?? 0,
        survivalDays: row?.survival_days ?? usualSurvivalDays,
      };
      return [id, costs];
    }),
  );
}

/** What so many things at a price come to, in coins and parts of coins. */
export function costOf(count: number, price: number, currency: string): number {
  return (count * price * 10 ** fractionDigits(currency)) / priceParts;
}

/** What Mu cost, in coins and parts of coins; null without a price. */
export function costOfMu(mu: number, { muPrice, currency }: UnitCosts): number | null {
  return muPrice === null ? null : costOf(mu, muPrice, currency);
}

/** How many whole Mu so many coins buy; null without a price, or where Mu cost nothing. */
export function muFor(minor: number, { muPrice, currency }: UnitCosts): number | null {
  if (muPrice === null || muPrice === 0) return null;
  return Math.floor((minor * priceParts) / (muPrice * 10 ** fractionDigits(currency)) + 1e-9);
}

/** What messages cost, by channel and number, in coins and parts of coins. */
export function costOfMessages(
  messages: readonly { channel: string; messages: number }[],
  { messageCosts, currency }: UnitCosts,
): number {
  return messages.reduce(
    (all, one) => all + costOf(one.messages, messageCosts[one.channel] ?? 0, currency),
    0,
  );
}

/** Costs of a piece in coins, by brand, as the statements about profit take them. */
export function pieceCosts(costs: ReadonlyMap<string, UnitCosts>): Record<string, object> {
  return Object.fromEntries(
    [...costs].map(([brand, { muPrice, messageCosts, serviceCostMinor, currency }]) => [
      brand,
      {
        mu: muPrice === null ? null : costOf(1, muPrice, currency),
        messages: Object.fromEntries(
          Object.entries(messageCosts).map(([channel, price]) => [
            channel,
            costOf(1, price, currency),
          ]),
        ),
        service: serviceCostMinor,
      },
    ]),
  );
}
