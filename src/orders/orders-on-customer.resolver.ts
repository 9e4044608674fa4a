import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Customer, type CustomerEntity } from '../customers';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { readOrderPage } from './order.loader';
import { OrderConnection, type Order } from './order.type';

@Resolver(() => Customer)
export class OrdersOnCustomer {
  @FieldResolver(() => OrderConnection, {
    description:
      "The customer's orders, newest first: to a brand its own, to the customer those of all brands.",
  })
  orders(
    @Root() customer: CustomerEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<Order>> {
    return readOrderPage(context, customer.uuid, args);
  }
}
