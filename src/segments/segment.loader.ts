import { CustomerEntity, relationshipColumns } from '../customers';
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
import { SegmentEntity } from './segment.entity';
import { SegmentMembership } from './segment.type';

const byIdSql = `
  SELECT s.* FROM segments s
  WHERE s.id = ANY ($1::uuid[]) AND ($4 OR s.deleted_at IS NULL)
    AND ($2::uuid IS NULL OR s.brand_id = $2) AND $3::uuid IS NULL`;

async function segmentsById(
  context: Context,
  ids: readonly string[],
  deleted: boolean,
): Promise<(SegmentEntity | null)[]> {
  const rows = await context.reads.query(byIdSql, [ids, ...viewer(context.caller), deleted]);
  const found = new Map(toEntities(SegmentEntity, rows).map((one) => [one.uuid, one]));
  return ids.map((id) => found.get(id) ?? null);
}

/** Segments by UUID: a brand's own, any for the platform. Null for all others, existing or not. */
export const segmentLoader = defineLoader<string, SegmentEntity | null>((context, ids) =>
  segmentsById(context, ids, false),
);

/** As `segmentLoader`, for what a mutation answers: also one that was deleted since. */
export const segmentOfAnswerLoader = defineLoader<string, SegmentEntity | null>((context, ids) =>
  segmentsById(context, ids, true),
);

const ofBrandsSql = `
  SELECT x.* FROM unnest($1::uuid[]) AS b(id)
  CROSS JOIN LATERAL (
    SELECT s.* FROM segments s
    WHERE s.brand_id = b.id AND s.deleted_at IS NULL AND ($2::uuid IS NULL OR s.id < $2)
    ORDER BY s.id DESC LIMIT $3) x
  ORDER BY x.id DESC`;

const ofBrandsLoader = defineListLoader<{ first: number; after: string | null }, SegmentEntity[]>(
  async ({ reads }, brands, { first, after }) => {
    const rows = await reads.query(ofBrandsSql, [brands, after, first + 1]);
    const segments = toEntities(SegmentEntity, rows);
    return brands.map((brand) => segments.filter(({ brandUuid }) => brandUuid === brand));
  },
);

/** A page of a brand's segments, the newest first. To be asked for whoever may see the brand's own. */
export async function readSegments(
  context: Context,
  brandUuid: string,
  args: PageArgs,
): Promise<Connection<SegmentEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const loader = ofBrandsLoader(context, { first: page.first, after: page.after?.[0] ?? null });
  return toConnection(await loader.load(brandUuid), page, ({ uuid }) => [uuid]);
}

const membersSql = `
  SELECT s.id AS of_segment, x.* FROM segments s
  CROSS JOIN LATERAL (
    SELECT m.since, ${relationshipColumns} FROM segment_members m
    JOIN relationships r ON r.brand_id = m.brand_id AND r.customer_id = m.customer_id
    WHERE m.segment_id = s.id
      AND (m.since, m.customer_id) < (coalesce($3, 'infinity')::timestamptz,
        coalesce($4, 'ffffffff-ffff-ffff-ffff-ffffffffffff')::uuid)
    ORDER BY m.since DESC, m.customer_id DESC LIMIT $5) x
  WHERE s.id = ANY ($1::uuid[]) AND s.brand_id = $2 AND s.deleted_at IS NULL
  ORDER BY x.since DESC, x.customer_id DESC`;

interface MembersArgs {
  first: number;
  after: [since: string, customer: string] | null;
}

interface Member {
  since: Date;
  customer: CustomerEntity;
}

const membersLoader = defineListLoader<MembersArgs, Member[]>(
  async ({ caller, reads }, segments, { first, after }) => {
    if (caller.kind !== 'brand') return segments.map(() => []);
    const [since, customer] = after ?? [null, null];
    const values = [segments, caller.brandId, since, customer, first + 1];
    const rows = await reads.query(membersSql, values);
    return segments.map((segment) =>
      rows
        .filter((row) => row['of_segment'] === segment)
        .map((row) => ({
          since: row['since'] as Date,
          customer: CustomerEntity.ofRelationship(row),
        })),
    );
  },
);

/** A page of a segment's members, whoever entered it last first; none for anybody but the brand. */
export async function readMembers(
  context: Context,
  segmentUuid: string,
  args: PageArgs,
): Promise<Connection<CustomerEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const loader = membersLoader(context, { first: page.first, after: page.after });
  const members = await loader.load(segmentUuid);
  const { edges, pageInfo } = toConnection(members, page, ({ since, customer }) => [
    since.toISOString(),
    customer.uuid,
  ]);
  const customers = edges.map(({ cursor, node }) => ({ cursor, node: node.customer }));
  return { edges: customers, nodes: customers.map(({ node }) => node), pageInfo };
}

const ofCustomersSql = `
  SELECT m.brand_id, m.customer_id, m.since, s.name, s.id
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  JOIN segment_members m ON m.brand_id = t.brand_id AND m.customer_id = t.customer_id
  JOIN segments s ON s.id = m.segment_id AND s.deleted_at IS NULL
  WHERE m.brand_id = $3 AND ($4::uuid IS NULL OR m.customer_id = $4)
  ORDER BY m.since DESC, s.name`;

/** A customer with a brand, by their UUIDs. */
export interface Pair {
  brandId: string;
  customerId: string;
}

/** The segments of customers with the caller's brand, or the brand that signed the caller in. */
export const membershipsLoader = defineLoader<Pair, SegmentMembership[]>(
  async ({ caller, reads }, pairs) => {
    if (caller.kind !== 'brand' && caller.kind !== 'customer') return pairs.map(() => []);
    const rows = await reads.query(ofCustomersSql, [
      pairs.map(({ brandId }) => brandId),
      pairs.map(({ customerId }) => customerId),
      caller.brandId,
      caller.kind === 'customer' ? caller.customerId : null,
    ]);
    return pairs.map(({ brandId, customerId }) =>
      rows
        .filter((row) => row['brand_id'] === brandId && row['customer_id'] === customerId)
        .map((row) =>
          Object.assign(new SegmentMembership(), {
            name: row['name'],
            since: row['since'],
            segmentUuid: row['id'],
          }),
        ),
    );
  },
  ({ brandId, customerId }) => `${brandId} ${customerId}`,
);
