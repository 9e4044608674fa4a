import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { AcquisitionEntity } from './acquisition.entity';
import { booksSeen } from './own-books';
import { SpendEntity } from './spend.entity';

const visible = `($1::uuid IS NULL OR x.brand_id = $1)`;

const byIdSql = (table: string): string =>
  `SELECT x.* FROM ${table} x WHERE x.id = ANY ($2::uuid[]) AND ${visible}`;

/** Records of one table by UUID: a brand's own. Null for all others, existing or not. */
function byId<Entity extends { uuid: string }>(entity: new () => Entity, table: string) {
  return defineLoader<string, Entity | null>(async (context, ids) => {
    const rows = await context.reads.query(byIdSql(table), [booksSeen(context.caller), ids]);
    const found = new Map(toEntities(entity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

export const spendLoader = byId(SpendEntity, 'spend');
export const acquisitionLoader = byId(AcquisitionEntity, 'acquisitions');

interface ListArgs {
  first: number;
  /** The sort key of the last row of the page before. */
  after: [string, string] | null;
}

/** Pages of the records of brands, one statement for all brands asked with equal arguments. */
function listOf<Entity extends object>(
  entity: new () => Entity,
  { table, key, type, only }: { table: string; key: string; type: string; only: string },
) {
  const sql = `
    SELECT p.* FROM unnest($2::uuid[]) AS b(id)
    CROSS JOIN LATERAL (
      SELECT x.* FROM ${table} x
      WHERE x.brand_id = b.id AND ${visible} AND ${only}
        AND (x.${key}, x.id) < ($3::${type}, $4::uuid)
      ORDER BY x.${key} DESC, x.id DESC LIMIT $5) p
    ORDER BY p.${key} DESC, p.id DESC`;
  return defineListLoader<ListArgs, Entity[]>(async (context, brands, { first, after }) => {
    const [time, id] = after ?? ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
    const values = [booksSeen(context.caller), brands, time, id, first + 1];
    const rows = await context.reads.query(sql, values);
    return brands.map((brand) =>
      toEntities(
        entity,
        rows.filter((row) => row['brand_id'] === brand),
      ),
    );
  });
}

const reacquisitionsLoader = listOf(AcquisitionEntity, {
  table: 'acquisitions',
  key: 'acquired_at',
  type: 'timestamptz',
  only: `x.verdict = 'REACQUISITION'`,
});

const spendListLoader = listOf(SpendEntity, {
  table: 'spend',
  key: 'last_day',
  type: 'date',
  only: 'true',
});

/** A page of those a brand paid for again, the latest to come first. */
export async function readReacquisitions(
  context: Context,
  brand: string,
  args: PageArgs,
): Promise<Connection<AcquisitionEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const { first, after } = page;
  const rows = await reacquisitionsLoader(context, { first, after }).load(brand);
  return toConnection(rows, page, (one) => [one.acquiredAt.toISOString(), one.uuid]);
}

/** A page of a brand's spend, the latest days first. */
export async function readSpend(
  context: Context,
  brand: string,
  args: PageArgs,
): Promise<Connection<SpendEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const { first, after } = page;
  const last: [string, string] | null = after && [after[0].slice(0, 10), after[1]];
  const rows = await spendListLoader(context, { first, after: last }).load(brand);
  return toConnection(rows, page, (one) => [`${one.lastDay}T00:00:00.000Z`, one.uuid]);
}
