import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { LedgerTransfer, toWallet, TransferEntity, Wallet } from '../ledger';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { giftMu, type GiftMuAnswer } from './gift-mu.command';

@InputType({ description: 'Mu for another person.' })
export class GiftMuInput {
  @Field(() => CustomerBy, { description: 'Who gets it: a customer of the same brand.' })
  to!: CustomerBy;

  @Field(() => Mu, { description: 'How much, from 1 to what is left of the giver’s day.' })
  amount!: number;

  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Who gives: a brand must say; a customer gives their own and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `giftMu` did.' })
export class GiftMuPayload {
  @Field(() => LedgerTransfer, { nullable: true, description: 'The transfer; null when refused.' })
  transfer!: LedgerTransfer | null;

  @Field(() => Wallet, {
    nullable: true,
    description: 'The giver’s wallet right after; null when refused.',
  })
  wallet!: Wallet | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class GiftMuMutation {
  @Allow({ brand: 'mu:redemptions', customer: true })
  @Mutation(() => GiftMuPayload, {
    description:
      'Gives Mu to another customer of the brand. Both must have confirmed an identity with it, the ' +
      'giver a while ago; and a person gives at most 100 Mu a day (UTC), with whatever brand.',
  })
  async giftMu(
    @Arg('input', () => GiftMuInput, { description: 'To whom, and how much.' }) input: GiftMuInput,
    @Ctx() context: Context,
  ): Promise<GiftMuPayload> {
    const command = callerCommand(giftMu.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<GiftMuAnswer>(command);
    await refreshReads(context);
    return {
      transfer: answer.transfer ? toEntity(TransferEntity, { ...answer.transfer }) : null,
      wallet: answer.wallet ? toWallet(answer.wallet) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
