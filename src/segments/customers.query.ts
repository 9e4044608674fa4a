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
import { EmailAddress } from '../platform/graphql/scalars';
import { customerListSql, type AfterCustomer } from './customer-list.sql';
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
    description: "The brand's customers, the newest relationship first.",
  })
  @Allow({ brand: 'mu:read' })
  async customers(
    @Args(() => CustomersArgs) args: CustomersArgs,
    @Ctx() context: Context,
  ): Promise<Connection<CustomerEntity>> {
    const page = readPage(args, context.config.limits, cursorKinds);
    const rows = await listCustomers(context, page, args.filter ?? {});
    return toConnection(rows, page, (customer) => [
      (customer.createdAt as Date).toISOString(),
      customer.uuid,
    ]);
  }
}

async function listCustomers(
  context: Context,
  page: Page<AfterCustomer>,
  filter: CustomerFilter,
): Promise<CustomerEntity[]> {
  const keys = keysOf(filter);
  const brandId = brandOf(context.caller) as string;
  const where = filter.where == null ? null : plainCondition(filter.where);
  const setting = await settingOf(context, brandId, where);
  const segment = filter.segment == null ? null : segmentId.decode(filter.segment);
  if (keys.includes(null) || (filter.segment != null && segment === null)) return [];
  const { text, values } = customerListSql({
    brandId,
    page,
    keys: keys as CustomerKey[],
    createdAfter: filter.createdAfter ?? null,
    segment,
    where,
    ...setting,
  });
  const rows = await context.reads.query(text, values);
  return rows.map((row) => CustomerEntity.ofRelationship(row));
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
  const [row] = await context.reads.query<{ now: Date }>('SELECT now() AS now');
  return { now: context.clock.now((row as { now: Date }).now), currency };
}

/** The keys a filter names; null among them is one no customer can have. */
function keysOf({ email, externalId }: CustomerFilter): (CustomerKey | null)[] {
  return [
    ...(typeof email === 'string' ? [readCustomerBy({ email })] : []),
    ...(typeof externalId === 'string' ? [readCustomerBy({ externalId })] : []),
  ];
}
