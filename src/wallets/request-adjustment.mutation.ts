import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { tenantOf } from '../brands';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { shownAs } from './adjustment.loader';
import { Adjustment, AdjustmentDirectionEnum, type AdjustmentDirection } from './adjustment.type';
import { requestAdjustment, type RequestAdjustmentAnswer } from './request-adjustment.command';
import { signed } from './signer';

@InputType({ description: 'A correction of a wallet that a second person is to approve.' })
export class RequestAdjustmentInput {
  @Field(() => CustomerBy, { description: 'Whose wallet.' })
  customer!: CustomerBy;

  @Field(() => AdjustmentDirectionEnum, { description: 'Which way the Mu is to move.' })
  direction!: AdjustmentDirection;

  @Field(() => Mu, { description: 'How much, from 1 to 10^15.' })
  amount!: number;

  @Field(() => String, {
    description: 'Why; shown on the statement for good, so without personal data.',
  })
  reason!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The brand whose budget it is: the platform must say, a brand can only name itself.',
  })
  brandId?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `requestAdjustment` did.' })
export class RequestAdjustmentPayload {
  @Field(() => Adjustment, {
    nullable: true,
    description: 'The adjustment, pending; null when refused.',
  })
  adjustment!: Adjustment | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RequestAdjustmentMutation {
  @Allow({ brand: 'mu:ledger', platform: true })
  @Mutation(() => RequestAdjustmentPayload, {
    description:
      'Asks for a correction of a wallet by hand. Nothing moves until another API key of the brand, or ' +
      'the platform, approves it, within a week.',
  })
  async requestAdjustment(
    @Arg('input', () => RequestAdjustmentInput, { description: 'What to correct, and why.' })
    input: RequestAdjustmentInput,
    @Ctx() context: Context,
  ): Promise<RequestAdjustmentPayload> {
    const { caller } = context;
    const tenant = tenantOf(caller, input.brandId);
    const command = signed(callerCommand(requestAdjustment.kind, input, caller, tenant), caller);
    const { answer, replayed } = await context.commands.submit<RequestAdjustmentAnswer>(command);
    await refreshReads(context);
    const { adjustmentId: uuid, userErrors } = answer;
    const asked = { state: 'PENDING', decidedAt: null } as const;
    const adjustment = uuid === undefined ? null : await shownAs(context, uuid, asked);
    return { adjustment, replayed, userErrors };
  }
}
