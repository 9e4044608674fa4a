import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { toWallet, Wallet } from '../ledger';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { learnAboutMu, type LearnAnswer } from './learn-about-mu.command';

@InputType({ description: 'Who asked what Mu is.' })
export class LearnAboutMuInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description:
      'Whose wallet it is: a brand must say; a customer means their own and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `learnAboutMu` did.' })
export class LearnAboutMuPayload {
  @Field(() => Wallet, {
    nullable: true,
    description: 'The wallet right after; null when refused.',
  })
  wallet!: Wallet | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class LearnAboutMuMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => LearnAboutMuPayload, {
    description:
      'Notes that a person asked what Mu is, with the brand: their state goes from WHATS_IT to ACTIVATE.',
  })
  async learnAboutMu(
    @Arg('input', () => LearnAboutMuInput, { description: 'Whose wallet.' })
    input: LearnAboutMuInput,
    @Ctx() context: Context,
  ): Promise<LearnAboutMuPayload> {
    const command = callerCommand(learnAboutMu.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<LearnAnswer>(command);
    await refreshReads(context);
    return {
      wallet: answer.wallet ? toWallet(answer.wallet) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
