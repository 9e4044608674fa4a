import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { toWallet, Wallet } from '../ledger';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { optOutOfMu, type OptOutAnswer } from './opt-out-of-mu.command';

@InputType({ description: 'Who wants no Mu any more.' })
export class OptOutOfMuInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description:
      'Whose wallet it is: a brand must say; a customer means their own and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `optOutOfMu` did.' })
export class OptOutOfMuPayload {
  @Field(() => Wallet, {
    nullable: true,
    description: 'The wallet right after; null when refused.',
  })
  wallet!: Wallet | null;

  @Field(() => Mu, {
    description: 'How much was destroyed, as far as the caller sees the wallet; 0 when refused.',
  })
  extinguished!: number;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class OptOutOfMuMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => OptOutOfMuPayload, {
    description:
      'Ends Mu for a person, with every brand: what is on hold comes back, all their Mu is destroyed, and ' +
      'nothing pays them any more. Attention is still stored. Their state is OPTED_OUT until `optInToMu`.',
  })
  async optOutOfMu(
    @Arg('input', () => OptOutOfMuInput, { description: 'Whose wallet.' })
    input: OptOutOfMuInput,
    @Ctx() context: Context,
  ): Promise<OptOutOfMuPayload> {
    const command = callerCommand(optOutOfMu.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<OptOutAnswer>(command);
    await refreshReads(context);
    return {
      wallet: answer.wallet ? toWallet(answer.wallet) : null,
      extinguished: answer.extinguished ?? 0,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
