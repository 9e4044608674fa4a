import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';
import { Channel } from '../messages';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import { AttentionActionEnum, type AttentionAction } from './action';
import { FunnelStage, type FunnelStageName } from './funnel-stage';

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Something a customer did: opened, clicked, answered, scanned, visited.',
})
export class AttentionEvent extends Node {
  @Field(() => AttentionActionEnum, { description: 'What they did.' })
  action!: AttentionAction;

  @Field(() => String, {
    nullable: true,
    description: 'Which of the brand’s own actions it was, for the action CUSTOM.',
  })
  customAction!: string | null;

  @Field(() => FunnelStage, {
    nullable: true,
    description: 'How far along the customer was, as the sender says.',
  })
  stage!: FunnelStageName | null;

  @Field(() => Channel, { nullable: true, description: 'Where they did it, when known.' })
  channel!: string | null;

  @Field(() => Float, {
    description:
      'How sure we are that a person did it, 0 to 1: 0 a machine, 0.5 an unclassified open, 1 verified. ' +
      'A later verified action on the same message raises an open.',
  })
  confidence!: number;

  @Field(() => Boolean, { description: 'Whether a machine fetched the message, not a person.' })
  machineOpen!: boolean;

  @Field(() => Boolean, {
    description: 'Whether it repeats something already paid; stored, but pays nothing.',
  })
  duplicate!: boolean;

  @Field(() => Int, { nullable: true, description: 'How long it took, in milliseconds.' })
  durationMs!: number | null;

  @Field(() => DateTime, { description: 'When it happened, as its sender claims.' })
  occurredAt!: Date;

  @Field(() => DateTime, { description: 'When we stored it.' })
  recordedAt!: Date;
}

export const { Connection: AttentionEventConnection } = connectionTypes(
  AttentionEvent,
  'AttentionEvent',
);
