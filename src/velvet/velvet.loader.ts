import { brandOf, subjectOf } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { VelvetArrivalEntity, VelvetMemberEntity, VelvetPerkEntity } from './velvet.entity';

/** A brand sees its own; a customer what is theirs with the brand that signed them in. */
const visible = `x.brand_id = $1 AND ($2::uuid IS NULL OR x.customer_id = $2)`;

function seer(context: Context): [string | null, string | null] {
  return [brandOf(context.caller), subjectOf(context.caller)];
}

const membersSql = `
  SELECT x.* FROM velvet_members x WHERE x.customer_id = ANY ($3::uuid[]) AND ${visible}`;

/** Members by the customer's UUID. */
export const memberOfCustomerLoader = defineLoader<string, VelvetMemberEntity | null>(
  async (context, customers) => {
    const rows = await context.reads.query(membersSql, [...seer(context), customers]);
    const found = new Map(
      toEntities(VelvetMemberEntity, rows).map((one) => [one.customerUuid, one]),
    );
    return customers.map((id) => found.get(id) ?? null);
  },
);

const byIdSql = (table: string): string =>
  `SELECT x.* FROM ${table} x WHERE x.id = ANY ($3::uuid[]) AND ${visible}`;

function byId<Entity extends { uuid: string }>(entity: new () => Entity, table: string) {
  return defineLoader<string, Entity | null>(async (context, ids) => {
    const rows = await context.reads.query(byIdSql(table), [...seer(context), ids]);
    const found = new Map(toEntities(entity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

export const memberLoader = byId(VelvetMemberEntity, 'velvet_members');
export const perkLoader = byId(VelvetPerkEntity, 'velvet_perks');
export const arrivalLoader = byId(VelvetArrivalEntity, 'velvet_arrivals');

const perksSql = `
  SELECT p.* FROM unnest($3::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT x.* FROM velvet_perks x
    WHERE x.customer_id = c.id AND ${visible} AND ($4::uuid IS NULL OR x.id < $4)
    ORDER BY x.id DESC LIMIT $5
  ) p ORDER BY p.id DESC`;

const perksLoader = defineListLoader<{ first: number; after: string | null }, VelvetPerkEntity[]>(
  async (context, customers, { first, after }) => {
    const values = [...seer(context), customers, after, first + 1];
    const rows = toEntities(VelvetPerkEntity, await context.reads.query(perksSql, values));
    return customers.map((id) => rows.filter((row) => row.customerUuid === id));
  },
);

/** A page of a customer's perks, the newest first. */
export async function readPerks(
  context: Context,
  customer: string,
  args: PageArgs,
): Promise<Connection<VelvetPerkEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await perksLoader(context, { first: page.first, after }).load(customer);
  return toConnection(rows, page, (one) => [one.uuid]);
}
