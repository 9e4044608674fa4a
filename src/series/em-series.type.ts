import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';

export const EmSeriesState = { ACTIVE: 'ACTIVE', PAUSED: 'PAUSED', ENDED: 'ENDED' } as const;

export type EmSeriesStateName = keyof typeof EmSeriesState;

registerEnumType(EmSeriesState, {
  name: 'EmSeriesState',
  description: 'Whether a series goes out.',
  valuesConfig: {
    ACTIVE: { description: 'Its next item is told for every customer.' },
    PAUSED: { description: 'Nothing goes out for now.' },
    ENDED: { description: 'Nothing goes out any more, for good.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A series of ems: short mails in a fixed order, one a day at the same local time.',
})
export class EmSeries extends Node {
  @Field(() => String, { description: 'Its id in the brand’s own systems; once per brand.' })
  externalId!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'When an item is sent, in the customer’s zone, as 07:00.' })
  dailySlot!: string;

  @Field(() => EmSeriesState, { description: 'Whether it goes out.' })
  state!: EmSeriesStateName;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;
}
