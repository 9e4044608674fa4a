import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { LedgerTransfer, Wallet } from '../ledger';
import { brandOf } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { redeem } from './redeem.command';
import { submitRedemption, type RedemptionPayload } from './redemption-payload';
import { Redemption } from './redemption.type';
import { shopItemId } from './shop.id';
import { shopItemLoader } from './shop-item.loader';

@InputType({
  description: 'What Mu is to be spent on: an item of the shop, or an amount for anything.',
})
export class RedeemInput {
  @Field(() => ID, { nullable: true, description: 'The item; its price is what it costs now.' })
  itemId?: string | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'How much, without an item, from 1 to 10^15; there is no minimum balance.',
  })
  amount?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'What an amount is spent on; not to be given with an item.',
  })
  description?: string | null;

  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Whose Mu it is: a brand must say; a customer spends their own and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `redeem` did.' })
export class RedeemPayload implements RedemptionPayload {
  @Field(() => Redemption, {
    nullable: true,
    description: 'The redemption, pending; null when refused.',
  })
  redemption!: Redemption | null;

  @Field(() => LedgerTransfer, {
    nullable: true,
    description: 'The transfer into the hold; null when refused.',
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
export class RedeemMutation {
  @Allow({ brand: 'mu:redemptions', customer: true })
  @Mutation(() => RedeemPayload, {
    description:
      'Puts Mu of a wallet on hold for an item or an amount. The brand then captures the redemption; ' +
      'unless it does, the Mu goes back to the wallet, at `expiresAt` at the latest. A customer ' +
      'redeems with the brand that signed them in, or with the one that gives an item everywhere.',
  })
  async redeem(
    @Arg('input', () => RedeemInput, { description: 'What for, how much, whose.' })
    input: RedeemInput,
    @Ctx() context: Context,
  ): Promise<RedemptionPayload> {
    const tenant = await brandOfItem(input.itemId ?? null, context);
    return submitRedemption(context, callerCommand(redeem.kind, input, context.caller, tenant));
  }
}

/** A person may redeem what the platform put into any brand's shop: that brand gives it. */
async function brandOfItem(id: string | null, context: Context): Promise<string | null> {
  const own = brandOf(context.caller);
  const uuid = id === null || context.caller.kind !== 'customer' ? null : shopItemId.decode(id);
  const item = uuid === null ? null : await shopItemLoader(context).load(uuid);
  return item?.everywhere === true ? item.brandUuid : own;
}
