import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const states = {
  ACTIVE: 'Events are sent to it.',
  PAUSED: 'The brand switched it off; nothing is sent.',
  FAILED:
    'Every attempt of some days has failed, so nothing is sent any more until it is activated.',
  GONE: 'It answered 410, so nothing is sent any more until it is activated.',
  DELETED: 'The brand took it away; kept for the history of its deliveries.',
} as const;

export type WebhookEndpointState = keyof typeof states;

const WebhookEndpointStateEnum = enumOf<WebhookEndpointState>(
  'WebhookEndpointState',
  'Whether events are sent to an endpoint, and why not.',
  states,
);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'An address of a brand that is told of what happens, by signed HTTPS requests.',
})
export class WebhookEndpoint extends Node {
  @Field(() => String, { description: 'Where requests are sent.' })
  url!: string;

  @Field(() => [String], { description: 'What it is told of; `*` is everything.' })
  topics!: string[];

  @Field(() => String, { nullable: true, description: 'What the brand says it is for.' })
  description!: string | null;

  @Field(() => WebhookEndpointStateEnum, { description: 'Whether events are sent, and why not.' })
  state!: WebhookEndpointState;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When its secret was last changed; the one before signs beside it for a day. Null when never.',
  })
  secretRotatedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when every attempt has failed; null while the last one succeeded.',
  })
  failingSince!: Date | null;

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the brand, or a failure, last changed it.' })
  updatedAt!: Date;
}

export const { Connection: WebhookEndpointConnection } = connectionTypes(
  WebhookEndpoint,
  'WebhookEndpoint',
);
