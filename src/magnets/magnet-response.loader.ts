import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { MagnetResponseEntity } from './magnet-response.entity';

/** A brand sees what it was answered, a customer what they answered; the withdrawn only the customer. */
const visible = `($1::uuid IS NULL OR (r.brand_id = $1 AND r.withdrawn_at IS NULL))
  AND ($2::uuid IS NULL OR r.customer_id = $2)`;

const byIdSql = `SELECT r.* FROM magnet_responses r WHERE r.id = ANY ($3::uuid[]) AND ${visible}`;

/** Responses by UUID, as the caller may see them; null for all others, existing or not. */
export const magnetResponseLoader = defineLoader<string, MagnetResponseEntity | null>(
  async (context, ids) => {
    const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(MagnetResponseEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

interface ListArgs {
  first: number;
  after: string | null;
}

function listLoader(owner: 'magnet_id' | 'customer_id', only: string) {
  const sql = `
    SELECT x.* FROM unnest($3::uuid[]) AS o(id)
    CROSS JOIN LATERAL (
      SELECT r.* FROM magnet_responses r
      WHERE r.${owner} = o.id AND ${visible} ${only} AND ($4::uuid IS NULL OR r.id < $4)
      ORDER BY r.id DESC LIMIT $5
    ) x ORDER BY x.id DESC`;
  const ownerOf = (one: MagnetResponseEntity) =>
    owner === 'magnet_id' ? one.magnetUuid : one.customerUuid;
  return defineListLoader<ListArgs, MagnetResponseEntity[]>(
    async (context, owners, { first, after }) => {
      const rows = await context.reads.query(sql, [
        ...viewer(context.caller),
        owners,
        after,
        first + 1,
      ]);
      const lists = new Map(owners.map((id) => [id, [] as MagnetResponseEntity[]]));
      for (const one of toEntities(MagnetResponseEntity, rows)) lists.get(ownerOf(one))?.push(one);
      return owners.map((id) => lists.get(id) ?? []);
    },
  );
}

const ofMagnetLoader = listLoader('magnet_id', '');
const preferencesLoader = listLoader('customer_id', 'AND r.consent_purpose IS NOT NULL');

async function readList(
  loader: typeof ofMagnetLoader,
  context: Context,
  owner: string,
  args: PageArgs,
): Promise<Connection<MagnetResponseEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const list = loader(context, { first: page.first, after: page.after?.[0] ?? null });
  return toConnection(await list.load(owner), page, (one) => [one.uuid]);
}

/** A page of the responses to a magnet, newest first. */
export function readResponses(
  context: Context,
  magnet: string,
  args: PageArgs,
): Promise<Connection<MagnetResponseEntity>> {
  return readList(ofMagnetLoader, context, magnet, args);
}

/** A page of what a customer told brands about themselves, newest first. */
export function readPreferences(
  context: Context,
  customer: string,
  args: PageArgs,
): Promise<Connection<MagnetResponseEntity>> {
  return readList(preferencesLoader, context, customer, args);
}
