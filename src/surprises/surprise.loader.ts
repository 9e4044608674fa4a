import { viewer } from '../platform/auth/caller';
import { toEntities, toEntity } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { SurpriseDrawEntity } from './surprise-draw.entity';
import {
  snapshotOf,
  SurprisePoolEntity,
  type SurprisePoolRow,
  type SurprisePoolSnapshot,
} from './surprise-pool.entity';

const poolsSql = `
  SELECT p.* FROM surprise_pools p
  WHERE p.id = ANY ($3::uuid[]) AND ($1::uuid IS NULL OR p.brand_id = $1)
    AND ($2::uuid IS NULL OR EXISTS (
      SELECT FROM surprise_draws d WHERE d.pool_id = p.id AND d.customer_id = $2))`;

/** A pool of a stored answer, or of a row by way of its snapshot: the seed is there once it is public. */
export function toPool(snapshot: SurprisePoolSnapshot): SurprisePoolEntity {
  const { commitment, seedHex, ...row } = snapshot;
  return Object.assign(toEntity(SurprisePoolEntity, row), { commitment, seed: seedHex });
}

/** Pools by UUID: a brand's own, and those a customer drew from. Null for all others. */
export const poolLoader = defineLoader<string, SurprisePoolEntity | null>(async (context, ids) => {
  const values = [...viewer(context.caller), ids];
  const rows = await context.reads.query<SurprisePoolRow & Record<string, unknown>>(
    poolsSql,
    values,
  );
  const found = new Map(rows.map((row) => [row.id, toPool(snapshotOf(row))]));
  return ids.map((id) => found.get(id) ?? null);
});

const visible = `($1::uuid IS NULL OR d.brand_id = $1) AND ($2::uuid IS NULL OR d.customer_id = $2)`;

const drawsSql = `SELECT d.* FROM surprise_draws d WHERE d.id = ANY ($3::uuid[]) AND ${visible}`;

/** Draws by UUID: a brand's own, a customer's own. */
export const drawLoader = defineLoader<string, SurpriseDrawEntity | null>(async (context, ids) => {
  const rows = await context.reads.query(drawsSql, [...viewer(context.caller), ids]);
  const found = new Map(toEntities(SurpriseDrawEntity, rows).map((one) => [one.uuid, one]));
  return ids.map((id) => found.get(id) ?? null);
});

interface ListArgs {
  column: 'pool_id' | 'customer_id';
  first: number;
  after: string | null;
}

const listSql = (column: ListArgs['column']): string => `
  SELECT x.* FROM unnest($3::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT d.* FROM surprise_draws d
    WHERE d.${column} = c.id AND ${visible} AND ($4::uuid IS NULL OR d.id < $4)
    ORDER BY d.id DESC LIMIT $5
  ) x ORDER BY x.id DESC`;

const listLoader = defineListLoader<ListArgs, SurpriseDrawEntity[]>(
  async (context, ids, { column, first, after }) => {
    const values = [...viewer(context.caller), ids, after, first + 1];
    const rows = toEntities(SurpriseDrawEntity, await context.reads.query(listSql(column), values));
    const ownerOf = (row: SurpriseDrawEntity) =>
      column === 'pool_id' ? row.poolUuid : row.customerUuid;
    return ids.map((id) => rows.filter((row) => ownerOf(row) === id));
  },
);

/** A page of the draws of a pool or of a customer, newest first, as far as the caller may see them. */
export async function readDraws(
  context: Context,
  column: ListArgs['column'],
  owner: string,
  args: PageArgs,
): Promise<Connection<SurpriseDrawEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await listLoader(context, { column, first: page.first, after }).load(owner);
  return toConnection(rows, page, (one) => [one.uuid]);
}
