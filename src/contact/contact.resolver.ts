import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import { BrandRelationship, type RelationshipEntity } from '../customers';
import type { Context } from '../platform/graphql/context';
import { channelsLoader, frequencyPolicyLoader, quietHoursLoader } from './contact.loader';
import { ChannelStanding, FrequencyPolicy, QuietHoursView } from './contact.type';
import { hotlineLoader } from './hotline.loader';
import { Hotline } from './hotline.type';
import { pairName, pairOf } from './pair';

@Resolver(() => BrandRelationship)
export class ChannelsOfRelationship {
  @FieldResolver(() => [ChannelStanding], {
    description:
      'The channels that go out to the customer, and how the brand stands with them there.',
  })
  channels(
    @Root() relationship: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<ChannelStanding[]> {
    return channelsLoader(context).load(pairName(pairOf(relationship)));
  }

  @FieldResolver(() => QuietHoursView, {
    nullable: true,
    description:
      'When the customer is left alone: their own quiet hours, else the brand’s; null for never.',
  })
  quietHours(
    @Root() relationship: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<QuietHoursView | null> {
    return quietHoursLoader(context).load(pairName(pairOf(relationship)));
  }

  @FieldResolver(() => Hotline, {
    nullable: true,
    description:
      'How alive the line to the customer is: whether messages reach them, and whether they answer.',
  })
  hotline(
    @Root() relationship: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<Hotline | null> {
    return hotlineLoader(context).load(pairName(pairOf(relationship)));
  }
}

@Resolver(() => Brand)
export class FrequencyPolicyOfBrand {
  @FieldResolver(() => FrequencyPolicy, {
    nullable: true,
    description:
      'When and how often it writes to its customers; null while it has set nothing. Only the platform and ' +
      'the brand itself see it.',
  })
  async frequencyPolicy(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<FrequencyPolicy | null> {
    if (context.caller.kind !== 'platform' && context.caller.kind !== 'brand') return null;
    return frequencyPolicyLoader(context).load(brand.uuid);
  }
}
