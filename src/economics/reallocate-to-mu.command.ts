import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { isDay, localDay } from '../platform/local-day';
import { checkText } from '../platform/text';
import { brandBooks, checkMoney, type BrandBooks } from './brand-books';
import { budgetShiftId } from './economics.id';
import type { SpendPurposeName } from './marketing';
import { muFor, readUnitCosts, type UnitCosts } from './unit-costs';

/** A decision as a client tells it; the amount is of the brand's currency. */
export interface ReallocateToMu {
  from: SpendPurposeName;
  amount: string;
  day?: string | null;
  reason: string;
}

/** Columns of the budget_shifts table. */
export interface ShiftRow {
  id: string;
  brand_id: string;
  local_day: string;
  from_purpose: SpendPurposeName;
  amount_minor: number;
  mu: number | null;
  reason: string;
  recorded_at: Date;
}

export interface ShiftAnswer extends Answer {
  shift?: ShiftRow;
  currency?: string;
}

const insertSql = `
  INSERT INTO budget_shifts SELECT * FROM jsonb_populate_recordset(NULL::budget_shifts, $1::jsonb)`;

const daysSql = `
  INSERT INTO brand_budget_days AS d (brand_id, local_day, purpose, planned_minor, moved_minor)
  SELECT t.brand_id, t.local_day, t.purpose, NULL, sum(t.minor)
  FROM unnest($1::uuid[], $2::date[], $3::text[], $4::bigint[]) AS t(brand_id, local_day, purpose, minor)
  GROUP BY t.brand_id, t.local_day, t.purpose ORDER BY t.brand_id, t.local_day, t.purpose
  ON CONFLICT (brand_id, local_day, purpose) DO UPDATE SET
    moved_minor = d.moved_minor + excluded.moved_minor`;

/** Notes decisions to pay customers for attention instead; budgets move, no Mu does. */
export const reallocateToMu: CommandHandler<ReallocateToMu, ShiftAnswer> = {
  kind: 'reallocateToMu',
  async execute(tx, commands) {
    const tenants = commands.map(({ tenant }) => tenant as string);
    const books = await brandBooks(tx, tenants);
    const costs = await readUnitCosts(tx, [...books.values()]);
    const judged = commands.map(({ input }, at) => {
      const brand = tenants[at] as string;
      return judge(tx, input, books.get(brand) as BrandBooks, costs.get(brand) as UnitCosts);
    });
    const shifts = judged.filter((one): one is ShiftRow => 'id' in one);
    if (shifts.length > 0) {
      await tx.query(insertSql, [JSON.stringify(shifts)]);
      const moves = shifts.flatMap((shift) => [
        { shift, purpose: shift.from_purpose, minor: -shift.amount_minor },
        { shift, purpose: 'ATTENTION', minor: shift.amount_minor },
      ]);
      await tx.query(daysSql, [
        moves.map(({ shift }) => shift.brand_id),
        moves.map(({ shift }) => shift.local_day),
        moves.map(({ purpose }) => purpose),
        moves.map(({ minor }) => minor),
      ]);
    }
    return judged.map((one): ShiftAnswer => {
      if (!('id' in one)) return refused(one);
      const currency = books.get(one.brand_id)?.currency as string;
      return { shift: one, currency, userErrors: [] };
    });
  },
};

function judge(
  tx: CommandTransaction,
  input: ReallocateToMu,
  books: BrandBooks,
  costs: UnitCosts,
): ShiftRow | UserErrorShape {
  if (input.from === 'ATTENTION') {
    return userError('INVALID_VALUE', ['from'], 'What is for attention is for Mu already.');
  }
  const money = checkMoney({ amount: input.amount }, books, tx.limits);
  if (money.refusal) return money.refusal;
  if (money.value.minor === 0) {
    return userError('INVALID_VALUE', ['amount'], 'Nothing would be moved.');
  }
  const day = input.day ?? localDay(tx.now, books.timezone);
  if (!isDay(day)) {
    return userError('INVALID_VALUE', ['day'], 'Not a day of the calendar, such as 2026-11-21.');
  }
  const reason = checkText(input.reason, { maxBytes: tx.limits.textBytes, field: ['reason'] });
  if (reason.refusal) return reason.refusal;
  return {
    id: budgetShiftId.create(),
    brand_id: books.id,
    local_day: day,
    from_purpose: input.from,
    amount_minor: money.value.minor,
    mu: muFor(money.value.minor, costs),
    reason: reason.value,
    recorded_at: tx.now,
  };
}
