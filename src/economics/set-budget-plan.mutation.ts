import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { BudgetPlan } from './budget-record.type';
import { moneyOf } from './figures';
import { SpendPurpose, type SpendPurposeName } from './marketing';
import { setBudgetPlan, type PlanAnswer } from './set-budget-plan.command';

@InputType({ description: 'What is set aside for one purpose.' })
export class PlannedLineInput {
  @Field(() => SpendPurpose, { description: 'What it is for; each purpose once.' })
  purpose!: SpendPurposeName;

  @Field(() => String, {
    description: 'How much over all days, as a decimal of the brand’s currency.',
  })
  amount!: string;
}

@InputType({ description: 'What a brand means to spend in some days.' })
export class SetBudgetPlanInput {
  @Field(() => String, { description: 'The first local day, as 2026-11-01.' })
  firstDay!: string;

  @Field(() => String, { description: 'The last local day; at most 365 later.' })
  lastDay!: string;

  @Field(() => [PlannedLineInput], { description: 'By purpose; what is left out gets nothing.' })
  lines!: PlannedLineInput[];

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `setBudgetPlan` did.' })
export class SetBudgetPlanPayload {
  @Field(() => BudgetPlan, { nullable: true, description: 'The plan; null when refused.' })
  budgetPlan!: BudgetPlan | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SetBudgetPlanMutation {
  @Allow({ brand: 'mu:ledger' })
  @Mutation(() => SetBudgetPlanPayload, {
    description:
      'Plans what is spent on marketing in some days, by purpose. A later plan takes the place of an earlier ' +
      'one on each of its days.',
  })
  async setBudgetPlan(
    @Arg('input', () => SetBudgetPlanInput, { description: 'The plan.' }) input: SetBudgetPlanInput,
    @Ctx() context: Context,
  ): Promise<SetBudgetPlanPayload> {
    const command = callerCommand(setBudgetPlan.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<PlanAnswer>(command);
    await refreshReads(context);
    return { budgetPlan: planOf(answer), replayed, userErrors: answer.userErrors };
  }
}

function planOf({ plan, currency }: PlanAnswer): BudgetPlan | null {
  if (plan === undefined || currency === undefined) return null;
  const money = moneyOf(currency);
  return {
    firstDay: plan.first_day,
    lastDay: plan.last_day,
    lines: plan.lines.map(({ purpose, minor }) => ({ purpose, amount: money(minor) })),
    recordedAt: new Date(plan.recorded_at),
  };
}
