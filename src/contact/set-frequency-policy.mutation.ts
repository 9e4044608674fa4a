import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Channel, type ChannelName } from '../messages';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { callerCommand } from '../platform/database/caller-command';
import { toPolicy } from './contact.loader';
import { FrequencyPolicy } from './contact.type';
import { setFrequencyPolicy, type FrequencyPolicyAnswer } from './set-frequency-policy.command';

@InputType({ description: 'A time of day at which nothing is sent, by the clock of the customer.' })
export class QuietHoursInput {
  @Field(() => String, { description: 'When it begins, such as 22:00.' })
  from!: string;

  @Field(() => String, { description: 'When it is over, such as 08:00.' })
  until!: string;
}

@InputType({ description: 'How many messages may reach a customer; at least one of the counts.' })
export class FrequencyCapInput {
  @Field(() => Channel, { nullable: true, description: 'The channel; all together when left out.' })
  channel?: ChannelName | null;

  @Field(() => Int, { nullable: true, description: 'In any 24 hours, from 1 to 100.' })
  perDay?: number | null;

  @Field(() => Int, { nullable: true, description: 'In any 7 days, from 1 to 100.' })
  perWeek?: number | null;
}

@InputType({ description: 'When and how often the brand writes to its customers.' })
export class SetFrequencyPolicyInput {
  @Field(() => QuietHoursInput, {
    nullable: true,
    description: 'When it leaves alone who has no quiet hours of their own; never when left out.',
  })
  quietHours?: QuietHoursInput | null;

  @Field(() => [FrequencyCapInput], {
    description: 'At most one cap for each channel and one for all; they replace those before.',
  })
  caps!: FrequencyCapInput[];

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `setFrequencyPolicy` did.' })
export class SetFrequencyPolicyPayload {
  @Field(() => FrequencyPolicy, { nullable: true, description: 'The policy; null when refused.' })
  frequencyPolicy!: FrequencyPolicy | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SetFrequencyPolicyMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => SetFrequencyPolicyPayload, {
    description:
      'Settles when and how often the brand writes to a customer; `canContact` judges by it from now on.',
  })
  async setFrequencyPolicy(
    @Arg('input', () => SetFrequencyPolicyInput, {
      description: 'When and how often the brand writes to its customers.',
    })
    input: SetFrequencyPolicyInput,
    @Ctx() context: Context,
  ): Promise<SetFrequencyPolicyPayload> {
    const command = callerCommand(setFrequencyPolicy.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<FrequencyPolicyAnswer>(command);
    await refreshReads(context);
    return {
      frequencyPolicy: answer.policy ? toPolicy(answer.policy) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
