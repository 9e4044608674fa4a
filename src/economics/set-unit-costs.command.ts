import type { ChannelName } from '../messages';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { brandBooks, checkMoney, type BrandBooks } from './brand-books';
import { priceParts, readUnitCosts, type UnitCosts } from './unit-costs';

/** What is left out stays as it is; prices are decimals of the brand's currency. */
export interface SetUnitCosts {
  muPrice?: string | null;
  messageCosts?: readonly { channel: ChannelName; cost: string }[] | null;
  serviceCostPerOrder?: string | null;
  survivalDays?: number | null;
}

export interface UnitCostsAnswer extends Answer {
  costs?: UnitCosts;
}

const pricePattern = /^([0-9]{1,6})(?:\.([0-9]{1,6}))?$/;
const mostSurvivalDays = 365;

const storeSql = `
  INSERT INTO unit_costs (brand_id, mu_price, message_costs, service_cost_minor, survival_days, updated_at)
  SELECT t.brand_id, t.mu_price, t.message_costs, t.service, t.survival, $6
  FROM unnest($1::uuid[], $2::bigint[], $3::jsonb[], $4::bigint[], $5::integer[])
    AS t(brand_id, mu_price, message_costs, service, survival)
  ORDER BY t.brand_id
  ON CONFLICT (brand_id) DO UPDATE SET mu_price = excluded.mu_price,
    message_costs = excluded.message_costs, service_cost_minor = excluded.service_cost_minor,
    survival_days = excluded.survival_days, updated_at = excluded.updated_at`;

const lockSql = `
  SELECT FROM unit_costs u WHERE u.brand_id = ANY ($1::uuid[]) ORDER BY u.brand_id FOR NO KEY UPDATE`;

/** Sets what single things cost brands; of several commands for one brand each builds on the one before. */
export const setUnitCosts: CommandHandler<SetUnitCosts, UnitCostsAnswer> = {
  kind: 'setUnitCosts',
  async execute(tx, commands) {
    const tenants = commands.map(({ tenant }) => tenant as string);
    await tx.query(lockSql, [tenants]);
    const books = await brandBooks(tx, tenants);
    const costs = await readUnitCosts(tx, [...books.values()]);
    const changed = new Set<string>();
    const answers = commands.map((command, at): UnitCostsAnswer => {
      const brand = tenants[at] as string;
      const before = costs.get(brand) as UnitCosts;
      const after = changesOf(tx, command, before, books.get(brand) as BrandBooks);
      if ('code' in after) return refused(after);
      costs.set(brand, after);
      changed.add(brand);
      return { costs: after, userErrors: [] };
    });
    const final = [...changed].map((brand) => costs.get(brand) as UnitCosts);
    if (final.length > 0) {
      await tx.query(storeSql, [
        final.map(({ brandId }) => brandId),
        final.map(({ muPrice }) => muPrice),
        final.map(({ messageCosts }) => JSON.stringify(messageCosts)),
        final.map(({ serviceCostMinor }) => serviceCostMinor),
        final.map(({ survivalDays }) => survivalDays),
        tx.now,
      ]);
    }
    return answers;
  },
};

function changesOf(
  tx: CommandTransaction,
  { input }: Command<SetUnitCosts>,
  before: UnitCosts,
  books: BrandBooks,
): UnitCosts | UserErrorShape {
  const after = { ...before, messageCosts: { ...before.messageCosts } };
  if (input.muPrice != null) {
    const price = readPrice(input.muPrice);
    if (price === null) return notAPrice(['muPrice']);
    after.muPrice = price;
  }
  for (const [at, { channel, cost }] of (input.messageCosts ?? []).entries()) {
    const price = readPrice(cost);
    if (price === null) return notAPrice(['messageCosts', String(at), 'cost']);
    after.messageCosts[channel] = price;
  }
  if (input.serviceCostPerOrder != null) {
    const money = checkMoney({ amount: input.serviceCostPerOrder }, books, tx.limits);
    if (money.refusal) return { ...money.refusal, field: ['serviceCostPerOrder'] };
    after.serviceCostMinor = money.value.minor;
  }
  if (input.survivalDays != null) {
    if (input.survivalDays < 1 || input.survivalDays > mostSurvivalDays) {
      const message = `The days are from 1 to ${mostSurvivalDays}.`;
      return userError('INVALID_VALUE', ['survivalDays'], message);
    }
    after.survivalDays = input.survivalDays;
  }
  return after;
}

/** A price in millionths, or null for what is none. */
function readPrice(text: string): number | null {
  const [, unit, fraction = ''] = pricePattern.exec(text) ?? [];
  return unit === undefined ? null : Number(unit) * priceParts + Number(fraction.padEnd(6, '0'));
}

function notAPrice(field: string[]): UserErrorShape {
  return userError('INVALID_VALUE', field, 'Not a price of at most six decimals, such as "0.10".');
}
