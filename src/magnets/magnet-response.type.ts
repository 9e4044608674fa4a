import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const outcomes = {
  PENDING: 'Not resolved, or not settled yet.',
  RIGHT: 'It came true.',
  WRONG: 'It did not come true.',
  VOID: 'The prediction was called off; a stake went back.',
} as const;

export type PredictionOutcome = keyof typeof outcomes;

export const PredictionOutcomeEnum = enumOf(
  'PredictionOutcome',
  'What became of an answer to a prediction.',
  outcomes,
);

@ObjectType({
  simpleResolvers: true,
  description: 'What a customer agreed to by answering a question about themselves.',
})
export class ConsentReceipt {
  @Field(() => String, { description: 'What the brand uses the answer for.' })
  purpose!: string;

  @Field(() => String, { description: 'The text the customer was shown.' })
  text!: string;

  @Field(() => String, { description: 'Version of that text.' })
  version!: string;

  @Field(() => DateTime, { description: 'When the customer agreed.' })
  givenAt!: Date;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'What a customer answered to a magnet, and what it paid.',
})
export class MagnetResponse extends Node {
  @Field(() => Int, { nullable: true, description: 'Of a quiz: how many answers are right.' })
  right!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of a quiz: how many questions it had.' })
  of!: number | null;

  @Field(() => Mu, { description: 'What it paid at once.' })
  mu!: number;

  @Field(() => Mu, { description: 'Mu the customer put on a prediction.' })
  stakeMu!: number;

  @Field(() => Mu, { description: 'What came back when the prediction was settled.' })
  payoutMu!: number;

  @Field(() => PredictionOutcomeEnum, {
    nullable: true,
    description: 'What became of a prediction; null for other magnets.',
  })
  outcome!: PredictionOutcome | null;

  @Field(() => DateTime, { description: 'When it was answered.' })
  answeredAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the customer withdrew the answer; it is gone since.',
  })
  withdrawnAt!: Date | null;
}

export const { Connection: MagnetResponseConnection } = connectionTypes(
  MagnetResponse,
  'MagnetResponse',
);
