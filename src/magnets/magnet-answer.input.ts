import { Directive, Field, InputType, Int } from 'type-graphql';
import { Mu } from '../platform/graphql/scalars';
import type { MagnetAnswer } from './magnet-content';

@InputType({ description: 'An answer to a prediction.' })
class PredictionAnswerInput {
  @Field(() => Int, { description: 'Place of the option, from 0.' })
  choice!: number;

  @Field(() => Mu, {
    nullable: true,
    description: 'Mu of the customer’s own on it, from 1 to 100, where the magnet allows it.',
  })
  stakeMu?: number | null;
}

@InputType({ description: 'Feedback.' })
class FeedbackAnswerInput {
  @Field(() => Int, { description: 'From 1 to the magnet’s highest score.' })
  score!: number;

  @Field(() => String, { nullable: true, description: 'One line in the customer’s own words.' })
  text?: string | null;
}

@Directive('@oneOf')
@InputType({ description: 'An answer to a question about the customer, as the magnet asks it.' })
class PreferenceAnswerInput {
  @Field(() => Int, { nullable: true, description: 'Place of the option, from 0.' })
  choice?: number | null;

  @Field(() => String, { nullable: true, description: 'One line, where there are no options.' })
  text?: string | null;
}

@Directive('@oneOf')
@InputType({ description: 'An answer: exactly the field of the magnet’s kind.' })
export class MagnetAnswerInput implements MagnetAnswer {
  @Field(() => [Int], {
    nullable: true,
    description: 'Places of the chosen options, from 0, one for each question in their order.',
  })
  quiz?: number[] | null;

  @Field(() => Int, { nullable: true, description: 'Place of the chosen option, from 0.' })
  poll?: number | null;

  @Field(() => PredictionAnswerInput, { nullable: true, description: 'What is foretold.' })
  prediction?: PredictionAnswerInput | null;

  @Field(() => FeedbackAnswerInput, { nullable: true, description: 'A score and a sentence.' })
  feedback?: FeedbackAnswerInput | null;

  @Field(() => PreferenceAnswerInput, { nullable: true, description: 'About the customer.' })
  preference?: PreferenceAnswerInput | null;
}
