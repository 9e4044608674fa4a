import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { programAsAnswered } from './program-payload';
import { ReferralProgram } from './referral-program.type';
import {
  defaults,
  upsertReferralProgram,
  type ReferralProgramAnswer,
} from './upsert-referral-program.command';

@InputType({
  description: 'A referral programme as it shall be. Friends who came keep their terms.',
})
export class UpsertReferralProgramInput {
  @Field(() => Mu, {
    nullable: true,
    defaultValue: 0,
    description:
      'What shall be set aside for it: what the reserve lacks is moved there from the budget.',
  })
  reserve?: number | null;

  @Field(() => Mu, {
    nullable: true,
    defaultValue: defaults.referrerMu,
    description: 'What the referrer gets when the friend is activated, from 0.',
  })
  referrerMu?: number | null;

  @Field(() => Mu, { description: 'What the friend gets when activated, from 0.' })
  friendMu!: number;

  @Field(() => Int, {
    nullable: true,
    defaultValue: defaults.sharePercent,
    description: 'The referrer’s share of what the friend earns by attention, 0 to 100 percent.',
  })
  sharePercent?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: defaults.shareDays,
    description: 'For how many days after the activation the share is paid, 0 to 3,650.',
  })
  shareDays?: number | null;

  @Field(() => Mu, {
    nullable: true,
    defaultValue: defaults.shareCapMu,
    description: 'What the share of one friend comes to at most, from 0.',
  })
  shareCapMu?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'An https address the code is appended to; left out, links are `/r/<code>`.',
  })
  linkBase?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Whether friends are taken in; false gives the rest of the reserve back.',
  })
  open?: boolean | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `upsertReferralProgram` did.' })
export class UpsertReferralProgramPayload {
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
export class UpsertReferralProgramMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => UpsertReferralProgramPayload, {
    description:
      'Publishes the brand’s referral programme, or changes it; a brand has one. Its Mu is set aside ' +
      'from the budget. Refused with BUDGET_EXHAUSTED when the budget holds less than is to be set aside.',
  })
  async upsertReferralProgram(
    @Arg('input', () => UpsertReferralProgramInput, { description: 'The programme.' })
    input: UpsertReferralProgramInput,
    @Ctx() context: Context,
  ): Promise<UpsertReferralProgramPayload> {
    const command = callerCommand(upsertReferralProgram.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ReferralProgramAnswer>(command);
    await refreshReads(context);
    return { referralProgram: programAsAnswered(answer), replayed, userErrors: answer.userErrors };
  }
}
