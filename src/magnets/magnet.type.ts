import { Directive, Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const states = {
  OPEN: 'It takes answers, from `startsAt` to `endsAt` where it has them.',
  CLOSED: 'The brand has closed it; it takes no answers.',
  RESOLVED: 'A prediction whose outcome is known; what it pays is being paid, or was.',
  VOID: 'A prediction called off; stakes go back, or have gone.',
} as const;

export type MagnetState = keyof typeof states;

export const MagnetStateEnum = enumOf('MagnetState', 'Where a magnet stands.', states);

@InterfaceType({
  implements: Node,
  description:
    'Something short a customer answers for Mu: a quiz, a poll, a prediction, feedback, or a question ' +
    'about themselves. Never changed once it is published.',
})
export abstract class Magnet extends Node {
  @Field(() => String, { description: "Its id in the brand's own systems." })
  externalId!: string;

  @Field(() => String, { description: 'What it is called; shown on the customer’s statement.' })
  title!: string;

  @Field(() => MagnetStateEnum, { description: 'Where it stands.' })
  state!: MagnetState;

  @Field(() => DateTime, { nullable: true, description: 'It takes no answers before.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'It takes no answers from then on.' })
  endsAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was published.' })
  createdAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A question of a quiz.' })
export class QuizQuestion {
  @Field(() => String, { description: 'The question.' })
  text!: string;

  @Field(() => [String], { description: 'What can be answered; answers name the place, from 0.' })
  options!: string[];

  @Field(() => Int, {
    nullable: true,
    description: 'The right option; null for a customer who has not answered.',
  })
  right!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'How many chose an option.' })
export class OptionCount {
  @Field(() => Int, { description: 'Place of the option, from 0.' })
  option!: number;

  @Field(() => String, { description: 'The option.' })
  text!: string;

  @Field(() => Int, { description: 'How many customers chose it.' })
  responses!: number;

  @Field(() => Mu, { description: 'Mu that customers put on it; 0 but for predictions.' })
  stakeMu!: number;
}

@ObjectType({ simpleResolvers: true, description: 'How many gave a score.' })
export class ScoreCount {
  @Field(() => Int, { description: 'The score.' })
  score!: number;

  @Field(() => Int, { description: 'How many customers gave it.' })
  responses!: number;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Magnet,
  simpleResolvers: true,
  description: 'Questions with right answers; each right one pays.',
})
export class QuizMagnet extends Magnet {
  @Field(() => Mu, { description: 'What each right answer pays.' })
  muPerRight!: number;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Magnet,
  simpleResolvers: true,
  description: 'One question of opinion; a vote pays, and shows what others chose.',
})
export class PollMagnet extends Magnet {
  @Field(() => String, { description: 'The question.' })
  question!: string;

  @Field(() => [String], { description: 'What can be chosen; answers name the place, from 0.' })
  options!: string[];

  @Field(() => Mu, { description: 'What a vote pays.' })
  mu!: number;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Magnet,
  simpleResolvers: true,
  description: 'A question about what will be: answered now, resolved by the brand later.',
})
export class PredictionMagnet extends Magnet {
  @Field(() => String, { description: 'The question.' })
  question!: string;

  @Field(() => [String], { description: 'What can be foretold; answers name the place, from 0.' })
  options!: string[];

  @Field(() => Mu, { description: 'What an answer pays at once.' })
  muForAnswering!: number;

  @Field(() => Mu, { description: 'What a right answer without a stake pays when it is resolved.' })
  muForRight!: number;

  @Field(() => Boolean, { description: 'Whether customers may put Mu of their own on an answer.' })
  allowsStake!: boolean;

  @Field(() => Int, { nullable: true, description: 'The option that came true.' })
  winningOption!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was resolved or called off.' })
  resolvedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the last response was settled.' })
  settledAt!: Date | null;

  @Field(() => Mu, {
    nullable: true,
    description:
      'Mu of the stakes that was no whole share and went to the brand’s budget; null until settled.',
  })
  remainderMu!: number | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Magnet,
  simpleResolvers: true,
  description: 'A score and, if the customer likes, a sentence.',
})
export class FeedbackMagnet extends Magnet {
  @Field(() => String, { description: 'The question.' })
  question!: string;

  @Field(() => Int, { description: 'Scores are from 1 to this.' })
  highestScore!: number;

  @Field(() => Mu, { description: 'What an answer pays.' })
  mu!: number;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Magnet,
  simpleResolvers: true,
  description:
    'A question about the customer, who answers for a price and a purpose, and can withdraw the answer.',
})
export class PreferenceMagnet extends Magnet {
  @Field(() => String, { description: 'The question.' })
  question!: string;

  @Field(() => [String], {
    description: 'What can be answered, by its place from 0; empty where the answer is a text.',
  })
  options!: string[];

  @Field(() => Mu, { description: 'What an answer pays.' })
  mu!: number;

  @Field(() => String, { description: 'What the brand uses the answer for.' })
  purpose!: string;

  @Field(() => String, { description: 'What the customer is shown and agrees to by answering.' })
  consentText!: string;

  @Field(() => String, { description: 'Version of that text.' })
  consentVersion!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'After so many days it may be answered, and is paid, again; never when null.',
  })
  reaskAfterDays!: number | null;
}

export const { Connection: MagnetConnection } = connectionTypes<Magnet>(Magnet as never, 'Magnet');
