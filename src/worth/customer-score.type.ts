import { Field, Float, ObjectType } from 'type-graphql';
import { ScoreKind, type ScoreKindName } from './score-kind';

@ObjectType({
  simpleResolvers: true,
  description: "What a model of the brand's own says of a customer, and which model it was.",
})
export class CustomerScore {
  @Field(() => ScoreKind, { description: 'What it is about.' })
  kind!: ScoreKindName;

  @Field(() => Float, { description: 'How much; the kind says in what.' })
  value!: number;

  @Field(() => String, { description: 'The model, as the brand calls it.' })
  scorer!: string;

  @Field(() => String, { description: 'Its version, as the brand calls it.' })
  scorerVersion!: string;

  @Field(() => Date, { description: 'When it said so.' })
  scoredAt!: Date;
}
