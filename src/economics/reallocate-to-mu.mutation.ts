import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { BudgetShift } from './budget-record.type';
import { moneyOf } from './figures';
import { SpendPurpose, type SpendPurposeName } from './marketing';
import { reallocateToMu, type ShiftAnswer } from './reallocate-to-mu.command';

@InputType({ description: 'Money that is to pay customers for their attention instead.' })
export class ReallocateToMuInput {
  @Field(() => SpendPurpose, { description: 'What the money was for; not ATTENTION.' })
  from!: SpendPurposeName;

  @Field(() => String, {
    description: 'How much, as a decimal of the brand’s currency such as "56700.00".',
  })
  amount!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The local day it counts on, as 2026-11-21; today if left out.',
  })
  day?: string | null;

  @Field(() => String, { description: 'Why; it is kept with the decision.' })
  reason!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `reallocateToMu` did.' })
export class ReallocateToMuPayload {
  @Field(() => BudgetShift, { nullable: true, description: 'The decision; null when refused.' })
  budgetShift!: BudgetShift | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ReallocateToMuMutation {
  @Allow({ brand: 'mu:ledger' })
  @Mutation(() => ReallocateToMuPayload, {
    description:
      'Notes the decision to pay customers for their attention with money that was for something else; ' +
      '`budgetSplit` moves by it. Mu itself is issued by the platform, by `issueMu`.',
  })
  async reallocateToMu(
    @Arg('input', () => ReallocateToMuInput, { description: 'The decision.' })
    input: ReallocateToMuInput,
    @Ctx() context: Context,
  ): Promise<ReallocateToMuPayload> {
    const command = callerCommand(reallocateToMu.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ShiftAnswer>(command);
    await refreshReads(context);
    return { budgetShift: shiftOf(answer), replayed, userErrors: answer.userErrors };
  }
}

function shiftOf({ shift, currency }: ShiftAnswer): BudgetShift | null {
  if (shift === undefined || currency === undefined) return null;
  return {
    from: shift.from_purpose,
    amount: moneyOf(currency)(shift.amount_minor),
    mu: shift.mu,
    day: shift.local_day,
    reason: shift.reason,
    recordedAt: new Date(shift.recorded_at),
  };
}
