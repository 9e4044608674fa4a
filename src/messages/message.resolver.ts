import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import type { MessageEntity } from './message.entity';
import { messageId } from './message.id';
import { messageLoader } from './message.loader';
import { Message } from './message.type';

@Resolver(() => Message)
export class MessageResolver {
  @Allow({ platform: true, brand: 'mu:read', customer: true })
  @Query(() => Message, {
    nullable: true,
    description:
      "A message by its id: a brand's own, or one that was delivered to the customer who asks. " +
      'Null for any other.',
  })
  async message(
    @Arg('id', () => ID, { description: 'Global id, `msg_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Message | null> {
    const uuid = messageId.decode(id);
    return uuid === null ? null : messageLoader(context).load(uuid);
  }

  @FieldResolver(() => Brand, { description: 'The brand that sends it.' })
  async brand(@Root() message: MessageEntity, @Ctx() context: Context): Promise<Brand> {
    const brand = await brandLoader(context).load(message.brandUuid);
    if (brand === null) throw new Error('a message whose brand cannot be seen');
    return brand;
  }
}
