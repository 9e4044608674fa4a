import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import { IdentityChangeEntity } from './identity-change.entity';
import type { RelationshipEntity } from './relationship.entity';

const historySql = `
  SELECT h.* FROM unnest($3::uuid[], $4::uuid[]) AS t(brand_id, customer_id)
  CROSS JOIN LATERAL (
    SELECT x.* FROM identity_history x
    WHERE x.customer_id = t.customer_id AND x.brand_id = t.brand_id
      AND ($1::uuid IS NULL OR x.brand_id = $1) AND ($2::uuid IS NULL OR x.customer_id = $2)
      AND ($5::timestamptz IS NULL OR (x.happened_at, x.id) < ($5, $6::uuid))
    ORDER BY x.happened_at DESC, x.id DESC LIMIT $7
  ) h ORDER BY h.happened_at DESC, h.id DESC`;

interface HistoryArgs {
  first: number;
  after: [time: string, id: string] | null;
}

const nameOf = (brandId: string, customerId: string): string => `${brandId} ${customerId}`;

const historyLoader = defineListLoader<HistoryArgs, IdentityChangeEntity[]>(
  async (context, names, { first, after }) => {
    const pairs = names.map((name) => name.split(' ') as [string, string]);
    const rows = await context.reads.query(historySql, [
      ...viewer(context.caller),
      pairs.map(([brandId]) => brandId),
      pairs.map(([, customerId]) => customerId),
      after?.[0] ?? null,
      after?.[1] ?? null,
      first + 1,
    ]);
    const changes = toEntities(IdentityChangeEntity, rows);
    return names.map((name) =>
      changes.filter((one) => name === nameOf(one.brandUuid, one.customerUuid)),
    );
  },
);

/** A page of what happened to the identities of a customer with a brand, the newest first. */
export async function readIdentityHistory(
  context: Context,
  { brandUuid, customerUuid }: RelationshipEntity,
  args: PageArgs,
): Promise<Connection<IdentityChangeEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const loader = historyLoader(context, { first: page.first, after: page.after });
  const changes = await loader.load(nameOf(brandUuid, customerUuid));
  return toConnection(changes, page, (one) => [one.happenedAt.toISOString(), one.uuid]);
}
