import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import type { ExperimentAnswer } from './create-experiment.command';
import { toExperiment } from './create-experiment.mutation';
import { endExperiment } from './end-experiment.command';
import { Experiment } from './experiment.type';

@InputType({ description: 'The experiment that shall end now.' })
export class EndExperimentInput {
  @Field(() => ID, { description: 'Id of the experiment, `exp_…`.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `endExperiment` did.' })
export class EndExperimentPayload {
  @Field(() => Experiment, {
    nullable: true,
    description: 'The experiment with what was released; null when refused.',
  })
  experiment!: Experiment | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class EndExperimentMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => EndExperimentPayload, {
    description:
      'Ends an experiment before its time: the exact rest of its reserve goes back to the budget, and ' +
      'nothing that happens later counts. Refused with ALREADY_RESOLVED when it is over.',
  })
  async endExperiment(
    @Arg('input', () => EndExperimentInput, { description: 'Which one.' })
    input: EndExperimentInput,
    @Ctx() context: Context,
  ): Promise<EndExperimentPayload> {
    const command = callerCommand(endExperiment.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ExperimentAnswer>(command);
    await refreshReads(context);
    return { experiment: toExperiment(answer), replayed, userErrors: answer.userErrors };
  }
}
