import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { BrandDormancyPolicy } from './dormancy.type';
import { setDormancyPolicy, type SetDormancyPolicyAnswer } from './set-dormancy-policy.command';

@InputType({ description: 'How long silence is called what; what is left out stays as it is.' })
export class SetDormancyPolicyInput {
  @Field(() => Int, {
    nullable: true,
    description: 'ACTIVE for at most so many days: 30 at first.',
  })
  activeDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'DRIFTING for at most: 60 at first.' })
  driftingDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'INACTIVE for at most: 90 at first.' })
  inactiveDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'DORMANT for at most: 365 at first; then LOST.',
  })
  dormantDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'With fewer messages since, silence says nothing: 3 at first.',
  })
  minMessages?: number | null;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What setDormancyPolicy did.' })
export class SetDormancyPolicyPayload {
  @Field(() => BrandDormancyPolicy, {
    nullable: true,
    description: 'How silence is called from now on; null when refused.',
  })
  dormancyPolicy!: BrandDormancyPolicy | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SetDormancyPolicyMutation {
  @Mutation(() => SetDormancyPolicyPayload, {
    description:
      'Sets after how many days of silence a customer is called what. All customers of the brand are ' +
      'judged anew soon after, and those it moves are announced.',
  })
  @Allow({ brand: 'mu:rules' })
  async setDormancyPolicy(
    @Arg('input', () => SetDormancyPolicyInput, { description: 'The days.' })
    input: SetDormancyPolicyInput,
    @Ctx() context: Context,
  ): Promise<SetDormancyPolicyPayload> {
    const command = callerCommand(setDormancyPolicy.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<SetDormancyPolicyAnswer>(command);
    await refreshReads(context);
    const { policy, userErrors } = answer;
    const dormancyPolicy =
      policy === undefined ? null : Object.assign(new BrandDormancyPolicy(), policy);
    return { dormancyPolicy, replayed, userErrors };
  }
}
