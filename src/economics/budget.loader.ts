import type { Context } from '../platform/graphql/context';
import type { BudgetLine, BudgetSplit, MarketingSpendRatio } from './budget.type';
import { byDays } from './by-days';
import { moneyOf, shareOf, sum } from './figures';
import {
  purposeNames,
  purposesOfExisting,
  type MarketingRouteName,
  type SpendPurposeName,
} from './marketing';
import { measured, type Asked } from './period';

const splitModel = 'budget-split-1';
const ratioModel = 'marketing-spend-ratio-1';

interface Spent {
  purpose: SpendPurposeName;
  route: MarketingRouteName;
  minor: number;
  others: number;
}

interface Budgeted {
  purpose: SpendPurposeName;
  planned: number | null;
  moved: number;
}

const readSpent = byDays<Spent>(`
  SELECT d.brand_id, d.purpose, d.route, sum(d.amount_minor)::bigint AS minor,
    sum(d.other_currency)::bigint AS others
  FROM brand_spend_days d
  WHERE d.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR d.brand_id = $1)
    AND d.local_day BETWEEN $3 AND $4
  GROUP BY d.brand_id, d.purpose, d.route ORDER BY sum(d.amount_minor) DESC, d.route`);

const readBudgeted = byDays<Budgeted>(`
  SELECT d.brand_id, d.purpose, sum(d.planned_minor)::bigint AS planned,
    sum(d.moved_minor)::bigint AS moved
  FROM brand_budget_days d
  WHERE d.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR d.brand_id = $1)
    AND d.local_day BETWEEN $3 AND $4
  GROUP BY d.brand_id, d.purpose`);

/** What a purpose came to and is meant to come to, in coins. */
export interface PurposeMoney {
  purpose: SpendPurposeName;
  spent: number;
  planned: number | null;
  moved: number;
  budget: number;
  routes: { route: MarketingRouteName; spent: number }[];
}

/** Money by purpose, and how many records came in other currencies. */
export interface Split {
  lines: PurposeMoney[];
  others: number;
}

/** What was spent and budgeted in some days. Where nothing was planned, what was spent stands for it. */
export async function readSplit(context: Context, { brand, days }: Asked): Promise<Split> {
  const [spent, budgeted] = await Promise.all([
    readSpent(context, brand.uuid, days),
    readBudgeted(context, brand.uuid, days),
  ]);
  const isPlanned = budgeted.some(({ planned }) => planned !== null);
  const lines = purposeNames.map((purpose): PurposeMoney => {
    const own = spent.filter((one) => one.purpose === purpose);
    const total = sum(own.map(({ minor }) => minor));
    const line = budgeted.find((one) => one.purpose === purpose);
    const planned = isPlanned ? (line?.planned ?? 0) : null;
    const moved = line?.moved ?? 0;
    return {
      purpose,
      spent: total,
      planned,
      moved,
      budget: (planned ?? total) + moved,
      routes: own
        .filter(({ minor }) => minor !== 0)
        .map(({ route, minor }) => ({ route, spent: minor })),
    };
  });
  return { lines, others: sum(spent.map(({ others }) => others)) };
}

/** What of some money is for customers who are there already. */
export function onExisting(lines: readonly PurposeMoney[], of: 'spent' | 'budget'): number {
  return sum(
    lines.filter(({ purpose }) => purposesOfExisting.includes(purpose)).map((one) => one[of]),
  );
}

/** The split as the graph shows it. */
export async function readBudgetSplit(context: Context, asked: Asked): Promise<BudgetSplit> {
  const { lines, others } = await readSplit(context, asked);
  const money = moneyOf(asked.brand.currency);
  const spent = sum(lines.map((line) => line.spent));
  const budget = sum(lines.map((line) => line.budget));
  return {
    ...measured(asked, splitModel),
    lines: lines.map((line): BudgetLine => ({
      purpose: line.purpose,
      spent: money(line.spent),
      spentShare: shareOf(line.spent, spent),
      planned: line.planned === null ? null : money(line.planned),
      moved: money(line.moved),
      budget: money(line.budget),
      budgetShare: shareOf(line.budget, budget),
      routes: line.routes.map((one) => ({
        route: one.route,
        spent: money(one.spent),
        share: shareOf(one.spent, spent),
      })),
    })),
    spent: money(spent),
    budget: money(budget),
    existingShare: shareOf(onExisting(lines, 'spent'), spent),
    existingBudgetShare: shareOf(onExisting(lines, 'budget'), budget),
    otherCurrency: others,
  };
}

/** The part of what was spent that existing customers saw. */
export async function readSpendRatio(context: Context, asked: Asked): Promise<MarketingSpendRatio> {
  const { lines, others } = await readSplit(context, asked);
  const money = moneyOf(asked.brand.currency);
  const spent = sum(lines.map((line) => line.spent));
  const existing = onExisting(lines, 'spent');
  return {
    ...measured(asked, ratioModel),
    ratio: shareOf(existing, spent),
    onExisting: money(existing),
    spent: money(spent),
    otherCurrency: others,
  };
}
