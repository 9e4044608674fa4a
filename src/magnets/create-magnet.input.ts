import { Directive, Field, ID, InputType, Int } from 'type-graphql';
import { DateTime, Mu } from '../platform/graphql/scalars';
import type { MagnetDraft } from './create-magnet.request';

@InputType({ description: 'A question of a quiz.' })
class QuizQuestionInput {
  @Field(() => String, { description: 'The question, one line.' })
  text!: string;

  @Field(() => [String], { description: 'From 2 to 20 options, none twice.' })
  options!: string[];

  @Field(() => Int, { description: 'Place of the right option, from 0.' })
  right!: number;
}

@InputType({ description: 'A quiz.' })
class QuizInput {
  @Field(() => [QuizQuestionInput], { description: 'From 1 to 10 questions.' })
  questions!: QuizQuestionInput[];

  @Field(() => Mu, { description: 'What each right answer pays; 0 for nothing.' })
  muPerRight!: number;
}

@InputType({ description: 'A poll.' })
class PollInput {
  @Field(() => String, { description: 'The question, one line.' })
  question!: string;

  @Field(() => [String], { description: 'From 2 to 20 options, none twice.' })
  options!: string[];

  @Field(() => Mu, { description: 'What a vote pays; 0 for nothing.' })
  mu!: number;
}

@InputType({ description: 'A prediction.' })
class PredictionInput {
  @Field(() => String, { description: 'The question, one line.' })
  question!: string;

  @Field(() => [String], { description: 'From 2 to 20 options, none twice.' })
  options!: string[];

  @Field(() => Mu, { description: 'What an answer pays at once; 0 for nothing.' })
  muForAnswering!: number;

  @Field(() => Mu, {
    description:
      'What a right answer without a stake pays when it is resolved; set aside for each answer.',
  })
  muForRight!: number;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Whether customers who confirmed who they are may put Mu of their own on an answer.',
  })
  allowsStake?: boolean | null;
}

@InputType({ description: 'A question for feedback.' })
class FeedbackInput {
  @Field(() => String, { description: 'The question, one line.' })
  question!: string;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 5,
    description: 'Scores are from 1 to this, which is from 2 to 100.',
  })
  highestScore?: number | null;

  @Field(() => Mu, { description: 'What an answer pays; 0 for nothing.' })
  mu!: number;
}

@InputType({ description: 'A question about the customer.' })
class PreferenceInput {
  @Field(() => String, { description: 'The question, one line.' })
  question!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'From 2 to 20 options, none twice; left out where the answer is a text.',
  })
  options?: string[] | null;

  @Field(() => Mu, { description: 'What an answer pays; 0 for nothing.' })
  mu!: number;

  @Field(() => String, { description: 'What you use the answer for.' })
  purpose!: string;

  @Field(() => String, { description: 'What the customer is shown and agrees to by answering.' })
  consentText!: string;

  @Field(() => String, { description: 'Your version of that text.' })
  consentVersion!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Days after which it may be answered again, and pays again; never when left out.',
  })
  reaskAfterDays?: number | null;
}

@Directive('@oneOf')
@InputType({ description: 'What is asked, and what it pays: exactly one kind.' })
class MagnetContentInput {
  @Field(() => QuizInput, { nullable: true, description: 'Questions with right answers.' })
  quiz?: QuizInput | null;

  @Field(() => PollInput, { nullable: true, description: 'A question of opinion.' })
  poll?: PollInput | null;

  @Field(() => PredictionInput, { nullable: true, description: 'A question about what will be.' })
  prediction?: PredictionInput | null;

  @Field(() => FeedbackInput, { nullable: true, description: 'A score and a sentence.' })
  feedback?: FeedbackInput | null;

  @Field(() => PreferenceInput, { nullable: true, description: 'A question about the customer.' })
  preference?: PreferenceInput | null;
}

@InputType({ description: 'A magnet to be published.' })
export class CreateMagnetInput implements MagnetDraft {
  @Field(() => String, { description: 'Its id in your systems; taken once.' })
  externalId!: string;

  @Field(() => String, { description: 'What it is called; shown on the customer’s statement.' })
  title!: string;

  @Field(() => MagnetContentInput, { description: 'What is asked, and what it pays.' })
  content!: MagnetContentInput;

  @Field(() => ID, {
    nullable: true,
    description: 'The message it is in, `msg_…`, whose offer then pays; else the budget pays.',
  })
  messageId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'It takes no answers before.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'It takes no answers from then on.' })
  endsAt?: Date | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}
