import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { dayAfter, daysIn } from '../platform/local-day';
import { brandBooks, checkMoney, type BrandBooks } from './brand-books';
import { checkDays } from './check-days';
import { budgetPlanId } from './economics.id';
import { purposeNames, type SpendPurposeName } from './marketing';
import { spread } from './spread';

/** A plan as a client tells it; amounts are of the brand's currency. */
export interface SetBudgetPlan {
  firstDay: string;
  lastDay: string;
  lines: readonly { purpose: SpendPurposeName; amount: string }[];
}

/** Columns of the budget_plans table. */
export interface PlanRow {
  id: string;
  brand_id: string;
  first_day: string;
  last_day: string;
  lines: { purpose: SpendPurposeName; minor: number }[];
  recorded_at: Date;
}

export interface PlanAnswer extends Answer {
  plan?: PlanRow;
  currency?: string;
}

const insertSql = `
  INSERT INTO budget_plans SELECT * FROM jsonb_populate_recordset(NULL::budget_plans, $1::jsonb)`;

const daysSql = `
  INSERT INTO brand_budget_days AS d (brand_id, local_day, purpose, planned_minor, moved_minor)
  SELECT t.brand_id, t.local_day, t.purpose, t.planned, 0
  FROM unnest($1::uuid[], $2::date[], $3::text[], $4::bigint[]) AS t(brand_id, local_day, purpose, planned)
  ORDER BY t.brand_id, t.local_day, t.purpose
  ON CONFLICT (brand_id, local_day, purpose) DO UPDATE SET planned_minor = excluded.planned_minor`;

/** Plans budgets; of several plans the last counts for each of its days. What was moved stays moved. */
export const setBudgetPlan: CommandHandler<SetBudgetPlan, PlanAnswer> = {
  kind: 'setBudgetPlan',
  async execute(tx, commands) {
    const books = await brandBooks(
      tx,
      commands.map(({ tenant }) => tenant),
    );
    const judged = commands.map(({ input, tenant }) =>
      judge(tx, input, books.get(tenant as string) as BrandBooks),
    );
    const plans = judged.filter((one): one is PlanRow => 'id' in one);
    if (plans.length > 0) await tx.query(insertSql, [JSON.stringify(plans)]);
    await planDays(tx, plans);
    return judged.map((one): PlanAnswer => {
      if (!('id' in one)) return refused(one);
      const currency = books.get(one.brand_id)?.currency as string;
      return { plan: one, currency, userErrors: [] };
    });
  },
};

function judge(
  tx: CommandTransaction,
  input: SetBudgetPlan,
  books: BrandBooks,
): PlanRow | UserErrorShape {
  const days = checkDays(input, tx.limits);
  if (days.refusal) return days.refusal;
  const lines: PlanRow['lines'] = [];
  for (const [at, { purpose, amount }] of input.lines.entries()) {
    const money = checkMoney({ amount }, books, tx.limits, ['lines', String(at)]);
    if (money.refusal) return money.refusal;
    if (lines.some((line) => line.purpose === purpose)) {
      const message = 'A plan has one line for a purpose.';
      return userError('INVALID_VALUE', ['lines', String(at), 'purpose'], message);
    }
    lines.push({ purpose, minor: money.value.minor });
  }
  return {
    id: budgetPlanId.create(),
    brand_id: books.id,
    first_day: days.value.firstDay,
    last_day: days.value.lastDay,
    lines,
    recorded_at: tx.now,
  };
}

/** A purpose the plan does not name gets nothing, which is a plan too. */
async function planDays(tx: CommandTransaction, plans: readonly PlanRow[]): Promise<void> {
  const cells = new Map<string, [string, string, SpendPurposeName, number]>();
  for (const plan of plans) {
    const length = daysIn({ firstDay: plan.first_day, lastDay: plan.last_day });
    for (const purpose of purposeNames) {
      const minor = plan.lines.find((line) => line.purpose === purpose)?.minor ?? 0;
      spread(minor, length).forEach((part, at) => {
        const day = dayAfter(plan.first_day, at);
        cells.set(`${plan.brand_id} ${day} ${purpose}`, [plan.brand_id, day, purpose, part]);
      });
    }
  }
  if (cells.size === 0) return;
  const columns = [0, 1, 2, 3].map((at) => [...cells.values()].map((cell) => cell[at]));
  await tx.query(daysSql, columns);
}
