import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Context } from '../platform/graphql/context';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { OrderBucket, type OrderBucketName } from '../purchases';
import { byDays } from './by-days';
import { moneyOf, shareOf, sum } from './figures';
import { OverDays } from './over-days';
import { measured, type Asked } from './period';

const model = 'order-buckets-1';

@ObjectType({ simpleResolvers: true, description: 'Orders of one of the seven kinds.' })
export class BucketOfOrders {
  @Field(() => OrderBucket, { description: 'Which kind.' })
  kind!: OrderBucketName;

  @Field(() => Int, { description: 'How many orders in the brand’s currency.' })
  orders!: number;

  @Field(() => MonetaryAmount, { description: 'What they came to.' })
  gross!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What of it was paid back.' })
  refunded!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What remains.' })
  net!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description: 'Their part of what remains of all, from 0 to 1; null when nothing does.',
  })
  share!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'Orders by where they were made, what drove them and whose they were.',
})
export class OrderBuckets extends OverDays {
  @Field(() => [BucketOfOrders], { description: 'All seven, also those without an order.' })
  buckets!: BucketOfOrders[];

  @Field(() => Int, { description: 'All orders in the brand’s currency.' })
  orders!: number;

  @Field(() => MonetaryAmount, { description: 'What remains of all of them after refunds.' })
  net!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    description: 'Revenue of customers the brand had, for which it paid an ad platform again.',
  })
  reacquisitionTaxBase!: MonetaryAmount;

  @Field(() => Int, { description: 'Orders in other currencies, which are only counted.' })
  otherCurrency!: number;
}

interface BucketSum {
  bucket: OrderBucketName;
  orders: number;
  gross: number;
  refunded: number;
  others: number;
}

const readSums = byDays<BucketSum>(`
  SELECT d.brand_id, d.bucket, sum(d.orders)::bigint AS orders, sum(d.gross_minor)::bigint AS gross,
    sum(d.refunded_minor)::bigint AS refunded, sum(d.other_currency_orders)::bigint AS others
  FROM brand_purchase_days d
  WHERE d.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR d.brand_id = $1)
    AND d.local_day BETWEEN $3 AND $4
  GROUP BY d.brand_id, d.bucket`);

/** Orders of some days by kind. */
export async function readOrderBuckets(context: Context, asked: Asked): Promise<OrderBuckets> {
  const sums = await readSums(context, asked.brand.uuid, asked.days);
  const money = moneyOf(asked.brand.currency);
  const all = sum(sums.map(({ gross, refunded }) => gross - refunded));
  const netOf = (kind: string): number =>
    sum(sums.filter((one) => one.bucket === kind).map((one) => one.gross - one.refunded));
  const buckets = (Object.keys(OrderBucket) as OrderBucketName[]).map((kind): BucketOfOrders => {
    const { orders, gross, refunded } = sums.find((one) => one.bucket === kind) ?? {
      orders: 0,
      gross: 0,
      refunded: 0,
    };
    const net = gross - refunded;
    return {
      kind,
      orders,
      gross: money(gross),
      refunded: money(refunded),
      net: money(net),
      share: shareOf(net, all),
    };
  });
  return {
    ...measured(asked, model),
    buckets,
    orders: sum(sums.map(({ orders }) => orders)),
    net: money(all),
    reacquisitionTaxBase: money(netOf('DIRECT_ADTECH_KNOWN')),
    otherCurrency: sum(sums.map(({ others }) => others)),
  };
}
