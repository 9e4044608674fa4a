import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import type { JourneyAnswer } from './create-journey.command';
import { stopJourney } from './stop-journey.command';
import { Journey } from './journey.type';
import { toJourney } from './to-journey';

@InputType({ description: 'The journey to stop.' })
export class StopJourneyInput {
  @Field(() => ID, { description: 'Id of the journey, `jny_…`.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `stopJourney` did.' })
export class StopJourneyPayload {
  @Field(() => Journey, { nullable: true, description: 'The journey; null when refused.' })
  journey!: Journey | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class StopJourneyMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => StopJourneyPayload, {
    description:
      'Stops a journey for good: nobody comes in, and no further step is taken. Refused with ' +
      'ALREADY_RESOLVED when it was stopped.',
  })
  async stopJourney(
    @Arg('input', () => StopJourneyInput, { description: 'The journey to stop.' })
    input: StopJourneyInput,
    @Ctx() context: Context,
  ): Promise<StopJourneyPayload> {
    const command = callerCommand(stopJourney.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<JourneyAnswer>(command);
    await refreshReads(context);
    return { journey: toJourney(answer), replayed, userErrors: answer.userErrors };
  }
}
