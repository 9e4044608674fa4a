import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { JourneyDefinitionInput } from './journey.input';
import type { JourneyAnswer } from './create-journey.command';
import { publishJourney } from './publish-journey.command';
import { Journey } from './journey.type';
import { toJourney } from './to-journey';

@InputType({ description: 'The journey to publish.' })
export class PublishJourneyInput {
  @Field(() => ID, { description: 'Id of the journey, `jny_…`.' })
  id!: string;

  @Field(() => JourneyDefinitionInput, {
    nullable: true,
    description: 'What the version does; what the journey was made with when left out.',
  })
  definition?: JourneyDefinitionInput | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `publishJourney` did.' })
export class PublishJourneyPayload {
  @Field(() => Journey, {
    nullable: true,
    description: 'The journey with its new version; null when refused.',
  })
  journey!: Journey | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class PublishJourneyMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => PublishJourneyPayload, {
    description:
      'Publishes the next version of a journey, which never changes: whom its trigger means comes in from now on, ' +
      'runs under way go on by their own version. Refused with ALREADY_RESOLVED when it was stopped.',
  })
  async publishJourney(
    @Arg('input', () => PublishJourneyInput, { description: 'The journey to publish.' })
    input: PublishJourneyInput,
    @Ctx() context: Context,
  ): Promise<PublishJourneyPayload> {
    const command = callerCommand(publishJourney.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<JourneyAnswer>(command);
    await refreshReads(context);
    return { journey: toJourney(answer), replayed, userErrors: answer.userErrors };
  }
}
