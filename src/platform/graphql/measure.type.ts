import { Field, InterfaceType, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'The time a measure is about: from its first instant to just before its last.',
})
export class MeasureWindow {
  @Field(() => Date, {
    nullable: true,
    description: 'The first instant; null for all time before.',
  })
  from!: Date | null;

  @Field(() => Date, { description: 'The instant it ends before.' })
  until!: Date;
}

/** What every measure says of itself, so that two figures can be compared or must not be. */
@InterfaceType({
  description: 'A figure that was measured: as of when, about which time, and by which definition.',
})
export abstract class Measure {
  @Field(() => Date, { description: 'What had happened until this instant is counted.' })
  asOf!: Date;

  @Field(() => MeasureWindow, { description: 'The time it is about.' })
  window!: MeasureWindow;

  @Field(() => String, {
    description: 'The definition it was made by; figures of two versions are not comparable.',
  })
  modelVersion!: string;
}
