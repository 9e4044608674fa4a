import {
  BandCondition,
  BandEnum,
  SegmentationModelEnum,
  type Band,
  type SegmentationModel,
} from '../segments';
import { Directive, Field, InputType, Int, ObjectType } from 'type-graphql';

@InputType({ description: 'A trait and the value it must have.' })
export class TraitEqualsInput {
  @Field(() => String, { description: 'Name of the trait.' })
  name!: string;

  @Field(() => String, {
    description:
      'Its value; a number or boolean as it is written. A trait that is a list needs it among its items.',
  })
  value!: string;
}

@InputType({ description: 'A trait and the values of which it must have one.' })
export class TraitInInput {
  @Field(() => String, { description: 'Name of the trait.' })
  name!: string;

  @Field(() => [String], { description: 'Its values, compared as in `traitEquals`.' })
  values!: string[];
}

@Directive('@oneOf')
@InputType({ description: 'One condition on a customer, by exactly one of its fields.' })
export class EarnAudienceInput {
  @Field(() => String, {
    nullable: true,
    description:
      'They are in the segment of this name: a saved one; or the trait `segment` is it, or the trait ' +
      '`segments` has it among its items.',
  })
  segment?: string | null;

  @Field(() => TraitEqualsInput, { nullable: true, description: 'A trait has this value.' })
  traitEquals?: TraitEqualsInput | null;

  @Field(() => TraitInInput, { nullable: true, description: 'A trait has one of these values.' })
  traitIn?: TraitInInput | null;

  @Field(() => String, { nullable: true, description: 'They have a trait of this name.' })
  traitExists?: string | null;

  @Field(() => BandCondition, {
    nullable: true,
    description: 'A model has put them into one of these bands.',
  })
  band?: BandCondition | null;
}

@InputType({ description: 'A percentage of the amount for the customers of an audience.' })
export class EarnMultiplierInput {
  @Field(() => [EarnAudienceInput], { description: 'Whom it is for; all conditions must hold.' })
  audience!: EarnAudienceInput[];

  @Field(() => Int, {
    description: 'From 1 to 10,000; 250 pays two and a half times the amount, in whole Mu, cut.',
  })
  percent!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A trait and the value it must have.' })
export class TraitEquals {
  @Field(() => String, { description: 'Name of the trait.' })
  name!: string;

  @Field(() => String, { description: 'Its value.' })
  value!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A trait and the values of which it has one.' })
export class TraitIn {
  @Field(() => String, { description: 'Name of the trait.' })
  name!: string;

  @Field(() => [String], { description: 'Its values.' })
  values!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: 'Bands of a model of which they are in one.' })
export class EarnBand {
  @Field(() => SegmentationModelEnum, { description: 'The model.' })
  model!: SegmentationModel;

  @Field(() => [BandEnum], { description: 'The bands.' })
  in!: readonly Band[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'One condition on a customer; exactly one of its fields is set.',
})
export class EarnAudience {
  @Field(() => String, { nullable: true, description: 'They are in this segment.' })
  segment?: string | null;

  @Field(() => TraitEquals, { nullable: true, description: 'A trait has this value.' })
  traitEquals?: TraitEquals | null;

  @Field(() => TraitIn, { nullable: true, description: 'A trait has one of these values.' })
  traitIn?: TraitIn | null;

  @Field(() => String, { nullable: true, description: 'They have a trait of this name.' })
  traitExists?: string | null;

  @Field(() => EarnBand, { nullable: true, description: 'They are in one of these bands.' })
  band?: { model: string; in: readonly string[] } | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A percentage of the amount for the customers of an audience.',
})
export class EarnMultiplier {
  @Field(() => [EarnAudience], { description: 'Whom it is for.' })
  audience!: readonly EarnAudience[];

  @Field(() => Int, { description: 'The percentage; the highest that concerns a customer counts.' })
  percent!: number;
}
