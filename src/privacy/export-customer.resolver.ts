import { Arg, Args, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { CustomerBy, customerByKeyLoader, customerLoader, readCustomerBy } from '../customers';
import { Allow } from '../platform/graphql/access';
import {
  connectionTypes,
  PageArgs,
  readPage,
  toConnection,
  type Connection,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { JSONObject } from '../platform/graphql/scalars';

@ObjectType({ simpleResolvers: true, description: 'One row that is about a customer.' })
export class ExportedRow {
  @Field(() => String, { description: 'The table it is in; tables come in alphabetical order.' })
  table!: string;

  @Field(() => JSONObject, {
    description: 'Every column as it is stored, amounts in the smallest unit, moments in UTC.',
  })
  row!: Record<string, unknown>;
}

const { Connection: ExportedRowConnection } = connectionTypes(ExportedRow, 'ExportedRow');
export { ExportedRowConnection };

interface Line extends ExportedRow {
  key: string;
}

const exportSql = `
  SELECT x.tab AS table, x.key, x.line AS row
  FROM export_rows($1::uuid, $2::uuid, $3, $4, $5) x`;

@Resolver()
export class ExportCustomerResolver {
  @Allow({ brand: 'mu:read', customer: true })
  @Query(() => ExportedRowConnection, {
    nullable: true,
    description:
      'Everything kept about one customer, row by row, as a machine reads it: for a brand what is its own, ' +
      'for the person themselves with every brand. Null when unknown to the caller.',
  })
  async exportCustomer(
    @Arg('customer', () => CustomerBy, {
      nullable: true,
      description: 'Who: a brand must say; a customer means themselves and leaves it out.',
    })
    by: CustomerBy | null,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ExportedRow> | null> {
    const { caller } = context;
    const page = readPage(args, context.config.limits, ['name', 'text']);
    const key = by == null ? null : readCustomerBy(by);
    const own = caller.kind === 'customer' ? caller.customerId : null;
    if (own !== null && by != null && (key?.kind !== 'ID' || key.value !== own)) return null;
    if (own === null && key === null) return null;
    const customer =
      own !== null
        ? await customerLoader(context).load(own)
        : await customerByKeyLoader(context).load(key as NonNullable<typeof key>);
    if (customer === null) return null;
    const brand = caller.kind === 'brand' ? caller.brandId : null;
    const lines = await context.reads.query<Line>(exportSql, [
      customer.uuid,
      brand,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.first + 1,
    ]);
    return toConnection(lines, page, (line) => [line.table, line.key]);
  }
}
