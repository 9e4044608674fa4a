import { userError, type UserErrorShape } from '../../platform/errors';
import { toMinor } from '../../platform/money';
import type { SqlScope } from './filter-kind';
import type { MomentRange, MoneyRange, NumberRange } from './ranges.input';

const mostDays = 36_500;

/** A condition on a column, and whether it also holds for somebody of whom there is no row. */
export interface Clause {
  sql: string;
  ofNone: boolean;
}

function refuse(field: string[], message: string): UserErrorShape {
  return userError('INVALID_VALUE', field, message);
}

/** Whether a range says anything, and says it the right way round. */
export function checkNumbers(
  range: NumberRange | null | undefined,
  field: string[],
): UserErrorShape | null {
  if (range == null) return null;
  const { atLeast, atMost } = range;
  if (atLeast == null && atMost == null) return refuse(field, 'Say atLeast, atMost or both.');
  if (atLeast != null && atMost != null && atLeast > atMost) {
    return refuse(field, 'atLeast must not be above atMost.');
  }
  return null;
}

/** As `checkNumbers`, for decimals of a currency. */
export function checkMoney(
  range: MoneyRange | null | undefined,
  currency: string,
  field: string[],
): UserErrorShape | null {
  if (range == null) return null;
  for (const amount of [range.atLeast, range.atMost]) {
    if (amount != null && toMinor(amount, currency) === null) {
      return refuse(field, 'An amount is a decimal such as "29.33", with the currency’s decimals.');
    }
  }
  return checkNumbers(minorOf(range, currency), field);
}

/** The range in minor units. */
function minorOf({ atLeast, atMost }: MoneyRange, currency: string): NumberRange {
  return {
    atLeast: atLeast == null ? null : toMinor(atLeast, currency),
    atMost: atMost == null ? null : toMinor(atMost, currency),
  };
}

/** Whether a moment can be asked for. */
export function checkMoment(
  moment: MomentRange | null | undefined,
  field: string[],
): UserErrorShape | null {
  if (moment == null) return null;
  const { from, until, withinDays, longerAgoThanDays, happened } = moment;
  const times = [from, until, withinDays, longerAgoThanDays].filter((one) => one != null);
  if (times.length === 0 && happened == null) return refuse(field, 'Say when.');
  if (happened === false && times.length > 0) return refuse(field, '`happened: false` is alone.');
  for (const days of [withinDays, longerAgoThanDays]) {
    if (days != null && (days < 0 || days > mostDays)) {
      return refuse(field, `Days are from 0 to ${mostDays}.`);
    }
  }
  return null;
}

/** Whether time alone can change the answer. */
export function momentMoves(moment: MomentRange | null | undefined): boolean {
  return moment?.withinDays != null || moment?.longerAgoThanDays != null;
}

/** The clause of a range on a number that is null for nobody; without a row it is 0. */
export function numberClause(
  column: string,
  range: NumberRange | null | undefined,
  scope: SqlScope,
): Clause[] {
  if (range == null) return [];
  const { atLeast, atMost } = range;
  const parts = [
    ...(atLeast == null ? [] : [`${column} >= ${scope.value(String(atLeast), 'numeric')}`]),
    ...(atMost == null ? [] : [`${column} <= ${scope.value(String(atMost), 'numeric')}`]),
  ];
  const ofNone = (atLeast ?? 0) <= 0 && (atMost ?? 0) >= 0;
  return [{ sql: parts.join(' AND '), ofNone }];
}

/** As `numberClause`, for minor units of the brand's currency. */
export function moneyClause(
  column: string,
  range: MoneyRange | null | undefined,
  scope: SqlScope,
): Clause[] {
  return range == null ? [] : numberClause(column, minorOf(range, scope.currency), scope);
}

/** The clauses of a moment on a column that is null when it never happened. */
export function momentClauses(
  column: string,
  moment: MomentRange | null | undefined,
  scope: SqlScope,
): Clause[] {
  if (moment == null) return [];
  const { from, until, withinDays, longerAgoThanDays, happened } = moment;
  const parts: string[] = [];
  if (from != null) parts.push(`${column} >= ${scope.value(from, 'timestamptz')}`);
  if (until != null) parts.push(`${column} < ${scope.value(until, 'timestamptz')}`);
  if (withinDays != null) parts.push(`${column} >= ${scope.daysAgo(withinDays)}`);
  if (longerAgoThanDays != null) parts.push(`${column} < ${scope.daysAgo(longerAgoThanDays)}`);
  if (happened === true) parts.push(`${column} IS NOT NULL`);
  if (happened === false) return [{ sql: `${column} IS NULL`, ofNone: true }];
  return [{ sql: parts.join(' AND '), ofNone: false }];
}

/**
 * That the one row a table has of the customer meets all clauses. Where they would hold without a row
 * too, a customer without one is met as well; else the database may begin with the table's indexes.
 */
export function rowMeets(table: string, clauses: readonly Clause[]): string {
  const all = clauses.map(({ sql }) => sql).join(' AND ');
  const ofCustomer = 't.brand_id = r.brand_id AND t.customer_id = r.customer_id';
  return clauses.every(({ ofNone }) => ofNone)
    ? `EXISTS (SELECT FROM (VALUES (0)) o(n) LEFT JOIN ${table} t ON ${ofCustomer} WHERE ${all})`
    : `EXISTS (SELECT FROM ${table} t WHERE ${ofCustomer} AND ${all})`;
}
