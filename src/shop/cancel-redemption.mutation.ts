import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { LedgerTransfer, Wallet } from '../ledger';
import { brandOf } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { cancelRedemption } from './conclude-redemption.command';
import { submitRedemption, type RedemptionPayload } from './redemption-payload';
import { redemptionLoader } from './redemption.loader';
import { Redemption } from './redemption.type';
import { redemptionId } from './shop.id';

@InputType({ description: 'The redemption to call off.' })
export class CancelRedemptionInput {
  @Field(() => ID, { description: 'Id of the redemption.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `cancelRedemption` did.' })
export class CancelRedemptionPayload implements RedemptionPayload {
  @Field(() => Redemption, {
    nullable: true,
    description: 'The redemption, cancelled; null when refused.',
  })
  redemption!: Redemption | null;

  @Field(() => LedgerTransfer, {
    nullable: true,
    description: 'The transfer back to the wallet; null when refused.',
  })
  transfer!: LedgerTransfer | null;

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
export class CancelRedemptionMutation {
  @Allow({ brand: 'mu:redemptions', customer: true })
  @Mutation(() => CancelRedemptionPayload, {
    description:
      'Calls a pending redemption off: the Mu on hold goes back to the wallet. A brand cancels its ' +
      'own, a customer theirs with any brand.',
  })
  async cancelRedemption(
    @Arg('input', () => CancelRedemptionInput, { description: 'Which one.' })
    input: CancelRedemptionInput,
    @Ctx() context: Context,
  ): Promise<RedemptionPayload> {
    const tenant = await brandOfRedemption(input.id, context);
    const command = callerCommand(cancelRedemption.kind, input, context.caller, tenant);
    return submitRedemption(context, command);
  }
}

/** A customer cancels with any brand, so the command must act for the redemption's own one. */
async function brandOfRedemption(id: string, context: Context): Promise<string | null> {
  const uuid = context.caller.kind === 'customer' ? redemptionId.decode(id) : null;
  const redemption = uuid === null ? null : await redemptionLoader(context).load(uuid);
  return redemption?.brandUuid ?? brandOf(context.caller);
}
