import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { toWallet, Wallet } from '../ledger';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { optInToMu, type OptInAnswer } from './opt-in-to-mu.command';

@InputType({ description: 'Who wants Mu again.' })
export class OptInToMuInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description:
      'Whose wallet it is: a brand must say; a customer means their own and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `optInToMu` did.' })
export class OptInToMuPayload {
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
export class OptInToMuMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => OptInToMuPayload, {
    description:
      'Opens the wallet of a person who had opted out; it begins at zero. Changes nothing for anybody else.',
  })
  async optInToMu(
    @Arg('input', () => OptInToMuInput, { description: 'Whose wallet.' })
    input: OptInToMuInput,
    @Ctx() context: Context,
  ): Promise<OptInToMuPayload> {
    const command = callerCommand(optInToMu.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<OptInAnswer>(command);
    await refreshReads(context);
    return {
      wallet: answer.wallet ? toWallet(answer.wallet) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
