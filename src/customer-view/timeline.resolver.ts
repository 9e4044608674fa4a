import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Customer, type CustomerEntity } from '../customers';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { readTimeline, type TimelineEntity } from './timeline.loader';
import { TimelineConnection } from './timeline.type';

@Resolver(() => Customer)
export class TimelineOnCustomer {
  @FieldResolver(() => TimelineConnection, {
    description:
      'Everything that happened, in one stream, newest first: deliveries, attention, lines of the ' +
      'wallet, redemptions, purchases. A brand sees what happened with it, the customer all of it.',
  })
  timeline(
    @Root() customer: CustomerEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<TimelineEntity>> {
    return readTimeline(context, customer.uuid, args);
  }
}
