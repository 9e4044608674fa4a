import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { userError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { enterJourney, type EnterJourneyAnswer } from './enter-journey.command';

@InputType({ description: 'Who shall go on which journey.' })
export class EnterJourneyInput {
  @Field(() => ID, { description: 'Id of the journey, `jny_…`.' })
  id!: string;

  @Field(() => [CustomerBy], { description: 'Who; at most 500 customers.' })
  customers!: CustomerBy[];

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `enterJourney` did.' })
export class EnterJourneyPayload {
  @Field(() => Int, {
    description:
      'How many came in: those who had never been on it, and whom its experiment treats if it has one.',
  })
  entered!: number;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], {
    description: 'Why it was refused, or which customers are unknown; the others came in.',
  })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class EnterJourneyMutation {
  @Allow({ brand: 'mu:messages' })
  @Mutation(() => EnterJourneyPayload, {
    description:
      'Lets customers in on a journey by hand, whatever its trigger is. Refused with NOT_AVAILABLE when ' +
      'it is not published, or was stopped.',
  })
  async enterJourney(
    @Arg('input', () => EnterJourneyInput, { description: 'Who, and where.' })
    input: EnterJourneyInput,
    @Ctx() context: Context,
  ): Promise<EnterJourneyPayload> {
    const command = callerCommand(enterJourney.kind, input, context.caller);
    const { listInput } = context.config.limits;
    if (input.customers.length > listInput) {
      const message = `At most ${listInput} customers at once.`;
      const tooMany = userError('LIMIT_EXCEEDED', ['customers'], message);
      return { entered: 0, replayed: false, userErrors: [tooMany] };
    }
    const { answer, replayed } = await context.commands.submit<EnterJourneyAnswer>(command);
    await refreshReads(context);
    return { entered: answer.entered ?? 0, replayed, userErrors: answer.userErrors };
  }
}
