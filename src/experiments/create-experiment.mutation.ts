import {
  Arg,
  Ctx,
  Field,
  Float,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import { DormancyState, type DormancyStateName } from '../attention';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { TraitEqualsInput } from '../rewards';
import { BandCondition } from '../segments';
import { createExperiment, type ExperimentAnswer } from './create-experiment.command';
import { ExperimentOutcome, type OutcomeName } from './experiment-outcome';
import { ExperimentEntity } from './experiment.entity';
import { Experiment } from './experiment.type';

@InputType({ description: 'Whom an experiment is about; all that is given must hold.' })
export class ExperimentAudienceInput {
  @Field(() => [DormancyState], {
    nullable: true,
    description: 'How silent they are when they are put into an arm: one of these.',
  })
  dormancy?: DormancyStateName[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'They are in this saved segment, `seg_…`, when they are put into an arm.',
  })
  segment?: string | null;

  @Field(() => BandCondition, {
    nullable: true,
    description: 'A model has put them into one of these bands by then.',
  })
  band?: BandCondition | null;

  @Field(() => TraitEqualsInput, {
    nullable: true,
    description: 'They have a trait of this value.',
  })
  trait?: TraitEqualsInput | null;
}

@InputType({ description: 'An experiment, with a share of its customers held out.' })
export class CreateExperimentInput {
  @Field(() => String, { description: 'Its id in your systems; once per brand.' })
  externalId!: string;

  @Field(() => ExperimentOutcome, { description: 'What customers are wanted to do.' })
  outcome!: OutcomeName;

  @Field(() => ExperimentAudienceInput, {
    nullable: true,
    description: 'Whom it is about; every customer of the brand when left out.',
  })
  audience?: ExperimentAudienceInput | null;

  @Field(() => Float, {
    description: 'The share of them that is held out, from 0.0001 to 0.9999.',
  })
  holdoutShare!: number;

  @Field(() => Mu, {
    nullable: true,
    description: 'What is set aside from the budget for its messages; 0 when left out.',
  })
  reserveMu?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'What one Mu costs you in your currency, such as "0.10"; 0 when left out.',
  })
  muPrice?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What sending one message costs you, such as "0.01"; 0 when left out.',
  })
  messageCost?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it begins; now when left out.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { description: 'When it ends, within 366 days of its start.' })
  endsAt!: Date;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `createExperiment` did.' })
export class CreateExperimentPayload {
  @Field(() => Experiment, { nullable: true, description: 'The experiment; null when refused.' })
  experiment!: Experiment | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateExperimentMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => CreateExperimentPayload, {
    description:
      'Makes an experiment. When it begins, every customer of its audience is put into an arm by a secret ' +
      'key, for good; messages recorded for it pay out of its reserve, and only customers it treats. ' +
      'Refused with BUDGET_EXHAUSTED when the budget holds less than the reserve.',
  })
  async createExperiment(
    @Arg('input', () => CreateExperimentInput, { description: 'The experiment.' })
    input: CreateExperimentInput,
    @Ctx() context: Context,
  ): Promise<CreateExperimentPayload> {
    const command = callerCommand(createExperiment.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ExperimentAnswer>(command);
    await refreshReads(context);
    return { experiment: toExperiment(answer), replayed, userErrors: answer.userErrors };
  }
}

/** The experiment of an answer as the graph shows it; null when it was refused. */
export function toExperiment({ experiment }: ExperimentAnswer): ExperimentEntity | null {
  return experiment === undefined ? null : toEntity(ExperimentEntity, { ...experiment });
}
