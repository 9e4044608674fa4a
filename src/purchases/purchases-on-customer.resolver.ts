import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Customer, type CustomerEntity } from '../customers';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { readPurchasePage } from './purchase.loader';
import { PurchaseConnection, type Purchase } from './purchase.type';

@Resolver(() => Customer)
export class PurchasesOnCustomer {
  @FieldResolver(() => PurchaseConnection, {
    description:
      "The customer's purchases, newest first: to a brand its own, to the customer those of all brands.",
  })
  purchases(
    @Root() customer: CustomerEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<Purchase>> {
    return readPurchasePage(context, customer.uuid, args);
  }
}
