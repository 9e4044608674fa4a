import { Args, ArgsType, Ctx, Field, InputType, Query, Resolver } from 'type-graphql';
import { brandOf } from '../platform/auth/caller';
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
import { readCustomerBy, type CustomerKey } from './customer-by';
import { CustomerEntity } from './customer.entity';
import { relationshipColumns } from './customer.loader';
import { CustomerConnection } from './customer.type';

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

type After = [time: string, uuid: string];

async function listCustomers(
  context: Context,
  page: Page<After>,
  filter: CustomerFilter,
): Promise<CustomerEntity[]> {
  const keys = keysOf(filter);
  if (keys.includes(null)) return [];
  const { text, values } = statement(
    brandOf(context.caller) as string,
    page,
    keys as CustomerKey[],
    filter.createdAfter ?? null,
  );
  const rows = await context.reads.query(text, values);
  return rows.map((row) => CustomerEntity.ofRelationship(row));
}

/** The keys a filter names; null among them is one no customer can have. */
function keysOf({ email, externalId }: CustomerFilter): (CustomerKey | null)[] {
  return [
    ...(typeof email === 'string' ? [readCustomerBy({ email })] : []),
    ...(typeof externalId === 'string' ? [readCustomerBy({ externalId })] : []),
  ];
}

/** Whoever was merged into another is listed as that one. */
const notMerged = `NOT EXISTS (
  SELECT FROM customers m WHERE m.id = r.customer_id AND m.merged_into IS NOT NULL)`;

/** A handful of constant texts, one for each set of conditions, so that each gets its own plan. */
function statement(
  brandId: string,
  { first, after }: Page<After>,
  keys: readonly CustomerKey[],
  createdAfter: Date | null,
): { text: string; values: unknown[] } {
  const values: unknown[] = [brandId, first + 1];
  const value = (of: unknown): string => `$${values.push(of)}`;
  const conditions = ['r.brand_id = $1', notMerged];
  for (const key of keys) {
    const condition =
      key.kind === 'EXTERNAL_ID'
        ? `r.external_id = ${value(key.value)}`
        : `r.customer_id = (SELECT i.customer_id FROM brand_identities i
            WHERE i.brand_id = $1 AND i.kind = 'EMAIL' AND i.value = ${value(key.value)})`;
    conditions.push(condition);
  }
  if (createdAfter !== null) conditions.push(`r.created_at > ${value(createdAfter)}`);
  if (after !== null) {
    const [time, uuid] = after;
    conditions.push(`(r.created_at, r.customer_id) < (${value(time)}, ${value(uuid)})`);
  }
  const text = `
    SELECT ${relationshipColumns} FROM relationships r
    WHERE ${conditions.join(' AND ')}
    ORDER BY r.created_at DESC, r.customer_id DESC LIMIT $2`;
  return { text, values };
}
