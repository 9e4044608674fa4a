import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { deliveryId } from '../messages';
import { Micron, micronLoader } from '../micronbox';
import type { Announced } from '../platform/database/outbox-feed';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { DateTime } from '../platform/graphql/scalars';
import { follow } from './follow';
import { Update } from './updates';

@ObjectType({
  simpleResolvers: true,
  description: 'A micron that has just come into a person’s box.',
})
export class MicronUpdate extends Update {
  @Field(() => DateTime, { description: 'When it came.' })
  override get at(): Date {
    return super.at;
  }

  get micronId(): string {
    return this.payload['deliveryId'] as string;
  }
}

@Resolver(() => MicronUpdate)
export class MicronOfUpdate {
  @FieldResolver(() => Micron, {
    nullable: true,
    description: 'The micron as it is now; null once it has left the box.',
  })
  async micron(@Root() update: MicronUpdate, @Ctx() context: Context): Promise<Micron | null> {
    const uuid = deliveryId.decode(update.micronId);
    return uuid === null ? null : micronLoader(context).load(uuid);
  }
}

/** To the person alone: a brand knows what it has delivered. */
@Resolver()
export class MicronboxSubscriptions {
  @Allow({ customer: true })
  @Subscription(() => MicronUpdate, {
    description: 'Microns as they come into the box of the person whose token asks.',
    subscribe: follow('micron.arrived'),
  })
  micronArrived(@Root() announced: Announced): MicronUpdate {
    return new MicronUpdate(announced);
  }
}
