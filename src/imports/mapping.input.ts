import { Directive, Field, InputType } from 'type-graphql';
import {
  AttentionActionEnum,
  FunnelStage,
  type AttentionAction,
  type FunnelStageName,
} from '../attention';
import { Channel, type ChannelName } from '../messages';
import { enumOf } from '../platform/graphql/described-enum';
import {
  OrderDriver,
  OrderSurface,
  type OrderDriverName,
  type OrderSurfaceName,
} from '../purchases';

const callTypes = {
  TRACK: 'Somebody did something, by its name: `event`.',
  PAGE: 'Somebody looked at a page of a site, by its `name`.',
  SCREEN: 'Somebody looked at a screen of an app, by its `name`.',
  IDENTIFY: 'What the source knows of somebody; has no name.',
} as const;

export type CallTypeName = keyof typeof callTypes;

/** The calls of customer data platforms that can be imported, as a GraphQL enum; values equal names. */
export const EventCallType = enumOf(
  'EventCallType',
  'What a call of a customer data platform is: its `type`.',
  callTypes,
);

const keyKinds = {
  EXTERNAL_ID: 'The id in your own systems.',
  EMAIL: 'An e-mail address.',
  PHONE: 'A phone number.',
  DEVICE: 'A device or browser.',
} as const;

export type KeyKindName = keyof typeof keyKinds;

/** What may name the customer of an event, as a GraphQL enum; values equal names. */
export const EventKeyKind = enumOf(
  'EventKeyKind',
  'What a field of an event names a customer by.',
  keyKinds,
);

@InputType({ description: 'A field of an event that says who it was.' })
export class EventCustomerKeyInput {
  @Field(() => EventKeyKind, { description: 'What the field holds.' })
  kind!: KeyKindName;

  @Field(() => [String], {
    description: 'The keys that lead to it, as ["context", "traits", "email"].',
  })
  path!: string[];
}

@InputType({ description: 'An event that is attention.' })
export class EventAttentionInput {
  @Field(() => AttentionActionEnum, { description: 'What the customer did.' })
  action!: AttentionAction;

  @Field(() => String, { nullable: true, description: 'With CUSTOM: which of your own actions.' })
  customAction?: string | null;

  @Field(() => FunnelStage, { nullable: true, description: 'How far along they are.' })
  stage?: FunnelStageName | null;

  @Field(() => Channel, {
    nullable: true,
    description: 'Where it took place, when `channelPath` says nothing.',
  })
  channel?: ChannelName | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Leads to the name of a channel, in any case, such as "email".',
  })
  channelPath?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Leads to your id of the message it is about: its `externalId` here.',
  })
  messagePath?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Leads to how long it took, in milliseconds.',
  })
  durationMsPath?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Names of `properties` that are kept with the event; none when left out.',
  })
  properties?: string[] | null;
}

@InputType({ description: 'An event that is an order.' })
export class EventOrderInput {
  @Field(() => [String], { description: 'Leads to your id of the order.' })
  externalIdPath!: string[];

  @Field(() => [String], {
    description: 'Leads to what it cost in all: a decimal as text, or a number.',
  })
  amountPath!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The currency by its ISO 4217 code, when `currencyPath` says nothing.',
  })
  currency?: string | null;

  @Field(() => [String], { nullable: true, description: 'Leads to the code of the currency.' })
  currencyPath?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Leads to how many things were bought: a number, or the list of lines, whose `quantity` are added ' +
      'up. 1 when left out.',
  })
  itemsPath?: string[] | null;

  @Field(() => OrderSurface, { nullable: true, description: 'Where such orders are made.' })
  surface?: OrderSurfaceName | null;

  @Field(() => OrderDriver, { nullable: true, description: 'What leads to such orders.' })
  driver?: OrderDriverName | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Leads to the campaign it is put down to.',
  })
  campaignPath?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Leads to what the brand itself paid for what it sold.',
  })
  costPath?: string[] | null;
}

@InputType({ description: 'An event that says who a customer is.' })
export class EventIdentifyInput {
  @Field(() => [String], {
    nullable: true,
    description: 'Names of `traits` that are kept with the customer; none when left out.',
  })
  traits?: string[] | null;
}

@Directive('@oneOf')
@InputType({ description: 'What becomes of an event, by exactly one of its fields.' })
export class EventTargetInput {
  @Field(() => EventAttentionInput, {
    nullable: true,
    description: 'It is recorded as `recordAttentionBatch` does.',
  })
  attention?: EventAttentionInput | null;

  @Field(() => EventOrderInput, {
    nullable: true,
    description: 'It is recorded as `recordOrderBatch` does.',
  })
  order?: EventOrderInput | null;

  @Field(() => EventIdentifyInput, {
    nullable: true,
    description:
      'All its keys are told as `identifyCustomer` does, which makes or finds the customer.',
  })
  identify?: EventIdentifyInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'It is counted as ignored and kept nowhere. Say true.',
  })
  nothing?: boolean | null;
}

@InputType({ description: 'What becomes of events of one kind.' })
export class EventRuleInput {
  @Field(() => EventCallType, { description: 'The kind of call.' })
  type!: CallTypeName;

  @Field(() => String, {
    nullable: true,
    description: 'The `event` of TRACK, the `name` of PAGE and SCREEN, exactly; any when left out.',
  })
  event?: string | null;

  @Field(() => EventTargetInput, { description: 'What becomes of them.' })
  becomes!: EventTargetInput;
}

@InputType({ description: 'What events of a source mean here.' })
export class EventMappingInput {
  @Field(() => [EventCustomerKeyInput], {
    description: 'Where to look for who it was; the first that the event has names the customer.',
  })
  customer!: EventCustomerKeyInput[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a customer you have not identified is, by the keys the event has; else the event is ' +
      'refused with NOT_FOUND.',
  })
  createCustomers?: boolean | null;

  @Field(() => [EventRuleInput], {
    description: 'The first that fits an event counts; what none fits is refused with NOT_FOUND.',
  })
  rules!: EventRuleInput[];
}
