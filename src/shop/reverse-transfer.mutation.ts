import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { LedgerTransfer, toldTransfer, transferId, transferLoader } from '../ledger';
import { brandOf } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { reverseTransfer, type ReverseTransferAnswer } from './reverse-transfer.command';

@InputType({ description: 'The transfer to undo.' })
export class ReverseTransferInput {
  @Field(() => ID, { description: 'Id of the transfer.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why; shown on the statement for good, so without personal data. The first reason is repeated ' +
      'when left out.',
  })
  reason?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `reverseTransfer` did.' })
export class ReverseTransferPayload {
  @Field(() => LedgerTransfer, { nullable: true, description: 'The reversal; null when refused.' })
  transfer!: LedgerTransfer | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ReverseTransferMutation {
  @Allow({ brand: 'mu:ledger', platform: true })
  @Mutation(() => ReverseTransferPayload, {
    description:
      'Posts the inverse of a transfer, once: a grant goes back to the reserve or the budget, a hold or ' +
      'a capture back to the wallet, which ends the redemption. A brand reverses its own, except what ' +
      'the platform issued. Refused with INSUFFICIENT_MU when the wallet has spent it meanwhile.',
  })
  async reverseTransfer(
    @Arg('input', () => ReverseTransferInput, { description: 'Which one, and why.' })
    input: ReverseTransferInput,
    @Ctx() context: Context,
  ): Promise<ReverseTransferPayload> {
    const tenant = brandOf(context.caller) ?? (await brandOfTransfer(input.id, context));
    const command = callerCommand(reverseTransfer.kind, input, context.caller, tenant);
    const { answer, replayed } = await context.commands.submit<ReverseTransferAnswer>(command);
    await refreshReads(context);
    return {
      transfer: await toldTransfer(context, answer.transfer),
      replayed,
      userErrors: answer.userErrors,
    };
  }
}

/** The platform has no brand of its own: its command acts for the brand whose transfer it is. */
async function brandOfTransfer(id: string, context: Context): Promise<string | null> {
  const uuid = transferId.decode(id);
  const transfer = uuid === null ? null : await transferLoader(context).load(uuid);
  return transfer?.brandUuid ?? null;
}
