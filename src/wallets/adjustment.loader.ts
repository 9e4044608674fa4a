import { brandOf, viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { AdjustmentEntity } from './adjustment.entity';
import { adjustmentId } from './adjustment.id';

const visible = `($1::uuid IS NULL OR a.brand_id = $1) AND ($2::uuid IS NULL OR a.customer_id = $2)`;

const byIdSql = `SELECT a.* FROM adjustments a WHERE a.id = ANY ($3::uuid[]) AND ${visible}`;

/** Adjustments by UUID: a brand's own, those of a person's own wallet. Null for all others. */
export const adjustmentLoader = defineLoader<string, AdjustmentEntity | null>(
  async (context, ids) => {
    const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(AdjustmentEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

const ofBrandSql = `
  SELECT a.* FROM adjustments a
  WHERE ${visible} AND ($3::uuid IS NULL OR a.id < $3)
  ORDER BY a.id DESC LIMIT $4`;

/** A page of the adjustments the caller may see, the newest first. */
export async function readAdjustments(
  context: Context,
  args: PageArgs,
): Promise<Connection<AdjustmentEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const rows = await context.reads.query(ofBrandSql, [
    ...viewer(context.caller),
    page.after?.[0] ?? null,
    page.first + 1,
  ]);
  return toConnection(toEntities(AdjustmentEntity, rows), page, (one) => [one.uuid]);
}

/** An adjustment as a stored answer says it was, which may have been decided since. */
export async function shownAs(
  context: Context,
  uuid: string,
  { state, decidedAt }: { state: AdjustmentEntity['state']; decidedAt: Date | string | null },
): Promise<AdjustmentEntity | null> {
  const now = await adjustmentLoader(context).load(uuid);
  if (now === null) return null;
  const then = { state, decidedAt: decidedAt === null ? null : new Date(decidedAt) };
  return Object.assign(new AdjustmentEntity(), now, then);
}

/** The brand a decision is about: the caller's own; for the platform, the adjustment's. */
export async function brandOfAdjustment(context: Context, id: string): Promise<string | null> {
  const own = brandOf(context.caller);
  const uuid = adjustmentId.decode(id);
  if (own !== null || uuid === null) return own;
  return (await adjustmentLoader(context).load(uuid))?.brandUuid ?? null;
}
