import { AttentionEventEntity } from '../attention';
import { EntryEntity } from '../ledger';
import { viewer } from '../platform/auth/caller';
import { DeliveryEntity, MessageEntity } from '../messages';
import { toEntity } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import { PurchaseEntity } from '../purchases';
import { RedemptionEntity } from '../shop';
import { timelineSql } from './timeline.sql';

type Row = Record<string, unknown>;

const entityOf = {
  MessageDelivery: toDelivery,
  AttentionEvent: (row: Row) => toEntity(AttentionEventEntity, row),
  LedgerEntry: (row: Row) => toEntity(EntryEntity, row),
  Redemption: (row: Row) => toEntity(RedemptionEntity, row),
  Purchase: (row: Row) => toEntity(PurchaseEntity, row),
};

function toDelivery(row: Row): DeliveryEntity {
  const delivery = toEntity(DeliveryEntity, row);
  delivery.message = toEntity(MessageEntity, row['message'] as Row);
  return delivery;
}

/** Anything of a timeline, as the entity its own feature would have read. */
export type TimelineEntity = ReturnType<(typeof entityOf)[keyof typeof entityOf]>;

interface TimelineRow {
  of_customer: string;
  kind: keyof typeof entityOf;
  at: Date;
  id: string;
  item: Row;
}

/** Sorts after every real one; stands for "from the newest on". */
const newest = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const;

interface TimelineArgs {
  first: number;
  after: [time: string, id: string] | null;
}

const timelineLoader = defineListLoader<TimelineArgs, TimelineRow[]>(
  async (context, customers, { first, after }) => {
    const rows = await context.reads.query<TimelineRow>(timelineSql, [
      ...viewer(context.caller),
      customers,
      ...(after ?? newest),
      first + 1,
    ]);
    const timelines = new Map(customers.map((id) => [id, [] as TimelineRow[]]));
    for (const row of rows) timelines.get(row.of_customer)?.push(row);
    return customers.map((id) => timelines.get(id) ?? []);
  },
);

/**
 * A page of a customer's timeline, newest first, as far as the caller may see it. Customers asked for
 * in one tick with equal arguments share one statement, whatever the kinds of their items.
 */
export async function readTimeline(
  context: Context,
  customerUuid: string,
  args: PageArgs,
): Promise<Connection<TimelineEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const loader = timelineLoader(context, { first: page.first, after: page.after });
  const rows = await loader.load(customerUuid);
  const { pageInfo, edges } = toConnection(rows, page, (row) => [row.at.toISOString(), row.id]);
  const entities = edges.map(({ cursor, node }) => ({
    cursor,
    node: entityOf[node.kind](node.item),
  }));
  return { pageInfo, edges: entities, nodes: entities.map(({ node }) => node) };
}
