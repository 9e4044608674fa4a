import { columnsOf, toEntity } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import type { ChannelName } from './channel';
import { DeliveryEntity } from './delivery.entity';
import { MessageEntity } from './message.entity';
import { viewer } from '../platform/auth/caller';

type Row = Record<string, unknown>;

const messageColumns = columnsOf(MessageEntity).map(
  (column) => `m.${column} AS message__${column}`,
);

/** Sorts after every real one; stands for "from the newest on". */
const newest = { time: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

const readDeliveries = `
  SELECT c.id AS of_customer, x.*
  FROM unnest($1::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT d.*, ${messageColumns.join(', ')}
    FROM deliveries d JOIN messages m ON m.id = d.message_id
    WHERE d.customer_id = c.id
      AND ($2::uuid IS NULL OR d.brand_id = $2)
      AND ($3::uuid IS NULL OR d.customer_id = $3)
      AND ($4::text IS NULL OR m.channel = $4)
      AND (d.delivered_at, d.id) < ($5::timestamptz, $6::uuid)
    ORDER BY d.delivered_at DESC, d.id DESC
    LIMIT $7
  ) x
  ORDER BY x.delivered_at DESC, x.id DESC`;

interface DeliveryArgs {
  first: number;
  after: [time: string, id: string] | null;
  channel: ChannelName | null;
}

function toDelivery(row: Row): DeliveryEntity {
  const delivery = toEntity(DeliveryEntity, row);
  delivery.message = toEntity(MessageEntity, row, 'message__');
  return delivery;
}

const deliveriesLoader = defineListLoader<DeliveryArgs, DeliveryEntity[]>(
  async (context, customers, args) => {
    const [time, id] = args.after ?? [newest.time, newest.id];
    const parameters = [
      customers,
      ...viewer(context.caller),
      args.channel,
      time,
      id,
      args.first + 1,
    ];
    const rows = await context.reads.query<Row>(readDeliveries, parameters);
    const pages = new Map(customers.map((customer) => [customer, [] as DeliveryEntity[]]));
    for (const row of rows) pages.get(row['of_customer'] as string)?.push(toDelivery(row));
    return customers.map((customer) => pages.get(customer) ?? []);
  },
);

/**
 * A page of what was delivered to a customer, newest first, as far as the caller may see it. All
 * customers asked for in one tick with equal arguments share one statement, messages included.
 */
export async function readDeliveryPage(
  context: Context,
  customerUuid: string,
  args: PageArgs,
  channel: ChannelName | null,
): Promise<Connection<DeliveryEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const loader = deliveriesLoader(context, { first: page.first, after: page.after, channel });
  const rows = await loader.load(customerUuid);
  return toConnection(rows, page, (row) => [row.deliveredAt.toISOString(), row.uuid]);
}
