import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { JourneyDefinitionInput } from './journey.input';
import { createJourney, type JourneyAnswer } from './create-journey.command';
import { Journey } from './journey.type';
import { toJourney } from './to-journey';

@InputType({ description: 'A journey.' })
export class CreateJourneyInput {
  @Field(() => String, { description: 'Its id in your systems; once per brand.' })
  externalId!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The experiment whose treated customers alone go on it, `exp_…`.',
  })
  experimentId?: string | null;

  @Field(() => JourneyDefinitionInput, { description: 'What it does.' })
  definition!: JourneyDefinitionInput;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `createJourney` did.' })
export class CreateJourneyPayload {
  @Field(() => Journey, { nullable: true, description: 'The journey; null when refused.' })
  journey!: Journey | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateJourneyMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => CreateJourneyPayload, {
    description: 'Makes a journey. It lets nobody in before it is published.',
  })
  async createJourney(
    @Arg('input', () => CreateJourneyInput, { description: 'A journey.' })
    input: CreateJourneyInput,
    @Ctx() context: Context,
  ): Promise<CreateJourneyPayload> {
    const command = callerCommand(createJourney.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<JourneyAnswer>(command);
    await refreshReads(context);
    return { journey: toJourney(answer), replayed, userErrors: answer.userErrors };
  }
}
