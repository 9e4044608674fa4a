import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { LedgerTransfer, Wallet } from '../ledger';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { captureRedemption } from './conclude-redemption.command';
import { submitRedemption, type RedemptionPayload } from './redemption-payload';
import { Redemption } from './redemption.type';

@InputType({ description: 'The redemption to confirm.' })
export class CaptureRedemptionInput {
  @Field(() => ID, { description: 'Id of the redemption.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `captureRedemption` did.' })
export class CaptureRedemptionPayload implements RedemptionPayload {
  @Field(() => Redemption, {
    nullable: true,
    description: 'The redemption, captured; null when refused.',
  })
  redemption!: Redemption | null;

  @Field(() => LedgerTransfer, {
    nullable: true,
    description: 'The transfer out of the hold; null when refused.',
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
export class CaptureRedemptionMutation {
  @Allow({ brand: 'mu:redemptions' })
  @Mutation(() => CaptureRedemptionPayload, {
    description:
      'Confirms a pending redemption: the Mu on hold is spent. Refused with HOLD_EXPIRED from ' +
      '`expiresAt` on, with ALREADY_RESOLVED when it was captured or cancelled before.',
  })
  captureRedemption(
    @Arg('input', () => CaptureRedemptionInput, { description: 'Which one.' })
    input: CaptureRedemptionInput,
    @Ctx() context: Context,
  ): Promise<RedemptionPayload> {
    return submitRedemption(context, callerCommand(captureRedemption.kind, input, context.caller));
  }
}
