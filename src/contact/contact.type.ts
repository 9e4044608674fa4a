import { Field, Int, ObjectType } from 'type-graphql';
import { ConsentPurposeEnum, type ConsentPurpose } from '../customers';
import { Channel, type ChannelName } from '../messages';
import { enumOf } from '../platform/graphql/described-enum';
import { DateTime } from '../platform/graphql/scalars';
import { contactReasons, type ContactReasonName, type Verdict } from './verdict';

export const ContactReasonEnum = enumOf(
  'ContactReasonCode',
  'What stands against a message to a customer.',
  contactReasons,
);

@ObjectType({ simpleResolvers: true, description: 'One thing that stands against a message.' })
export class ContactReason {
  @Field(() => ContactReasonEnum, { description: 'What it is.' })
  code!: ContactReasonName;

  @Field(() => ConsentPurposeEnum, {
    nullable: true,
    description: 'What consent is missing for; null for other reasons.',
  })
  purpose!: ConsentPurpose | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it no longer stands against it; null for what time alone does not change.',
  })
  until!: Date | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Whether a brand may send a customer a message, why not, and from when on it may.',
})
export class ContactVerdict implements Verdict {
  @Field(() => Channel, { description: 'The channel that was asked about.' })
  channel!: ChannelName;

  @Field(() => DateTime, { description: 'The moment that was asked about.' })
  at!: Date;

  @Field(() => Boolean, { description: 'Whether it may be sent then.' })
  allowed!: boolean;

  @Field(() => [ContactReason], {
    description: 'All that stands against it, what lasts first; empty when it may be sent.',
  })
  reasons!: ContactReason[];

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The first moment from `at` on at which it may be sent, if nothing else is sent meanwhile; null ' +
      'while something lasting stands against it.',
  })
  allowedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The first such moment in the hour the customer likes best on the channel; null where they named none.',
  })
  preferredAt!: Date | null;
}

const preferences = {
  ALLOWED: 'The customer wants messages on the channel.',
  DENIED: 'The customer wants none on the channel.',
} as const;

export type ChannelPreferenceName = keyof typeof preferences;

export const ChannelPreferenceEnum = enumOf(
  'ChannelPreference',
  'What a customer says of a channel.',
  preferences,
);

@ObjectType({
  simpleResolvers: true,
  description: 'How a brand stands with a customer on a channel that goes out to them.',
})
export class ChannelStanding {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: ChannelName;

  @Field(() => ChannelPreferenceEnum, {
    nullable: true,
    description: 'What the customer said of it; null for nothing.',
  })
  preference!: ChannelPreferenceName | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The hour of their day they like messages best, 0 to 23; null for none.',
  })
  preferredHour!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether the brand has something to send to: an address, a number, or, for PUSH, the word ALLOWED.',
  })
  hasAddress!: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a message to the present address bounced; null unless it still counts.',
  })
  bouncedAt!: Date | null;

  @Field(() => Boolean, {
    description:
      'Whether a message would arrive: there is an address that works, and no word against it.',
  })
  deliverable!: boolean;
}

@ObjectType('QuietHours', {
  simpleResolvers: true,
  description: 'A time of day at which nothing is sent, by the clock where the customer is.',
})
export class QuietHoursView {
  @Field(() => String, { description: 'When it begins, such as 22:00.' })
  from!: string;

  @Field(() => String, {
    description: 'When it is over, such as 08:00; the same time as `from` means never quiet.',
  })
  until!: string;
}

@ObjectType('FrequencyCap', {
  simpleResolvers: true,
  description: 'How many messages may reach a customer. Notices (kind NOTIFY) count for nothing.',
})
export class FrequencyCapView {
  @Field(() => Channel, { nullable: true, description: 'The channel; null for all together.' })
  channel!: ChannelName | null;

  @Field(() => Int, {
    nullable: true,
    description: 'In any 24 hours; null for no matter how many.',
  })
  perDay!: number | null;

  @Field(() => Int, { nullable: true, description: 'In any 7 days; null for no matter how many.' })
  perWeek!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'When and how often a brand writes to any of its customers.',
})
export class FrequencyPolicy {
  @Field(() => QuietHoursView, {
    nullable: true,
    description:
      'When it leaves customers alone who have no quiet hours of their own; null for never.',
  })
  quietHours!: QuietHoursView | null;

  @Field(() => [FrequencyCapView], {
    description: 'Its caps; a message must be within all of them.',
  })
  caps!: FrequencyCapView[];

  @Field(() => DateTime, { description: 'When it was set.' })
  updatedAt!: Date;
}
