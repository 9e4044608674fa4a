import { Ctx, Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { BrandEntity } from '../brands';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { isDay, localDay, startOfDay } from '../platform/local-day';
import { moneyOf } from './figures';
import { booksSeen } from './own-books';

const model = 'earned-growth-1';

/** Revenue of a year in coins: of those who bought the year before, of the new, of the friends among them. */
export interface YearOfRevenue {
  before: number;
  kept: number;
  earned: number;
}

/** The parts of earned growth as fractions of last year's revenue; null without any. */
export interface Growth {
  retention: number | null;
  earnedNew: number | null;
  growth: number | null;
}

/** Net revenue retention and earned new customers; 92 % and 15 % grow by 7 %. */
export function growthOf({ before, kept, earned }: YearOfRevenue): Growth {
  if (before <= 0) return { retention: null, earnedNew: null, growth: null };
  const retention = kept / before;
  const earnedNew = earned / before;
  return { retention, earnedNew, growth: (kept + earned - before) / before };
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'How much a brand grows by customers who stay and by friends they bring, without those it bought. Of a ' +
    'year of the calendar; one that is not over is compared with the last one up to the same day.',
})
export class EarnedGrowth extends Measure {
  @Field(() => Int, { description: 'The year.' })
  year!: number;

  @Field(() => Boolean, { description: 'Whether the year is over.' })
  complete!: boolean;

  @Field(() => Float, {
    nullable: true,
    description:
      'Revenue of customers who had bought the year before, by all revenue then: 0.92 is 92 %. Null without any then.',
  })
  netRevenueRetention!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Revenue of new customers whom a customer brought, by all revenue of the year before. Whoever came without an active referral counts as bought.',
  })
  earnedNewCustomers!: number | null;

  @Field(() => Float, { nullable: true, description: 'Both together, less 1.' })
  earnedGrowth!: number | null;

  @Field(() => MonetaryAmount, { description: 'Revenue of the year after refunds.' })
  revenue!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    description: 'Revenue of the year before; of a year that is not over, up to the same day.',
  })
  revenueBefore!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'Of customers who had bought the year before.' })
  keptRevenue!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'Of new customers whom a customer brought.' })
  earnedRevenue!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'Of all other new customers.' })
  boughtRevenue!: MonetaryAmount;

  @Field(() => Int, { description: 'Customers who bought.' })
  customers!: number;

  @Field(() => Int, { description: 'Of them, those who had bought the year before.' })
  keptCustomers!: number;

  @Field(() => Int, { description: 'Of them, those who bought for the first time.' })
  newCustomers!: number;

  @Field(() => Int, { description: 'Of these, those whom a customer brought.' })
  earnedCustomers!: number;

  brand!: BrandEntity;
}

interface YearRow {
  revenue: number;
  before: number;
  kept: number;
  earned: number;
  fresh: number;
  customers: number;
  keptCustomers: number;
  newCustomers: number;
  earnedCustomers: number;
}

const yearSql = `
  SELECT b.id AS brand_id, coalesce(y.net_minor, 0) AS revenue, coalesce(y.kept_minor, 0) AS kept,
    coalesce(y.earned_minor, 0) AS earned, coalesce(y.fresh_minor, 0) AS fresh,
    coalesce(y.customers, 0) AS customers, coalesce(y.kept_customers, 0) AS "keptCustomers",
    coalesce(y.fresh_customers, 0) AS "newCustomers",
    coalesce(y.earned_customers, 0) AS "earnedCustomers",
    CASE WHEN $4::date IS NULL THEN coalesce(o.net_minor, 0) ELSE (
      SELECT coalesce(sum(d.gross_minor - d.refunded_minor), 0)::bigint FROM brand_purchase_days d
      WHERE d.brand_id = b.id AND d.local_day >= make_date($3 - 1, 1, 1) AND d.local_day <= $4) END AS before
  FROM unnest($2::uuid[]) AS b(id)
  LEFT JOIN brand_years y ON y.brand_id = b.id AND y.year = $3
  LEFT JOIN brand_years o ON o.brand_id = b.id AND o.year = $3 - 1
  WHERE $1::uuid IS NULL OR b.id = $1`;

const yearLoader = defineListLoader<{ year: number; sameDay: string | null }, YearRow | null>(
  async (context, brands, { year, sameDay }) => {
    const values = [booksSeen(context.caller), brands, year, sameDay];
    const rows = await context.reads.query<YearRow & { brand_id: string }>(yearSql, values);
    return brands.map((brand) => rows.find((row) => row.brand_id === brand) ?? null);
  },
);

/** Earned growth of a year; null for who may not see it. */
export async function readEarnedGrowth(
  context: Context,
  brand: BrandEntity,
  asked: number | null,
): Promise<EarnedGrowth | null> {
  const now = context.clock.now(new Date());
  const today = localDay(now, brand.timezone);
  const thisYear = Number(today.slice(0, 4));
  const year = asked ?? thisYear;
  const complete = year < thisYear;
  const sameDay = complete ? null : dayOfLastYear(today, year - 1);
  const row = await yearLoader(context, { year, sameDay }).load(brand.uuid);
  if (row === null) return null;
  const money = moneyOf(brand.currency);
  const growth = growthOf(row);
  return {
    asOf: now,
    window: {
      from: startOfDay(`${year}-01-01`, brand.timezone),
      until: complete ? startOfDay(`${year + 1}-01-01`, brand.timezone) : now,
    },
    modelVersion: model,
    year,
    complete,
    netRevenueRetention: growth.retention,
    earnedNewCustomers: growth.earnedNew,
    earnedGrowth: growth.growth,
    revenue: money(row.revenue),
    revenueBefore: money(row.before),
    keptRevenue: money(row.kept),
    earnedRevenue: money(row.earned),
    boughtRevenue: money(row.fresh - row.earned),
    customers: row.customers,
    keptCustomers: row.keptCustomers,
    newCustomers: row.newCustomers,
    earnedCustomers: row.earnedCustomers,
    brand,
  };
}

function dayOfLastYear(today: string, year: number): string {
  const same = `${year}${today.slice(4)}`;
  return isDay(same) ? same : `${year}-02-28`;
}

@Resolver(() => EarnedGrowth)
export class PreviousEarnedGrowth {
  @FieldResolver(() => EarnedGrowth, {
    nullable: true,
    description: 'That of the year before, whole.',
  })
  previous(@Root() { brand, year }: EarnedGrowth, @Ctx() context: Context) {
    return year <= firstYear ? null : readEarnedGrowth(context, brand, year - 1);
  }
}

/** Years a figure may be asked of. */
export const firstYear = 1970;
export const lastYear = 9998;
