import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { DormancyState, type DormancyStateName } from '../attention';
import type { BrandEntity } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { brandOf } from '../platform/auth/caller';
import {
  connectionTypes,
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import { isSmall } from './standing.loader';
import { atRiskSql } from './standing.sql';

@ObjectType({
  simpleResolvers: true,
  description: 'A customer whom silence alone will soon put into a lower state.',
})
export class AtRisk {
  @Field(() => DormancyState, { description: 'The state they are in.' })
  state!: DormancyStateName;

  @Field(() => DormancyState, { description: 'The state they come to if they stay silent.' })
  nextState!: DormancyStateName;

  @Field(() => Date, { description: 'When that will be.' })
  dueAt!: Date;

  customerUuid!: string;
}

export const { Connection: AtRiskConnection } = connectionTypes(AtRisk, 'AtRisk');

const cursorKinds = ['time', 'uuid'] as const;

/**
 * A page of each brand: $1 the brands, $2 the moment, $3 how many there are at most, $4 whose may be seen.
 * Rows count while the state they were made of still says the same. Asked row by row, so that a page reads
 * as many states as it shows, and never all of them.
 */
const pagesOf = (rows: string): string => `
  SELECT b.id AS "ofBrand", x.* FROM unnest($1::uuid[]) AS b(id) CROSS JOIN LATERAL (
  SELECT k.customer_id AS "customerUuid", k.state, k.next_state AS "nextState", k.due_at AS "dueAt"
  FROM (${rows}) k
  CROSS JOIN LATERAL (SELECT FROM attention_states s
    WHERE s.brand_id = k.brand_id AND s.customer_id = k.customer_id
      AND s.dormancy = k.state AND s.dormancy_due_at = k.due_at LIMIT 1) s
  WHERE k.brand_id = b.id AND ($4::uuid IS NULL OR k.brand_id = $4) AND k.due_at > $2
    AND ($5::timestamptz IS NULL OR (k.due_at, k.customer_id) > ($5, $6::uuid))
  ORDER BY k.due_at, k.customer_id LIMIT least($7::integer, $3::integer)) x
  ORDER BY x."dueAt", x."customerUuid"`;

const keptSql = pagesOf('SELECT * FROM brand_at_risk');
const nowSql = pagesOf(atRiskSql.replaceAll('$1', 'b.id'));

interface Asked {
  isKept: boolean;
  first: number;
  after: [time: string, customer: string] | null;
}

const pagesLoader = defineListLoader<Asked, AtRisk[]>(
  async ({ caller, clock, config, reads }, brands, { isKept, first, after }) => {
    const now = clock.now(new Date());
    const [time, customer] = after ?? [null, null];
    const most = config.limits.atRiskKept;
    const values = [brands, now, most, brandOf(caller), time, customer, first + 1];
    const rows = await reads.query<AtRisk & { ofBrand: string }>(isKept ? keptSql : nowSql, values);
    return brands.map((brand) => rows.filter((row) => row.ofBrand === brand));
  },
);

const reckonedSql = `SELECT s.brand_id FROM brand_standings s WHERE s.brand_id = ANY ($1::uuid[])`;

const reckonedLoader = defineListLoader<Record<string, never>, boolean>(
  async ({ reads }, brands) => {
    const rows = await reads.query<{ brand_id: string }>(reckonedSql, [brands]);
    return brands.map((brand) => rows.some((row) => row.brand_id === brand));
  },
);

/** Who slides down next, soonest first; null of a large brand no job has come to yet. */
export async function readAtRisk(
  context: Context,
  { uuid }: BrandEntity,
  args: PageArgs,
): Promise<Connection<AtRisk> | null> {
  const page = readPage(args, context.config.limits, cursorKinds);
  const isKept = await reckonedLoader(context, {}).load(uuid);
  if (!isKept && !(await isSmall(context, uuid))) return null;
  const asked = { isKept, first: page.first, after: page.after };
  const rows = await pagesLoader(context, asked).load(uuid);
  return toConnection(rows, page, ({ dueAt, customerUuid }) => [dueAt.toISOString(), customerUuid]);
}

@Resolver(() => AtRisk)
export class CustomerAtRisk {
  @FieldResolver(() => Customer, { nullable: true, description: 'Who it is.' })
  customer(
    @Root() { customerUuid }: AtRisk,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(customerUuid);
  }
}
