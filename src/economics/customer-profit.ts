import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { BrandRelationship } from '../customers';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { moneyOf } from './figures';
import { mayReadBooks } from './own-books';
import { profitOfParts, profitParts } from './profit.sql';
import { pieceCosts, readUnitCosts } from './unit-costs';

const model = 'customer-profit-1';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'What a customer has brought a brand so far, and what they cost it.',
})
export class CustomerProfit extends Measure {
  @Field(() => MonetaryAmount, { description: 'What they ordered, after refunds.' })
  revenue!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What is left of it after the goods.' })
  margin!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What was paid to acquire them, every time.' })
  acquisition!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What serving their orders cost.' })
  service!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What the Mu the brand gave them cost.' })
  mu!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What the messages to them cost.' })
  messages!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'The margin less all of this; often below 0.' })
  profit!: MonetaryAmount;

  @Field(() => Int, { description: 'Orders in other currencies, which are only counted.' })
  otherCurrencyOrders!: number;
}

/** The part of a relationship that names it. */
interface Named {
  brandUuid: string;
  customerUuid: string;
}

interface ProfitRow {
  brand_id: string;
  customer_id: string;
  revenue: number;
  margin: number;
  acquisition: number;
  service: number;
  mu: number;
  messages: number;
  profit: number;
  others: number;
}

const asNumber = (column: string): string => `${column}::double precision AS ${column}`;
const parts = ['revenue', 'margin', 'acquisition', 'service', 'mu', 'messages'];

const profitSql = `
  SELECT x.brand_id, x.customer_id, x.others, ${parts.map(asNumber).join(', ')},
    (${profitOfParts})::double precision AS profit
  FROM (${profitParts('SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)', '$3::jsonb')}) x`;

const currenciesSql = 'SELECT b.id, b.currency FROM brands b WHERE b.id = ANY ($1::uuid[])';

const profitLoader = defineLoader<Named, CustomerProfit | null>(
  async (context, named) => {
    const brandIds = [...new Set(named.map(({ brandUuid }) => brandUuid))];
    const brands = await context.reads.query<{ id: string; currency: string }>(currenciesSql, [
      brandIds,
    ]);
    const costs = await readUnitCosts(context.reads, brands);
    const rows = await context.reads.query<ProfitRow>(profitSql, [
      named.map(({ brandUuid }) => brandUuid),
      named.map(({ customerUuid }) => customerUuid),
      JSON.stringify(pieceCosts(costs)),
    ]);
    const found = new Map(rows.map((row) => [`${row.brand_id} ${row.customer_id}`, row]));
    const now = context.clock.now(new Date());
    return named.map(({ brandUuid, customerUuid }) => {
      const row = found.get(`${brandUuid} ${customerUuid}`);
      const currency = costs.get(brandUuid)?.currency;
      return row === undefined || currency === undefined ? null : toProfit(row, currency, now);
    });
  },
  ({ brandUuid, customerUuid }) => `${brandUuid} ${customerUuid}`,
);

function toProfit(row: ProfitRow, currency: string, now: Date): CustomerProfit {
  const money = moneyOf(currency);
  return {
    asOf: now,
    window: { from: null, until: now },
    modelVersion: model,
    revenue: money(row.revenue),
    margin: money(row.margin),
    acquisition: money(row.acquisition),
    service: money(row.service),
    mu: money(row.mu),
    messages: money(row.messages),
    profit: money(row.profit),
    otherCurrencyOrders: row.others,
  };
}

@Resolver(() => BrandRelationship)
export class ProfitOnRelationship {
  @FieldResolver(() => CustomerProfit, {
    nullable: true,
    description:
      'What the customer has brought the brand and cost it. Only the brand’s own keys with the scope READ see it; a customer does not.',
  })
  async customerProfit(
    @Root() relationship: Named,
    @Ctx() context: Context,
  ): Promise<CustomerProfit | null> {
    const { brandUuid, customerUuid } = relationship;
    if (!mayReadBooks(context.caller, brandUuid)) return null;
    return profitLoader(context).load({ brandUuid, customerUuid });
  }
}
