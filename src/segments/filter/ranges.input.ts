import { Field, Float, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars';

@InputType({ description: 'Numbers from one to another, both included.' })
export class NumberRange {
  @Field(() => Float, { nullable: true, description: 'The least.' })
  atLeast?: number | null;

  @Field(() => Float, { nullable: true, description: 'The most.' })
  atMost?: number | null;
}

@InputType({ description: 'Amounts of the brand’s currency from one to another, both included.' })
export class MoneyRange {
  @Field(() => String, { nullable: true, description: 'The least, as a decimal such as "29.33".' })
  atLeast?: string | null;

  @Field(() => String, { nullable: true, description: 'The most, as a decimal.' })
  atMost?: string | null;
}

@InputType({ description: 'When something happened; all that is given must hold.' })
export class MomentRange {
  @Field(() => DateTime, { nullable: true, description: 'At this instant or later.' })
  from?: Date | string | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this instant.' })
  until?: Date | string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'In the last so many days (of 24 hours), from 0 to 36,500.',
  })
  withinDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Longer ago than so many days; it did happen. From 0 to 36,500.',
  })
  longerAgoThanDays?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it ever happened; false stands alone.',
  })
  happened?: boolean | null;
}
