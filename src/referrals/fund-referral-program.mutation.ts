import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { fundReferralProgram } from './fund-referral-program.command';
import { programAsAnswered } from './program-payload';
import { ReferralProgram } from './referral-program.type';
import type { ReferralProgramAnswer } from './upsert-referral-program.command';

@InputType({ description: 'How much more the programme may pay.' })
export class FundReferralProgramInput {
  @Field(() => Mu, { description: 'What is moved from the budget, from 1 to 10^15.' })
  amount!: number;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `fundReferralProgram` did.' })
export class FundReferralProgramPayload {
  @Field(() => ReferralProgram, {
    nullable: true,
    description: 'The programme; null when refused.',
  })
  referralProgram!: ReferralProgram | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class FundReferralProgramMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => FundReferralProgramPayload, {
    description:
      'Sets more of the budget aside for the brand’s referral programme. Refused with ' +
      'BUDGET_EXHAUSTED when the budget holds less.',
  })
  async fundReferralProgram(
    @Arg('input', () => FundReferralProgramInput, { description: 'How much.' })
    input: FundReferralProgramInput,
    @Ctx() context: Context,
  ): Promise<FundReferralProgramPayload> {
    const command = callerCommand(fundReferralProgram.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ReferralProgramAnswer>(command);
    await refreshReads(context);
    return { referralProgram: programAsAnswered(answer), replayed, userErrors: answer.userErrors };
  }
}
