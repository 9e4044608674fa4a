import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from 'type-graphql';
import { Customer, type CustomerEntity } from '../customers';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { Channel, type ChannelName } from './channel';
import { readDeliveryPage } from './delivery.loader';
import { MessageDeliveryConnection, type MessageDelivery } from './delivery.type';

@ArgsType()
class MessagesArgs extends PageArgs {
  @Field(() => Channel, { nullable: true, description: 'Only messages of this channel.' })
  channel?: ChannelName | null;
}

@Resolver(() => Customer)
export class MessagesOnCustomer {
  @FieldResolver(() => MessageDeliveryConnection, {
    description:
      'What was delivered to the customer, newest first: to a brand its own messages, to the ' +
      'customer those of all brands.',
  })
  messages(
    @Root() customer: CustomerEntity,
    @Args(() => MessagesArgs) args: MessagesArgs,
    @Ctx() context: Context,
  ): Promise<Connection<MessageDelivery>> {
    return readDeliveryPage(context, customer.uuid, args, args.channel ?? null);
  }
}
