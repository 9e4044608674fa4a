import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { LedgerTransfer, toldTransfer } from '../ledger';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { brandOfAdjustment, shownAs } from './adjustment.loader';
import { Adjustment } from './adjustment.type';
import { approveAdjustment, type DecideAdjustmentAnswer } from './decide-adjustment.command';
import { signed } from './signer';

@InputType({ description: 'The adjustment to approve.' })
export class ApproveAdjustmentInput {
  @Field(() => ID, { description: 'Id of the adjustment.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `approveAdjustment` did.' })
export class ApproveAdjustmentPayload {
  @Field(() => Adjustment, {
    nullable: true,
    description: 'The adjustment, approved; null when refused.',
  })
  adjustment!: Adjustment | null;

  @Field(() => LedgerTransfer, { nullable: true, description: 'The transfer; null when refused.' })
  transfer!: LedgerTransfer | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ApproveAdjustmentMutation {
  @Allow({ brand: 'mu:ledger', platform: true })
  @Mutation(() => ApproveAdjustmentPayload, {
    description:
      'Agrees to a correction, which moves its Mu. Refused with SECOND_PERSON_NEEDED to the API key (or the ' +
      'platform) that asked for it.',
  })
  async approveAdjustment(
    @Arg('input', () => ApproveAdjustmentInput, { description: 'Which one.' })
    input: ApproveAdjustmentInput,
    @Ctx() context: Context,
  ): Promise<ApproveAdjustmentPayload> {
    const { caller } = context;
    const tenant = await brandOfAdjustment(context, input.id);
    const command = signed(callerCommand(approveAdjustment.kind, input, caller, tenant), caller);
    const { answer, replayed } = await context.commands.submit<DecideAdjustmentAnswer>(command);
    await refreshReads(context);
    const { adjustment: decided, userErrors } = answer;
    return {
      adjustment: decided ? await shownAs(context, decided.id, decided) : null,
      transfer: await toldTransfer(context, answer.transfer),
      replayed,
      userErrors,
    };
  }
}
