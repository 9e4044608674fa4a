import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, JSONObject } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const states = {
  PENDING: 'It waits to be sent, for the first time or again.',
  DELIVERED: 'The endpoint answered with a status from 200 to 299.',
  FAILED: 'It is not tried any more; `replayWebhook` sends it again.',
} as const;

export type WebhookDeliveryState = keyof typeof states;

const failures = {
  STATUS: 'The endpoint answered with a status outside 200 to 299; redirects are not followed.',
  TIMEOUT: 'The endpoint did not answer in time.',
  UNREACHABLE: 'No connection, no such name, or no valid certificate.',
  ADDRESS_REFUSED: 'The name leads to an address that is not public.',
  ENDPOINT_INACTIVE: 'The endpoint was paused, failed, gone or deleted before it could be sent.',
} as const;

export type WebhookFailure = keyof typeof failures;

export const WebhookDeliveryStateEnum = enumOf<WebhookDeliveryState>(
  'WebhookDeliveryState',
  'Where a delivery stands.',
  states,
);

const WebhookFailureEnum = enumOf<WebhookFailure>(
  'WebhookFailure',
  'Why the last attempt did not deliver.',
  failures,
);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'One event on its way to one endpoint. Its id is the `webhook-id` of every attempt.',
})
export class WebhookDelivery extends Node {
  @Field(() => String, { description: 'What happened.' })
  topic!: string;

  @Field(() => ID, { nullable: true, description: 'The customer it happened to, if any.' })
  customerId!: string | null;

  @Field(() => JSONObject, { description: 'What the event says beside brand and customer.' })
  payload!: Record<string, unknown>;

  @Field(() => DateTime, { description: 'When it happened.' })
  happenedAt!: Date;

  @Field(() => WebhookDeliveryStateEnum, { description: 'Where it stands.' })
  state!: WebhookDeliveryState;

  @Field(() => Int, { description: 'How often it was tried since it was last asked for.' })
  attempts!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it is tried next, at the earliest; null unless it is pending.',
  })
  nextAttemptAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last tried.' })
  lastAttemptAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'The HTTP status of the last answer, if any.' })
  lastStatus!: number | null;

  @Field(() => WebhookFailureEnum, {
    nullable: true,
    description: 'Why the last attempt failed; null when it did not.',
  })
  failure!: WebhookFailure | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was delivered.' })
  deliveredAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was queued for this endpoint.' })
  createdAt!: Date;
}

export const { Connection: WebhookDeliveryConnection } = connectionTypes(
  WebhookDelivery,
  'WebhookDelivery',
);
