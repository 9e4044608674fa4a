import { Args, ArgsType, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { brandLoader } from '../brands';
import { CustomerConnection, CustomerEntity, readCustomerBy, type CustomerKey } from '../customers';
import { brandOf } from '../platform/auth/caller';
import { RequestError } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import {
  PageArgs,
  readPage,
  toConnection,
  type Connection,
  type Page,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { momentOf } from '../platform/graphql/moment';
import { encodeCursor } from '../platform/graphql/cursor';
import { EmailAddress } from '../platform/graphql/scalars';
import {
  customerListSql,
  walkEndSql,
  type AfterCustomer,
  type CustomerListQuery,
} from './customer-list.sql';
import { checkCondition, moves, plainCondition } from './filter/compile';
import { CustomerCondition } from './filter/customer-condition.input';
import { segmentId } from './segment.id';

@InputType({ description: 'Which customers to list; all conditions must hold.' })
export class CustomerFilter {
  @Field(() => EmailAddress, {
    nullable: true,
    description: 'The customer the brand has named with this address.',
  })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The customer with this id in the brand's own systems.",
  })
  externalId?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Customers the brand first identified after this instant.',
  })
  createdAfter?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Customers who are in this saved segment, by its id.',
  })
  segment?: string | null;

  @Field(() => CustomerCondition, {
    nullable: true,
    description: 'Customers who meet this condition; `upsertSegment` saves one under a name.',
  })
  where?: CustomerCondition | null;
}

@ArgsType()
export class CustomersArgs extends PageArgs {
  @Field(() => CustomerFilter, { nullable: true, description: 'Which customers to list.' })
  filter?: CustomerFilter | null;
}

const cursorKinds = ['time', 'uuid'] as const;

@Resolver()
export class CustomersQuery {
  @Query(() => CustomerConnection, {
    description:
      "The brand's customers, the newest relationship first. One page asks a condition (`filter.where`) of a " +
      'bounded number of customers; where few meet it, a page may be shorter than asked for, or empty, though ' +
      'more follow: `pageInfo` tells, and `endCursor` goes on.',
  })
  @Allow({ brand: 'mu:read' })
  async customers(
    @Args(() => CustomersArgs) args: CustomersArgs,
    @Ctx() context: Context,
  ): Promise<Connection<CustomerEntity>> {
    const page = readPage(args, context.config.limits, cursorKinds);
    const query = await readQuery(context, page, args.filter ?? {});
    if (query === null) return toConnection<CustomerEntity>([], page, () => []);
    const { text, values } = customerListSql(query);
    const rows = await context.reads.query(text, values);
    const customers = rows.map((row) => CustomerEntity.ofRelationship(row));
    const list = toConnection(customers, page, (customer) => [
      (customer.createdAt as Date).toISOString(),
      customer.uuid,
    ]);
    return list.pageInfo.hasNextPage ? list : goOnBehind(list, query, context);
  }
}

/** Of a page that is not full: whether that is because it looked at no more customers, and at whom last. */
async function goOnBehind(
  list: Connection<CustomerEntity>,
  query: CustomerListQuery,
  { reads }: Context,
): Promise<Connection<CustomerEntity>> {
  if (query.where === null) return list;
  const { text, values } = walkEndSql(query);
  const rows = await reads.query<{ created_at: Date; customer_id: string }>(text, values);
  const [last, next] = rows;
  if (last === undefined || next === undefined) return list;
  const endCursor = encodeCursor([last.created_at.toISOString(), last.customer_id]);
  return { ...list, pageInfo: { ...list.pageInfo, hasNextPage: true, endCursor } };
}

/** What a filter asks; null where it names something no customer can have. */
async function readQuery(
  context: Context,
  page: Page<AfterCustomer>,
  filter: CustomerFilter,
): Promise<CustomerListQuery | null> {
  const keys = keysOf(filter);
  const brandId = brandOf(context.caller) as string;
  const where = filter.where == null ? null : plainCondition(filter.where);
  const setting = await settingOf(context, brandId, where);
  const segment = filter.segment == null ? null : segmentId.decode(filter.segment);
  if (keys.includes(null) || (filter.segment != null && segment === null)) return null;
  return {
    brandId,
    page,
    keys: keys as CustomerKey[],
    createdAfter: filter.createdAfter ?? null,
    segment,
    where,
    walk: context.config.limits.listWalk,
    ...setting,
  };
}

/** What the condition is read by; the database is asked for no more than the condition needs. */
async function settingOf(
  context: Context,
  brandId: string,
  where: CustomerCondition | null,
): Promise<{ now: Date; currency: string }> {
  if (where === null) return { now: new Date(0), currency: '' };
  const brand = await brandLoader(context).load(brandId);
  const currency = brand?.currency ?? '';
  const { limits } = context.config;
  const refusal = checkCondition(where, { limits, currency }, ['filter', 'where']);
  if (refusal !== null) {
    throw new RequestError(
      'BAD_USER_INPUT',
      `${(refusal.field ?? []).join('.')}: ${refusal.message}`,
    );
  }
  if (!moves(where)) return { now: new Date(0), currency };
  return { now: await momentOf(context), currency };
}

/** The keys a filter names; null among them is one no customer can have. */
function keysOf({ email, externalId }: CustomerFilter): (CustomerKey | null)[] {
  return [
    ...(typeof email === 'string' ? [readCustomerBy({ email })] : []),
    ...(typeof externalId === 'string' ? [readCustomerBy({ externalId })] : []),
  ];
}
