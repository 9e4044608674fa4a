import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { brandOfAdjustment, shownAs } from './adjustment.loader';
import { Adjustment } from './adjustment.type';
import { declineAdjustment, type DecideAdjustmentAnswer } from './decide-adjustment.command';
import { signed } from './signer';

@InputType({ description: 'The adjustment to decline.' })
export class DeclineAdjustmentInput {
  @Field(() => ID, { description: 'Id of the adjustment.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `declineAdjustment` did.' })
export class DeclineAdjustmentPayload {
  @Field(() => Adjustment, {
    nullable: true,
    description: 'The adjustment, declined; null when refused.',
  })
  adjustment!: Adjustment | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class DeclineAdjustmentMutation {
  @Allow({ brand: 'mu:ledger', platform: true })
  @Mutation(() => DeclineAdjustmentPayload, {
    description:
      'Says no to a correction; nothing moves. Whoever asked for it may take it back so.',
  })
  async declineAdjustment(
    @Arg('input', () => DeclineAdjustmentInput, { description: 'Which one.' })
    input: DeclineAdjustmentInput,
    @Ctx() context: Context,
  ): Promise<DeclineAdjustmentPayload> {
    const { caller } = context;
    const tenant = await brandOfAdjustment(context, input.id);
    const command = signed(callerCommand(declineAdjustment.kind, input, caller, tenant), caller);
    const { answer, replayed } = await context.commands.submit<DecideAdjustmentAnswer>(command);
    await refreshReads(context);
    const { adjustment: decided, userErrors } = answer;
    return {
      adjustment: decided ? await shownAs(context, decided.id, decided) : null,
      replayed,
      userErrors,
    };
  }
}
